package io.binday.trash;

import io.binday.catalog.AssetTable.Revision;
import io.binday.catalog.BoundCatalog;
import io.binday.catalog.MovedTable;
import io.binday.catalog.TableShape.Column;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/** The statements that give assets back from the trash to the CMS's tables; references have {@link ReferenceStore}. */
final class RestoreStore {

    /** The year 5138. */
    private static final long MOST_SECONDS = 100_000_000_000L;

    /** A time as text, as times are told elsewhere. */
    private static final String ON =
            "CONCAT('on ', SUBSTRING(CONCAT('', %1$s), 1, 10), 'T', SUBSTRING(CONCAT('', %1$s), 12, 8), 'Z')";

    private final JdbcTemplate jdbc;
    private final BoundCatalog catalog;
    private final MovedTable asset;
    private final AssetNeeds needs;
    private final Optional<Long> trashedBy;

    /**
     * Statements for one restore.
     *
     * @param trashedBy what another run than this one has trashed stays; empty where that does not matter
     */
    RestoreStore(JdbcTemplate jdbc, BoundCatalog catalog, Optional<Long> trashedBy) {
        this.jdbc = jdbc;
        this.trashedBy = trashedBy;
        this.catalog = catalog;
        this.asset = catalog.asset();
        this.needs = AssetNeeds.of(catalog);
    }

    /** Among selected work items, those that cannot come back, each with the reason. */
    String screening(Selection selection) {
        return """
                SELECT w.seq AS seq,
                    CASE WHEN t.asset_id IS NULL AND %8$s IS NOT NULL THEN 'PURGED'
                         WHEN t.asset_id IS NULL THEN 'NOT_IN_TRASH'
                         WHEN s.%2$s IS NOT NULL THEN 'LIVE_AGAIN'
                         ELSE 'PARENT_MISSING' END AS reason,
                    CASE WHEN t.asset_id IS NULL AND %8$s IS NOT NULL THEN %9$s
                         WHEN t.asset_id IS NULL AND s.%2$s IS NOT NULL THEN 'it is live'
                         WHEN t.asset_id IS NULL OR s.%2$s IS NOT NULL THEN NULL
                         ELSE %6$s END AS detail
                FROM (%1$s) w
                LEFT JOIN binday_trash t ON t.asset_id = w.asset_id
                LEFT JOIN %3$s s ON s.%2$s = %5$s
                LEFT JOIN %4$s m ON m.%2$s = %5$s
                WHERE t.asset_id IS NULL OR s.%2$s IS NOT NULL OR %7$s""".formatted(
                        selection.sql(),
                        asset.asset(),
                        asset.table(),
                        asset.mirror(),
                        asset.comparable("w.asset_id"),
                        needs.detail(),
                        needs.missing(),
                        "(SELECT MAX(p.purged_at) FROM binday_purged p WHERE p.asset_id = w.asset_id)",
                        ON.formatted("(SELECT MAX(p.purged_at) FROM binday_purged p WHERE p.asset_id = w.asset_id)"));
    }

    /**
     * Lets one restore after the other look which places are free, and fill them, until its transaction ends: no key of the
     * database would notice that two have filled the same one. The row of the first run is always there, for runs are never
     * removed, and the process that works on it waits no longer than for a chunk.
     */
    void waitForOtherRestores() {
        jdbc.queryForList(
                "SELECT run_id FROM binday_run WHERE run_id = (SELECT MIN(run_id) FROM binday_run) FOR UPDATE",
                Long.class);
    }

    /**
     * Finds which of these assets are in the trash and locks their trash rows, in ascending order of the ID, until the
     * transaction ends: a purge of the same assets waits, and then finds them gone. Those that are live again, or whose parent
     * is gone, are refused; what happens to them after this statement has begun is noticed by the keys of the asset table.
     */
    Map<String, Locked> lockTrashed(AssetIds ids) {
        return TrashRowStore.lock(jdbc, ids, refusal());
    }

