package io.binday.trash;

import io.binday.catalog.BoundCatalog;
import io.binday.catalog.Dialect;
import io.binday.catalog.MovedTable;
import io.binday.catalog.Reference;
import io.binday.catalog.Reference.OnRestore;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.dao.IncorrectUpdateSemanticsDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The statements that put the references of restored assets back where they were.
 *
 * <p>A reference whose owner is gone, or whose place has been filled since, is not put back but noted with its place, so
 * that a newer edit is never overwritten. Of several references of one chunk for the same place the last one detached
 * gets it. Rows that the CMS changes between two statements make the counts differ; the chunk is then tried again.
 */
final class ReattachStore {

    private final JdbcTemplate jdbc;
    private final BoundCatalog catalog;

    ReattachStore(JdbcTemplate jdbc, BoundCatalog catalog) {
        this.jdbc = jdbc;
        this.catalog = catalog;
    }

    /**
     * Puts back what can be put back, notes the rest, and empties the snapshots of these assets.
     *
     * @return what became of the references, by table
     */
    Map<Fate, Map<String, Long>> reattach(AssetIds ids, Stamp stamp) {
        Map<Fate, Map<String, Long>> fates = new EnumMap<>(Fate.class);
        for (MovedTable table : catalog.references()) {
            long settled = 0;
            for (Map.Entry<Fate, Long> fate : settle(table, ids, stamp).entrySet()) {
                fates.computeIfAbsent(fate.getKey(), any -> new LinkedHashMap<>())
                        .put(table.name(), fate.getValue());
                settled += fate.getValue();
            }
            int removed = jdbc.update(
                    "DELETE FROM %s WHERE %s IN (%s)".formatted(table.mirror(), table.asset(), ids.marks()),
                    ids.times(1));
            if (removed != settled) {
                throw new IncorrectUpdateSemanticsDataAccessException(
                        "table %s changed under the restore: %d references settled, %d in the trash"
                                .formatted(table.name(), settled, removed));
            }
        }
        return fates;
    }

    private Map<Fate, Long> settle(MovedTable table, AssetIds ids, Stamp stamp) {
        Reference reference = catalog.reference(table);
        Map<Fate, Long> fates = new EnumMap<>(Fate.class);
        if (reference.onRestore() == OnRestore.DROP) {
            fates.put(Fate.DROPPED, note(table, ids, stamp, Fate.DROPPED, "1 = 1", 0));
            return fates;
        }
        String present = present("m", table);
        fates.put(Fate.ENTRY_GONE, note(table, ids, stamp, Fate.ENTRY_GONE, "NOT " + present, 0));
        if (reference.place().isEmpty()) {
            fates.put(Fate.REATTACHED, insert(table, ids, present, 0));
            return fates;
        }
        String taken = taken(table, reference, ids);
        fates.put(Fate.SLOT_TAKEN, note(table, ids, stamp, Fate.SLOT_TAKEN, present + " AND " + taken, 1));
        fates.put(Fate.REATTACHED, insert(table, ids, present + " AND NOT " + taken, 1));
        return fates;
    }

    /** The condition that the place of a snapshot ({@code m}) is not free; one list of IDs. */
    private static String taken(MovedTable table, Reference reference, AssetIds ids) {
        return """
                (EXISTS (SELECT 1 FROM %1$s r WHERE %3$s)
                 OR EXISTS (SELECT 1 FROM %2$s o
                            WHERE %4$s AND o.`binday_row` > m.`binday_row` AND o.%5$s IN (%6$s) AND %7$s))""".formatted(
                        table.table(),
                        table.mirror(),
                        samePlace("r", reference),
                        samePlace("o", reference),
                        table.asset(),
                        ids.marks(),
                        present("o", table));
    }

    /** The condition that a snapshot has everything it points at. */
    private static String present(String alias, MovedTable table) {
        return table.dependencies().isEmpty()
                ? "1 = 1"
                : table.dependencies().stream()
                        .map(dependency -> dependency.satisfied(alias))
                        .collect(Collectors.joining(" AND ", "(", ")"));
    }

    private static String samePlace(String alias, Reference reference) {
        return reference.place().stream()
                .map(Dialect::quote)
                .map(column -> alias + "." + column + " = m." + column)
                .collect(Collectors.joining(" AND "));
    }

    /** Puts references back; the condition has so many lists of IDs. */
    private long insert(MovedTable table, AssetIds ids, String condition, int lists) {
        List<String> columns = table.moved().stream()
                .map(column -> "m." + Dialect.quote(column.name()))
                .toList();
        return jdbc.update(
                "INSERT INTO %s (%s) SELECT %s FROM %s m WHERE m.%s IN (%s) AND %s"
                        .formatted(
                                table.table(),
                                table.columns(),
                                String.join(", ", columns),
                                table.mirror(),
                                table.asset(),
                                ids.marks(),
                                condition),
                ids.times(1 + lists));
    }

    /** Notes references that are not put back; the condition has so many lists of IDs. */
    private long note(MovedTable table, AssetIds ids, Stamp stamp, Fate fate, String condition, int lists) {
        return jdbc.update(
                """
                INSERT INTO binday_unattached (run_id, asset_id, table_name, fate, place)
                SELECT ?, m.%s, ?, ?, %s FROM %s m WHERE m.%s IN (%s) AND %s ORDER BY m.`binday_row`""".formatted(table.asset(), place(table), table.mirror(), table.asset(), ids.marks(), condition),
                ids.after(1 + lists, stamp.runId(), table.name(), fate.name()));
    }

    /** For example {@code environment=production, locale=en-us}: where somebody may put the asset again. */
    private String place(MovedTable table) {
        List<String> parts = catalog.reference(table).place().stream()
                .filter(name -> !name.equalsIgnoreCase(table.assetColumn().name()))
                .flatMap(name -> table.source().column(name).stream())
                .map(column -> "CONCAT('" + column.name().replace("'", "''") + "=', "
                        + catalog.dialect().readable("m", column) + ")")
                .toList();
        return parts.isEmpty() ? "''" : "CONCAT_WS(', ', " + String.join(", ", parts) + ")";
    }
}
