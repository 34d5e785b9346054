package io.binday.trash;

import io.binday.catalog.BoundCatalog.Use;
import io.binday.catalog.MovedTable;
import io.binday.catalog.Reference;
import io.binday.catalog.Reference.OnRestore;
import io.binday.catalog.TableShape.Column;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.dao.IncorrectUpdateSemanticsDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The statements that take the references of one table off what uses assets, and put them back.
 *
 * <p>A reference whose owner is gone, or whose place has been filled since, is not put back but noted with its place, so
 * that a newer edit is never overwritten. Of several references of one chunk for the same place the last one detached
 * gets it. Rows that the CMS changes between two statements make the counts differ; the chunk is then tried again.
 */
abstract class ReferenceStore {

    final JdbcTemplate jdbc;
    final Reference reference;
    final MovedTable table;

    ReferenceStore(JdbcTemplate jdbc, Use use) {
        this.jdbc = jdbc;
        this.reference = use.reference();
        this.table = use.table();
    }

    static ReferenceStore of(JdbcTemplate jdbc, Use use) {
        return switch (use.reference().detach()) {
            case DELETE_ROW -> new RowReferenceStore(jdbc, use);
            case SET_NULL -> new ColumnReferenceStore(jdbc, use);
            case JSON_REMOVE -> new DocumentReferenceStore(jdbc, use);
        };
    }

    final String name() {
        return table.name();
    }

    /**
     * Takes every reference to these assets into the mirror; how many they were.
     *
     * @throws IncorrectUpdateSemanticsDataAccessException when a reference appeared in between, so that the move
     *     would lose it; a new attempt will see it
     */
    abstract long detach(AssetIds ids);

    /** Puts back what can be put back and notes the rest; what became of them. */
    abstract Map<Fate, Long> settle(AssetIds ids, Stamp stamp);

    /** Settles the snapshots of these assets and empties the mirror of them. */
    final Map<Fate, Long> reattach(AssetIds ids, Stamp stamp) {
        Map<Fate, Long> fates = new EnumMap<>(Fate.class);
        if (reference.onRestore() == OnRestore.DROP) {
            fates.put(Fate.DROPPED, note(ids, stamp, Fate.DROPPED, "1 = 1", 0));
        } else {
            fates.putAll(settle(ids, stamp));
        }
        long settled = fates.values().stream().mapToLong(Long::longValue).sum();
        expect(settled, forget(ids));
        return fates;
    }

    /** Empties the mirror of these assets; how many references they had. */
    final long forget(AssetIds ids) {
        return jdbc.update(
                "DELETE FROM %s WHERE %s IN (%s)".formatted(table.mirror(), table.asset(), ids.marks()),
                ids.times(table, 1));
    }

    /** A row written between two statements is a row lost, so both must count the same. */
    final void expect(long wanted, long got) {
        if (wanted != got) {
            throw new IncorrectUpdateSemanticsDataAccessException(
                    "table %s changed in between: %d rows expected, %d found".formatted(table.name(), wanted, got));
        }
    }

    /** Notes references that are not put back; the condition has so many lists of IDs. */
    final long note(AssetIds ids, Stamp stamp, Fate fate, String condition, int lists) {
        return jdbc.update(
                """
                INSERT INTO binday_unattached (run_id, asset_id, table_name, fate, place)
                SELECT ?, %s, ?, ?, %s FROM %s m WHERE m.%s IN (%s) AND %s ORDER BY m.`binday_row`""".formatted(table.assetText("m"), place(), table.mirror(), table.asset(), ids.marks(), condition),
                ids.after(table, 1 + lists, stamp.runId(), table.name(), fate.name()));
    }

    /** For example {@code environment=production, locale=en-us}: where somebody may put the asset again. */
    private String place() {
        List<String> parts = shown().filter(column -> !column.equals(table.assetColumn()))
                .map(column -> "CONCAT('" + column.name().replace("'", "''") + "=', "
                        + table.dialect().readable("m", column) + ")")
                .toList();
        return parts.isEmpty() ? "''" : "CONCAT_WS(', ', " + String.join(", ", parts) + ")";
    }

    /** What the catalog calls the place, or the primary key where it says nothing. */
    private Stream<Column> shown() {
        Stream<Column> place = reference.place().stream().flatMap(name -> moved(name).stream());
        Stream<Column> path = moved(MovedTable.DOCUMENT_PATH).stream();
        return Stream.concat(reference.place().isEmpty() ? table.key().stream() : place, path);
    }

    private Optional<Column> moved(String name) {
        return table.moved().stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The condition that two aliases have the same in each of these columns. */
    static String same(String one, String other, Collection<String> columns) {
        return String.join(
                " AND ",
                columns.stream()
                        .map(name -> one + "." + name + " = " + other + "." + name)
                        .toList());
    }
}
