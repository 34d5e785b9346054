package io.binday.run;

import io.binday.trash.Fate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What a run has done so far, added up by name in the transactions that did it. The caller has the transaction. */
@Component
class TallyStore {

    static final String ASSETS = "assets";
    static final String BYTES = "bytes";
    /** All values of the input, once they are staged. */
    static final String ITEMS = "items";

    static final String REJECTED = "rejected";

    private final JdbcTemplate jdbc;

    TallyStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The name under which references of a table are counted. */
    static String reference(Fate fate, String table) {
        return fate.key() + "." + table;
    }

    /**
     * Adds to what there is.
     *
     * @param worker who adds: transactions of different ones do not wait for each other's rows
     */
    void add(long runId, int worker, Map<String, Long> amounts) {
        Object[] arguments = amounts.entrySet().stream()
                .flatMap(entry -> Stream.<Object>of(runId, entry.getKey(), worker, entry.getValue()))
                .toArray();
        jdbc.update(
                "INSERT INTO binday_tally (run_id, name, worker, amount) VALUES "
                        + String.join(", ", Collections.nCopies(amounts.size(), "(?, ?, ?, ?)"))
                        + " ON DUPLICATE KEY UPDATE amount = amount + VALUES(amount)",
                arguments);
    }

    Map<String, Long> of(long runId) {
        Map<String, Long> amounts = new LinkedHashMap<>();
        jdbc.query(
                "SELECT name, SUM(amount) FROM binday_tally WHERE run_id = ? GROUP BY name ORDER BY name",
                rs -> {
                    amounts.put(rs.getString(1), rs.getLong(2));
                },
                runId);
        return amounts;
    }

    /** What the items of a run came to, for one whose items are gone; the reasons of rejects are gone with them. */
    static ItemCounts items(Map<String, Long> amounts) {
        long total = amounts.getOrDefault(ITEMS, 0L);
        long done = amounts.getOrDefault(ASSETS, 0L);
        long rejected = amounts.getOrDefault(REJECTED, 0L);
        return new ItemCounts(total, done, rejected, Map.of());
    }

    /** What became of references, by table. */
    static Map<Fate, Map<String, Long>> references(Map<String, Long> amounts) {
        Map<Fate, Map<String, Long>> references = new EnumMap<>(Fate.class);
        for (Fate fate : Fate.values()) {
            String prefix = reference(fate, "");
            amounts.forEach((name, amount) -> {
                if (name.startsWith(prefix)) {
                    references
                            .computeIfAbsent(fate, any -> new LinkedHashMap<>())
                            .put(name.substring(prefix.length()), amount);
                }
            });
        }
        return references;
    }
}
