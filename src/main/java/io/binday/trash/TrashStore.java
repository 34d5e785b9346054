package io.binday.trash;

import io.binday.catalog.BoundCatalog;
import io.binday.catalog.Dialect;
import io.binday.catalog.MovedTable;
import io.binday.catalog.Reference;
import io.binday.trash.Plan.Example;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.IncorrectUpdateSemanticsDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The statements that move assets between the CMS's tables and the trash.
 *
 * <p>The moves are {@code INSERT … SELECT} inside the server, so that no value passes through a client. The chunk
 * statements use positional lists of the same length for every full chunk, because that lets the driver keep the
 * prepared statements.
 */
final class TrashStore {

    private static final int EXAMPLES = 10;
    /** MySQL reads the work items once and looks up the rest by index; the other way round is quadratic. */
    private static final String ITEMS_FIRST = "/*+ JOIN_SUFFIX(s) */";

    private final JdbcTemplate jdbc;
    private final JdbcClient client;
    private final BoundCatalog catalog;
    private final MovedTable asset;

    TrashStore(JdbcTemplate jdbc, JdbcClient client, BoundCatalog catalog) {
        this.jdbc = jdbc;
        this.client = client;
        this.catalog = catalog;
        this.asset = catalog.asset();
    }

    /**
     * Among selected work items, those that are no live asset, be they in the trash or nowhere. One that is both live
     * and in the trash is seen when its chunk is done; looking for it here would double the time.
     */
    String screening(Selection selection) {
        return """
                SELECT w.seq AS seq, NULL AS detail,
                    CASE WHEN t.asset_id IS NULL THEN 'NOT_FOUND' ELSE 'ALREADY_IN_TRASH' END AS reason
                FROM (%s) w
                LEFT JOIN %s s ON s.%s = %s
                LEFT JOIN binday_trash t ON t.asset_id = w.asset_id
                WHERE s.%s IS NULL""".formatted(
                        selection.sql(), asset.table(), asset.asset(), asset.comparable("w.asset_id"), asset.asset());
    }

    /**
     * Finds the live ones of these asset IDs, exactly as written, and locks their rows in ascending order of the ID until the transaction ends.
     *
     * @return the bytes of each asset's file, 0 where unknown
     */
    Map<String, Long> lockLive(Collection<String> assetIds) {
        String sql = "SELECT %1$s, %2$s FROM %3$s WHERE %1$s IN (%4$s) ORDER BY %1$s FOR UPDATE"
                .formatted(asset.asset(), column(catalog.catalog().asset().bytes()), asset.table(), marks(assetIds));
        Map<String, Long> live = new HashMap<>();
        jdbc.query(
                sql,
                rs -> {
                    live.put(rs.getString(1), rs.getLong(2));
                },
                assetIds.toArray());
        return live;
    }

    /** Which of these asset IDs are in the trash. */
    Set<String> trashedAmong(Collection<String> assetIds) {
        return among("SELECT asset_id FROM binday_trash WHERE asset_id IN (%s) ORDER BY asset_id", assetIds);
    }

