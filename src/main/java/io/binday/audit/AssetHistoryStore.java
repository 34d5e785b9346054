package io.binday.audit;

import io.binday.catalog.DatabaseTime;
import io.binday.catalog.MovedTable;
import io.binday.trash.HoldStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what is known about one asset. */
@Component
class AssetHistoryStore {

    /** The events of an asset are looked for run by run: an index by asset would cost every chunk more than it gives here. */
    private static final String RUNS =
            "SELECT r.run_id FROM binday_run r JOIN binday_event e ON e.run_id = r.run_id AND e.asset_id = ?";

    /** Requests that were rejected are looked for in all work items, of which there may be millions. */
    private static final String ENTRIES = """
            SELECT x.at, x.what, x.run_id, x.who, x.why, x.detail FROM (
                SELECT e.at AS at, e.event AS what, e.run_id AS run_id,
                    CASE WHEN r.approved_by IS NULL OR r.approved_by = r.requested_by THEN r.requested_by
                         ELSE CONCAT(r.requested_by, ', approved by ', r.approved_by) END AS who,
                    r.reason AS why, CONCAT('job ', r.job_name) AS detail, 1 AS place
                FROM binday_event e JOIN binday_run r ON r.run_id = e.run_id
                WHERE e.run_id IN (:runs) AND e.asset_id = :asset
                UNION ALL
                SELECT CASE WHEN COALESCE(w.execution_id, 0) = 0 THEN COALESCE(r.staged_at, r.requested_at)
                            ELSE COALESCE(r.finished_at, r.staged_at, r.requested_at) END, 'REJECTED', r.run_id, r.requested_by, r.reason,
                    CONCAT(r.operation, ': ', w.reason, CASE WHEN w.detail <> '' THEN CONCAT(' (', w.detail, ')') ELSE '' END), 0
                FROM binday_work_item w JOIN binday_run r ON r.run_id = w.run_id
                WHERE w.asset_id = :asset AND w.state = 'REJECTED'
                UNION ALL
                SELECT h.held_at, 'HELD', NULL, h.held_by, h.reason,
                    CASE WHEN h.held_until IS NULL THEN 'until released' ELSE CONCAT('until ', %s) END, 2
                FROM binday_hold h WHERE h.asset_id = :asset
                UNION ALL
                SELECT h.released_at, 'RELEASED', NULL, h.released_by, h.release_reason, NULL, 3
                FROM binday_hold h WHERE h.asset_id = :asset AND h.released_at IS NOT NULL
                UNION ALL
                SELECT COALESCE(e.at, r.requested_at), 'NOT_REATTACHED', u.run_id, r.requested_by, r.reason,
                    CONCAT(u.fate, ': ', u.table_name, ' ', u.place), 4
                FROM binday_unattached u JOIN binday_run r ON r.run_id = u.run_id
                LEFT JOIN binday_event e ON e.run_id = u.run_id AND e.asset_id = u.asset_id AND e.event = 'RESTORED'
                WHERE u.asset_id = :asset AND u.run_id IN (:runs)
                UNION ALL
                SELECT COALESCE(d.settled_at, g.purged_at, r.finished_at, r.requested_at), 'FILE', d.run_id, r.requested_by, NULL,
                    CONCAT(d.binary_key, ' ', d.state, CASE WHEN d.error <> '' THEN CONCAT(': ', d.error) ELSE '' END), 5
                FROM binday_binary_deletion d JOIN binday_run r ON r.run_id = d.run_id
                LEFT JOIN binday_purged g ON g.asset_id = d.asset_id AND g.purge_run_id = d.run_id
                WHERE d.asset_id = :asset AND d.state IN ('PENDING', 'DELETED', 'MISSING', 'SHARED') AND d.run_id IN (:runs)
            ) x ORDER BY x.at, x.place, x.run_id""".formatted(HoldStore.LAST_DAY);

    private final JdbcClient jdbc;

    AssetHistoryStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What happened, the oldest first. */
    List<HistoryEntry> entries(String assetId) {
        List<Long> runs = jdbc.sql(RUNS).param(assetId).query(Long.class).list();
        return jdbc.sql(ENTRIES)
                .param("asset", assetId)
                .param("runs", runs.isEmpty() ? List.of(0L) : runs)
                .query(AssetHistoryStore::row)
                .list();
    }

    /** Since when it has been in the trash; empty when it is not there. */
    Optional<String> trashed(String assetId) {
        return jdbc.sql("""
                        SELECT t.trashed_by, t.trashed_at, t.run_id, %s
                        FROM binday_trash t WHERE t.asset_id = ?""".formatted(HoldStore.ON_HOLD))
                .param(assetId)
                .query((rs, row) -> "in the trash, trashed by %s at %s, run %d%s"
                        .formatted(rs.getString(1), shown(rs, 2), rs.getLong(3), rs.getBoolean(4) ? "; on hold" : ""))
                .optional();
    }

    /** When it was purged last; empty when it never was. */
    Optional<String> purged(String assetId) {
        return jdbc.sql("""
                        SELECT g.purged_at, g.purged_by, g.purge_run_id
                        FROM binday_purged g WHERE g.asset_id = ? ORDER BY g.purged_at DESC LIMIT 1""")
                .param(assetId)
                .query((rs, row) -> "purged, gone for good since %s by %s, run %d"
                        .formatted(shown(rs, 1), rs.getString(2), rs.getLong(3)))
                .optional();
    }

    private static String shown(ResultSet rs, int column) throws SQLException {
        return DatabaseTime.instant(rs, column).map(DatabaseTime::shown).orElse("no time");
    }

    /** Whether it is live. */
    Optional<String> live(String assetId, MovedTable asset) {
        return asset.form()
                .canonical(assetId)
                .flatMap(id -> jdbc.sql("SELECT 'live' FROM %s s WHERE s.%s = ?%s"
                                .formatted(asset.table(), asset.asset(), asset.filter("s")))
                        .param(asset.form().argument(id))
                        .query(String.class)
                        .optional());
    }

    private static HistoryEntry row(ResultSet rs, int number) throws SQLException {
        long run = rs.getLong(3);
        return new HistoryEntry(
                DatabaseTime.instant(rs, 1).orElseThrow(),
                rs.getString(2),
                run == 0 ? Optional.empty() : Optional.of(run),
                Optional.ofNullable(rs.getString(4)).orElse("unknown"),
                Optional.ofNullable(rs.getString(5)),
                Optional.ofNullable(rs.getString(6)));
    }
}