    /** Why an asset of the trash ({@code t}) cannot come back; null when it can. */
    private String refusal() {
        String id = asset.comparable("t.asset_id");
        String live = "EXISTS (SELECT 1 FROM %1$s s WHERE s.%2$s = %3$s)".formatted(asset.table(), asset.asset(), id);
        String orphaned = needs.isEmpty()
                ? ""
                : "WHEN EXISTS (SELECT 1 FROM %1$s m WHERE m.%2$s = %3$s AND %4$s) THEN 'PARENT_MISSING'"
                        .formatted(asset.mirror(), asset.asset(), id, needs.missing());
        String again = trashedBy
                .map(run -> "WHEN t.run_id <> " + run + " THEN 'TRASHED_AGAIN'")
                .orElse("");
        return "(CASE %s WHEN %s THEN 'LIVE_AGAIN' %s END)".formatted(again, live, orphaned);
    }

    /** When these assets were purged, those that were, as it is told: {@code on 2026-01-31T…Z}. */
    Map<String, String> purgedAmong(AssetIds ids) {
        Map<String, String> purged = new HashMap<>();
        jdbc.query(
                "SELECT asset_id, %s FROM binday_purged WHERE asset_id IN (%s) GROUP BY asset_id ORDER BY asset_id"
                        .formatted(ON.formatted("MAX(purged_at)"), ids.marks()),
                rs -> {
                    purged.put(rs.getString(1), rs.getString(2));
                },
                ids.times(1));
        return purged;
    }

    /** Of these trashed assets, those whose folder, or what else they need, is gone, with its name. */
    Map<String, String> withoutParent(AssetIds ids) {
        Map<String, String> without = new HashMap<>();
        jdbc.query(
                "SELECT %s, %s FROM %s m WHERE m.%s IN (%s) AND %s ORDER BY m.%s"
                        .formatted(
                                asset.assetText("m"),
                                needs.detail(),
                                asset.mirror(),
                                asset.asset(),
                                ids.marks(),
                                needs.missing(),
                                asset.asset()),
                rs -> {
                    without.put(rs.getString(1), rs.getString(2));
                },
                ids.times(asset, 1));
        return without;
    }

    /** Writes the asset rows back, every column as it was but those of the revision. */
    void insertAssets(AssetIds ids, Stamp stamp) {
        Revision revision = catalog.catalog().asset().revision();
        List<Column> columns = asset.moved();
        boolean signed = columns.stream().anyMatch(column -> is(revision.updatedBy(), column));
        String values = columns.stream().map(column -> value(column, revision)).collect(Collectors.joining(", "));
        int inserted = jdbc.update(
                "INSERT INTO %s (%s) SELECT %s FROM %s m WHERE m.%s IN (%s)"
                        .formatted(asset.table(), asset.columns(), values, asset.mirror(), asset.asset(), ids.marks()),
                signed ? ids.after(asset, 1, stamp.who()) : ids.times(asset, 1));
        ids.requireAll(inserted, asset.mirror());
    }

    private String value(Column column, Revision revision) {
        if (is(revision.version(), column)) {
            return next("m." + column.quoted(), column);
        }
        if (is(revision.updatedAt(), column)) {
            return column.type().toLowerCase(Locale.ROOT).contains("int") ? now("m." + column.quoted()) : "NOW(6)";
        }
        return is(revision.updatedBy(), column) ? who(column) : asset.restored(column);
    }

    /** A version that is as large as can be stays: else the asset could not come back. */
    private static String next(String version, Column column) {
        return column.largestNumber()
                .map(largest -> "CASE WHEN %1$s < %2$s THEN %1$s + 1 ELSE %1$s END".formatted(version, largest))
                .orElse(version + " + 1");
    }

    /** Now as a number, in the unit that the value has: seconds, or what is far too much for that in milliseconds. */
    private static String now(String value) {
        return "CASE WHEN " + value + " > " + MOST_SECONDS + " THEN UNIX_TIMESTAMP() * 1000 ELSE UNIX_TIMESTAMP() END";
    }

    /** No more of the name than the column holds. */
    private static String who(Column column) {
        return column.length().isPresent() ? "LEFT(?, " + column.length().getAsInt() + ")" : "?";
    }

    private static boolean is(Optional<String> mapped, Column column) {
        return mapped.filter(column.name()::equalsIgnoreCase).isPresent();
    }

    /** Removes the assets from the trash. */
    void leaveTrash(AssetIds ids) {
        TrashRowStore.leave(jdbc, asset, ids);
    }
}
