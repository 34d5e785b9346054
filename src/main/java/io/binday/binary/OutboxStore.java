package io.binday.binary;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** The rows of the deletion outbox. The caller has the transaction. */
@Component
class OutboxStore {

    private static final int LONGEST_ERROR = 500;

    /** Any other one is damage, which the audit tells. */
    private static final String KNOWN =
            Stream.of(FileState.values()).map(state -> "'" + state + "'").collect(Collectors.joining(", "));

    private final JdbcTemplate jdbc;
    private final NamedParameterJdbcTemplate named;

    OutboxStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.named = new NamedParameterJdbcTemplate(jdbc);
    }

    /** A file that waits to be deleted. */
    record Entry(long id, String key, int attempts) {}

    /** Those whose time has come, the oldest first. */
    List<Entry> due(int limit) {
        return jdbc.query("""
                SELECT id, binary_key, attempts FROM binday_binary_deletion
                WHERE state = 'PENDING' AND next_attempt_at <= NOW(6) ORDER BY run_id, id LIMIT ?""", (rs, row) -> new Entry(rs.getLong(1), rs.getString(2), rs.getInt(3)), limit);
    }

    /** Those of some entries that still wait, locked; those that somebody else is at are left to him. */
    List<Entry> lock(List<Entry> entries) {
        Set<Long> waiting = new HashSet<>(named.queryForList(
                """
                SELECT id FROM binday_binary_deletion
                WHERE id IN (:ids) AND state = 'PENDING' AND next_attempt_at <= NOW(6) FOR UPDATE SKIP LOCKED""", Map.of("ids", entries.stream().map(Entry::id).toList()), Long.class));
        return entries.stream().filter(entry -> waiting.contains(entry.id())).toList();
    }

    /** Ends an entry. */
    void settle(long id, FileState state) {
        jdbc.update("""
                UPDATE binday_binary_deletion
                SET state = ?, attempts = attempts + 1, settled_at = NOW(6), error = NULL
                WHERE id = ? AND state = 'PENDING'""", state.name(), id);
    }

    /** Notes a failure; the entry is due again after some seconds. */
    void postpone(long id, String error, long seconds) {
        jdbc.update("""
                UPDATE binday_binary_deletion
                SET attempts = attempts + 1, error = ?, next_attempt_at = TIMESTAMPADD(SECOND, ?, NOW(6))
                WHERE id = ? AND state = 'PENDING'""", error.length() <= LONGEST_ERROR ? error : error.substring(0, LONGEST_ERROR), seconds, id);
    }

    /** How many files of a run are in which state. */
    Map<FileState, Long> states(long runId) {
        Map<FileState, Long> states = new EnumMap<>(FileState.class);
        jdbc.query(
                "SELECT state, COUNT(*) FROM binday_binary_deletion WHERE state IN (%s) AND run_id = ? GROUP BY state"
                        .formatted(KNOWN),
                rs -> {
                    states.put(FileState.valueOf(rs.getString(1)), rs.getLong(2));
                },
                runId);
        return states;
    }

    /** The last error of a run's files that wait. */
    Optional<String> error(long runId) {
        return jdbc.queryForList("""
                        SELECT error FROM binday_binary_deletion
                        WHERE run_id = ? AND state = 'PENDING' AND error IS NOT NULL ORDER BY id DESC LIMIT 1""", String.class, runId).stream().findFirst();
    }

    long pending() {
        Long count =
                jdbc.queryForObject("SELECT COUNT(*) FROM binday_binary_deletion WHERE state = 'PENDING'", Long.class);
        return count == null ? 0 : count;
    }
}
