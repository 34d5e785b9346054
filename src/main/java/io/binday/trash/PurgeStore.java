package io.binday.trash;

import io.binday.catalog.BoundCatalog;
import io.binday.catalog.DatabaseTime;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** The statements that remove assets from the trash for good. */
final class PurgeStore {

    private static final DateTimeFormatter LITERAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

    private final JdbcTemplate jdbc;
    private final BoundCatalog catalog;
    private final List<ReferenceStore> references;
    private final String cutoff;

    /**
     * Statements for one purge.
     *
     * @param cutoff what was trashed later stays; it is part of the run, so every statement and every attempt agree on it
     */
    PurgeStore(JdbcTemplate jdbc, BoundCatalog catalog, Instant cutoff) {
        this.jdbc = jdbc;
        this.catalog = catalog;
        this.references = ReferenceStore.all(jdbc, catalog);
        this.cutoff = "TIMESTAMP '" + LITERAL.format(DatabaseTime.of(cutoff)) + "'";
    }

    /** Whether every snapshot can be removed while another transaction removes others. */
    boolean removesByItself() {
        return references.stream().allMatch(ReferenceStore::isTakenByItself);
    }

    /** Among selected work items, those that are not purged, each with the reason. */
    String screening(Selection selection) {
        return """
                SELECT w.seq AS seq,
                    CASE WHEN t.asset_id IS NULL THEN 'NOT_IN_TRASH' ELSE COALESCE(%s, 'ON_HOLD') END AS reason,
                    CASE WHEN t.asset_id IS NULL OR t.trashed_at <= NOW(6) THEN NULL
                         WHEN t.trashed_at IS NULL THEN 'trashed at no time'
                         ELSE CONCAT('trashed at ', t.trashed_at) END AS detail
                FROM (%s) w
                LEFT JOIN binday_trash t ON t.asset_id = w.asset_id
                WHERE t.asset_id IS NULL OR %s IS NOT NULL
                   OR EXISTS (SELECT 1 FROM binday_hold h WHERE h.asset_id = w.asset_id AND %s)""".formatted(refusal(), selection.sql(), refusal(), HoldStore.ACTIVE);
    }

    /** Why the age of a trash row ({@code t}) keeps it from being purged; null when it does not. */
    private String refusal() {
        return ("(CASE WHEN t.trashed_at IS NULL OR t.trashed_at > NOW(6) THEN 'QUARANTINED'" + " WHEN t.trashed_at > "
                + cutoff + " THEN 'TOO_YOUNG' END)");
    }

    /** Locks the trash rows of these assets in ascending order of the ID and looks at their age again. */
    Map<String, Locked> lock(AssetIds ids) {
        return TrashRowStore.lock(jdbc, ids, refusal());
    }

    /** Writes the ledger, and puts the files of these assets into the deletion outbox. */
    void record(AssetIds ids, Stamp stamp) {
        int recorded = jdbc.update("""
                INSERT INTO binday_purged (asset_id, purge_run_id, purged_at, purged_by, trash_run_id, trashed_at,
                    trashed_by, label, bytes, binary_key)
                SELECT asset_id, ?, NOW(6), ?, run_id, trashed_at, trashed_by, label, bytes, binary_key
                FROM binday_trash WHERE asset_id IN (%s)""".formatted(ids.marks()), ids.after(1, stamp.runId(), stamp.who()));
        ids.requireAll(recorded, "binday_purged");
        jdbc.update("""
                INSERT INTO binday_binary_deletion (run_id, asset_id, binary_key, state, attempts, next_attempt_at)
                SELECT ?, asset_id, binary_key, 'PENDING', 0, NOW(6)
                FROM binday_trash WHERE asset_id IN (%s) AND binary_key IS NOT NULL AND binary_key <> ''""".formatted(ids.marks()), ids.after(1, stamp.runId()));
    }

    /**
     * Removes the snapshots and the trash rows of these assets.
     *
     * @return the references removed, by table
     */
    Map<String, Long> remove(AssetIds ids) {
        Map<String, Long> removed = new LinkedHashMap<>();
        for (ReferenceStore reference : references) {
            removed.putAll(reference.forget(ids));
        }
        TrashRowStore.leave(jdbc, catalog.asset(), ids);
        return removed;
    }
}
