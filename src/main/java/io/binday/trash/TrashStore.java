package io.binday.trash;

import io.binday.catalog.BoundCatalog;
import io.binday.catalog.Dialect;
import io.binday.catalog.MovedTable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.IncorrectUpdateSemanticsDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The statements that move assets from the CMS's tables into the trash.
 *
 * <p>The moves are {@code INSERT … SELECT} inside the server, so that no value passes through a client.
 */
final class TrashStore {

    private final JdbcTemplate jdbc;
    private final BoundCatalog catalog;
    private final MovedTable asset;
    private final List<ReferenceStore> references;

    TrashStore(JdbcTemplate jdbc, BoundCatalog catalog) {
        this.jdbc = jdbc;
        this.catalog = catalog;
        this.asset = catalog.asset();
        this.references = ReferenceStore.all(jdbc, catalog);
    }

    /** Whether every reference can be taken while another transaction takes others. */
    boolean takesByItself() {
        return references.stream().allMatch(ReferenceStore::isTakenByItself);
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
                LEFT JOIN %s s ON s.%s = %s%s
                LEFT JOIN binday_trash t ON t.asset_id = w.asset_id
                WHERE s.%s IS NULL""".formatted(
                        selection.sql(),
                        asset.table(),
                        asset.asset(),
                        asset.comparable("w.asset_id"),
                        asset.filter("s"),
                        asset.asset());
    }

    /**
     * Finds the live ones of these asset IDs, exactly as written, and locks their rows in ascending order of the ID until
     * the transaction ends. Those that are in the trash as well are refused; one that gets there after this statement has begun
     * is refused by the primary key of the trash.
     */
    Map<String, Locked> lockLive(AssetIds ids) {
        String sql = """
                SELECT %5$s, s.%1$s, %2$s, EXISTS (SELECT 1 FROM binday_trash t WHERE t.asset_id = %7$s)
                FROM %3$s s WHERE s.%1$s IN (%4$s)%6$s ORDER BY s.%1$s FOR UPDATE""".formatted(
                        asset.asset(),
                        catalog.bytes("s"),
                        asset.table(),
                        ids.marks(),
                        asset.assetText("s"),
                        asset.filter("s"),
                        asset.exactText("s"));
        Map<String, Locked> live = new HashMap<>();
        jdbc.query(
                sql,
                rs -> {
                    Optional<Reject> refused =
                            rs.getBoolean(4) ? Optional.of(Reject.ALREADY_IN_TRASH) : Optional.empty();
                    live.put(rs.getString(1), new Locked(rs.getLong(3), refused));
                },
                ids.times(asset, 1));
        return live;
    }

    /** Which of these asset IDs are in the trash. */
    Set<String> trashedAmong(AssetIds ids) {
        return new HashSet<>(jdbc.queryForList(
                "SELECT asset_id FROM binday_trash WHERE asset_id IN (%s) ORDER BY asset_id".formatted(ids.marks()),
                String.class,
                ids.times(1)));
    }

    /** Which of these live assets are in the trash under another spelling, where the database takes several for one ID. */
    Set<String> trashedOtherwise(AssetIds ids) {
        if (asset.form().exact()) {
            return Set.of();
        }
        return new HashSet<>(jdbc.queryForList(
                "SELECT %1$s FROM %2$s s JOIN %3$s m ON m.%4$s = s.%4$s WHERE s.%4$s IN (%5$s) ORDER BY s.%4$s"
                        .formatted(asset.assetText("s"), asset.table(), asset.mirror(), asset.asset(), ids.marks()),
                String.class,
                ids.times(asset, 1)));
    }

    /**
     * Moves every reference to these assets into its mirror.
     *
     * @return the moved rows by table
     * @throws IncorrectUpdateSemanticsDataAccessException when a reference appeared in between, so that the move
     *     would lose it; a new attempt will see it
     */
    Map<String, Long> detach(AssetIds ids) {
        Map<String, Long> detached = new LinkedHashMap<>();
        for (ReferenceStore reference : references) {
            detached.putAll(reference.detach(ids));
        }
        return detached;
    }

    /** Moves locked asset rows into the trash and writes their events. */
    void move(AssetIds ids, Stamp stamp) {
        jdbc.update(
                """
                INSERT INTO binday_trash (asset_id, label, bytes, binary_key, trashed_at, trashed_by, run_id)
                SELECT %s, LEFT(%s, 1000), %s, %s, NOW(6), ?, ? FROM %s s WHERE s.%s IN (%s)%s""".formatted(
                                asset.assetText("s"),
                                catalog.label("s"),
                                catalog.bytes("s"),
                                column(catalog.catalog().asset().binaryKey()),
                                asset.table(),
                                asset.asset(),
                                ids.marks(),
                                asset.filter("s")),
                ids.after(asset, 1, stamp.who(), stamp.runId()));
        ids.requireAll(RowMoveStore.toMirror(jdbc, asset, ids), asset.name());
        jdbc.update("""
                INSERT INTO binday_event (run_id, asset_id, event, at)
                SELECT run_id, asset_id, 'TRASHED', trashed_at FROM binday_trash WHERE asset_id IN (%s)""".formatted(ids.marks()), ids.times(1));
    }

    private static String column(Optional<String> name) {
        return name.map(column -> "s." + Dialect.quote(column)).orElse("NULL");
    }
}
