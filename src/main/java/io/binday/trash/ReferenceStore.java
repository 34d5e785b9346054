package io.binday.trash;

import io.binday.catalog.BoundCatalog;
import io.binday.catalog.BoundCatalog.Use;
import io.binday.catalog.MovedTable;
import io.binday.catalog.Reference;
import io.binday.catalog.Reference.OnRestore;
import io.binday.catalog.TableShape.Column;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

    /** In characters; more does not fit where it is noted. */
    private static final int LONGEST_PLACE = 10_000;

    final JdbcTemplate jdbc;
    final Reference reference;
    final MovedTable table;

    ReferenceStore(JdbcTemplate jdbc, Use use) {
        this.jdbc = jdbc;
        this.reference = use.reference();
        this.table = use.table();
    }

    /** Those of a catalog, in its order; rows that belong to others are part of those. */
    static List<ReferenceStore> all(JdbcTemplate jdbc, BoundCatalog catalog) {
        return catalog.references().stream()
                .filter(use -> use.reference().under().isEmpty())
                .map(use -> of(jdbc, catalog, use))
                .toList();
    }

    private static ReferenceStore of(JdbcTemplate jdbc, BoundCatalog catalog, Use use) {
        return switch (use.reference().detach()) {
            case DELETE_ROW -> RowReferenceStore.of(jdbc, catalog, use);
            case SET_NULL -> new ColumnReferenceStore(jdbc, use);
            case JSON_REMOVE -> new DocumentReferenceStore(jdbc, use);
        };
    }

    final String name() {
        return table.name();
    }

    /**
     * Takes every reference to these assets into the mirror; how many they were, by name.
     *
     * @throws IncorrectUpdateSemanticsDataAccessException when a reference appeared in between, so that the move
     *     would lose it; a new attempt will see it
     */
    abstract Map<String, Long> detach(AssetIds ids);

    /** Puts back what can be put back and notes the rest; what became of them, by name. */
    abstract Fates settle(AssetIds ids, Stamp stamp);

    /** Whether taking references, or removing their snapshots, waits for nothing but those, so that another transaction can do it beside. */
    boolean isTakenByItself() {
        return true;
    }

    /** Whether two transactions that put references back can never both fill one place. */
    boolean isGuarded() {
        return true;
    }

    /** Settles the snapshots of these assets and empties the mirrors of them. */
    Fates reattach(AssetIds ids, Stamp stamp) {
        Fates fates = reference.onRestore() == OnRestore.DROP ? drop(ids, stamp) : settle(ids, stamp);
        forget(ids).forEach((name, removed) -> expect(fates.of(name), removed));
        return fates;
    }

    /** Notes every snapshot of these assets. */
    Fates drop(AssetIds ids, Stamp stamp) {
        return new Fates().add(Fate.DROPPED, name(), note(ids, stamp, Fate.DROPPED, "1 = 1"));
    }

    /** Empties the mirrors of these assets; how many references they had, by name. */
    Map<String, Long> forget(AssetIds ids) {
        return Map.of(name(), empty(ids));
    }

    /** Empties the mirror of these assets. */
    final long empty(AssetIds ids) {
        return jdbc.update(
                "DELETE %s FROM %s WHERE %s IN (%s)"
                        .formatted(table.byAsset(table.mirror()), table.mirror(), table.asset(), ids.marks()),
                ids.times(table, 1));
    }

    /** A row written between two statements is a row lost, so both must count the same. */
    final void expect(long wanted, long got) {
        RowCount.require(table.name(), wanted, got);
    }

    /** Notes references that are not put back. */
    final long note(AssetIds ids, Stamp stamp, Fate fate, String condition) {
        return jdbc.update(
                """
                INSERT INTO binday_unattached (run_id, asset_id, table_name, fate, place)
                SELECT %s ?, %s, ?, ?, %s FROM %s m WHERE m.%s IN (%s) AND %s ORDER BY m.`binday_row`""".formatted(
                                table.byAsset("m"),
                                table.assetText("m"),
                                place(),
                                table.mirror(),
                                table.asset(),
                                ids.marks(),
                                condition),
                ids.after(table, 1, stamp.runId(), table.name(), fate.name()));
    }

    /**
     * Notes every snapshot but those that are put back: as gone where what it belongs to is, else as taken.
     *
     * @param possible the condition that what a snapshot belongs to is there
     */
    final Fates noteOthers(List<Long> back, String possible, AssetIds ids, Stamp stamp) {
        Set<Long> taken = new LinkedHashSet<>(rows(ids, "1 = 1", 0));
        back.forEach(taken::remove);
        List<Long> gone =
                rows(ids, "NOT " + possible, 0).stream().filter(taken::contains).toList();
        gone.forEach(taken::remove);
        return new Fates()
                .add(Fate.ENTRY_GONE, name(), note(ids, stamp, Fate.ENTRY_GONE, those(gone)))
                .add(Fate.SLOT_TAKEN, name(), note(ids, stamp, Fate.SLOT_TAKEN, those(taken)));
    }

    /** The snapshots that a condition with so many lists of IDs holds for. */
    final List<Long> rows(AssetIds ids, String condition, int lists) {
        return jdbc.queryForList(
                "SELECT %s m.`binday_row` FROM %s m WHERE m.%s IN (%s) AND %s ORDER BY m.`binday_row`"
                        .formatted(table.byAsset("m"), table.mirror(), table.asset(), ids.marks(), condition),
                Long.class,
                ids.times(table, 1 + lists));
    }

    /** The condition that a snapshot ({@code m}) is one of these. */
    static String those(Collection<Long> rows) {
        return "m.`binday_row` IN (" + numbers(rows) + ")";
    }

    static String numbers(Collection<Long> rows) {
        return rows.isEmpty() ? "0" : rows.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** For example {@code environment=production, locale=en-us}: where somebody may put the asset again. */
    private String place() {
        List<String> parts = shown().filter(column -> !column.equals(table.assetColumn()))
                .map(column -> "CONCAT('" + column.name().replace("'", "''") + "=', "
                        + table.dialect().readable("m", column) + ")")
                .toList();
        return parts.isEmpty()
                ? "''"
                : "LEFT(CONCAT_WS(', ', " + String.join(", ", parts) + "), " + LONGEST_PLACE + ")";
    }

    /** What the catalog calls the place, or the primary key where it says nothing. */
    private Stream<Column> shown() {
        Stream<Column> place = reference.place().stream().flatMap(name -> moved(name).stream());
        Stream<Column> path = moved(MovedTable.DOCUMENT_PATH).stream();
        return Stream.concat(
                reference.place().isEmpty() ? table.key().stream().filter(table.moved()::contains) : place, path);
    }

    private Optional<Column> moved(String name) {
        return table.moved().stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /**
     * The condition that a later snapshot of the chunk than {@code m} has the same in each of these columns; one list of
     * IDs. Grouped, because looking for the other snapshot of each one would read the mirror that often.
     *
     * @param present the condition that a snapshot {@code o} can come back at all
     */
    final String outdone(Collection<String> columns, String present, AssetIds ids) {
        String known = columns.stream()
                .map(column -> "m." + column + " IS NOT NULL AND ")
                .collect(Collectors.joining());
        String group = columns.stream().map(column -> "o." + column).collect(Collectors.joining(", "));
        return "(%sm.`binday_row` NOT IN (SELECT %s MAX(o.`binday_row`) FROM %s o WHERE o.%s IN (%s) AND %s GROUP BY %s))"
                .formatted(known, table.byAsset("o"), table.mirror(), table.asset(), ids.marks(), present, group);
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