    private Set<String> among(String sql, Collection<String> assetIds) {
        if (assetIds.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(jdbc.queryForList(sql.formatted(marks(assetIds)), String.class, assetIds.toArray()));
    }

    /**
     * Moves every reference to these assets into its mirror.
     *
     * @return the moved rows by table
     * @throws IncorrectUpdateSemanticsDataAccessException when a reference appeared in between, so that the move
     *     would lose it; a new attempt will see it
     */
    Map<String, Long> detach(List<String> assetIds) {
        Map<String, Long> detached = new LinkedHashMap<>();
        Object[] ids = assetIds.toArray();
        for (MovedTable table : catalog.references()) {
            detached.put(table.name(), moveRows(table, ids));
        }
        return detached;
    }

    /** Moves locked asset rows into the trash and writes their events. */
    void move(List<String> assetIds, Stamp stamp) {
        Object[] ids = assetIds.toArray();
        jdbc.update(
                """
                INSERT INTO binday_trash (asset_id, label, bytes, binary_key, trashed_at, trashed_by, run_id)
                SELECT %s, %s, %s, %s, NOW(6), ?, ? FROM %s WHERE %s IN (%s)""".formatted(
                                asset.asset(),
                                column(catalog.catalog().asset().label()),
                                column(catalog.catalog().asset().bytes()),
                                column(catalog.catalog().asset().binaryKey()),
                                asset.table(),
                                asset.asset(),
                                marks(assetIds)),
                prepend(ids, stamp.who(), stamp.runId()));
        expect(assetIds.size(), moveRows(asset, ids), asset.name());
        jdbc.update("""
                INSERT INTO binday_event (run_id, asset_id, event, at)
                SELECT run_id, asset_id, 'TRASHED', trashed_at FROM binday_trash WHERE asset_id IN (%s)""".formatted(marks(assetIds)), ids);
    }

    /** A row written between the copy and the removal is a row lost, so both must count the same. */
    private long moveRows(MovedTable table, Object[] ids) {
        String marks = marks(List.of(ids));
        int copied = jdbc.update(
                "INSERT INTO %s (%s) SELECT %s FROM %s WHERE %s IN (%s) FOR UPDATE"
                        .formatted(
                                table.mirror(), table.columns(), table.selected(), table.table(), table.asset(), marks),
                ids);
        int removed =
                jdbc.update("DELETE FROM %s WHERE %s IN (%s)".formatted(table.table(), table.asset(), marks), ids);
        expect(copied, removed, table.name());
        return copied;
    }

    private static void expect(long wanted, long got, String table) {
        if (wanted != got) {
            throw new IncorrectUpdateSemanticsDataAccessException(
                    "table %s changed under the move: %d rows copied or expected, %d removed"
                            .formatted(table, wanted, got));
        }
    }

    /** How many assets the events table says this run has trashed. */
    long events(long runId) {
        return client.sql("SELECT COUNT(*) FROM binday_event WHERE run_id = ? AND event = 'TRASHED'")
                .param(runId)
                .query(Long.class)
                .single();
    }

    /** Counts what trashing the selected assets would touch. */
    Plan plan(Selection selection) {
        Map<String, Long> references = new LinkedHashMap<>();
        Map<String, List<String>> owners = new LinkedHashMap<>();
        for (MovedTable table : catalog.references()) {
            references.put(
                    table.name(),
                    count("SELECT " + ITEMS_FIRST + " COUNT(*) FROM " + joined(table, selection), selection));
            catalog.catalog()
                    .reference(table.name())
                    .flatMap(Reference::owner)
                    .ifPresent(owner -> owners.computeIfAbsent(owner.label(), label -> new ArrayList<>())
                            .add("SELECT %s s.%s AS owner FROM %s"
                                    .formatted(ITEMS_FIRST, Dialect.quote(owner.column()), joined(table, selection))));
        }
        Map<String, Long> distinct = new LinkedHashMap<>();
        owners.forEach((label, queries) -> distinct.put(
                label,
                count(
                        "SELECT COUNT(DISTINCT o.owner) FROM (%s) o".formatted(String.join(" UNION ALL ", queries)),
                        selection)));
        return new Plan(assets(selection), references, distinct, bytes(selection), examples(selection));
    }

    private long count(String sql, Selection selection) {
        return client.sql(sql).params(selection.parameters()).query(Long.class).single();
    }

    private long assets(Selection selection) {
        return count("SELECT COUNT(*) FROM (%s) w".formatted(selection.sql()), selection);
    }

    private long bytes(Selection selection) {
        String bytes = column(catalog.catalog().asset().bytes());
        return count(
                "SELECT %s COALESCE(SUM(%s), 0) FROM %s".formatted(ITEMS_FIRST, bytes, joined(asset, selection)),
                selection);
    }

    private List<Example> examples(Selection selection) {
        String label = column(catalog.catalog().asset().label());
        String bytes = column(catalog.catalog().asset().bytes());
        return client.sql("SELECT %s w.asset_id, %s, %s FROM %s ORDER BY w.seq LIMIT %d"
                        .formatted(ITEMS_FIRST, label, bytes, joined(asset, selection), EXAMPLES))
                .params(selection.parameters())
                .query((rs, row) -> new Example(
                        rs.getString(1), Optional.ofNullable(rs.getString(2)).orElse(""), rs.getLong(3)))
                .list();
    }

    /** The rows of a table ({@code s}) that belong to the selected assets ({@code w}). */
    private static String joined(MovedTable table, Selection selection) {
        return "(%s) w JOIN %s s ON s.%s = %s"
                .formatted(selection.sql(), table.table(), table.asset(), table.comparable("w.asset_id"));
    }

    private static String column(Optional<String> name) {
        return name.map(Dialect::quote).orElse("NULL");
    }

    private static String marks(Collection<?> values) {
        return String.join(", ", Collections.nCopies(values.size(), "?"));
    }

    private static Object[] prepend(Object[] ids, Object... first) {
        Object[] all = new Object[first.length + ids.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(ids, 0, all, first.length, ids.length);
        return all;
    }
}
