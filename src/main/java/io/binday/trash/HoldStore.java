package io.binday.trash;

import io.binday.catalog.DatabaseTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The statements of holds. A hold is active until it is released or its time is over. The caller has the transaction. */
@Component
public final class HoldStore {

    /** The condition that a hold ({@code h}) is active. */
    public static final String ACTIVE = activeAt("NOW(6)");

    /** The condition that an asset of the trash ({@code t}) is on hold. */
    public static final String ON_HOLD = onHold(ACTIVE);

    /** The condition that an asset of the trash ({@code t}) will be on hold at the instant {@code :then}, by the holds there are. */
    static final String ON_HOLD_THEN = onHold(activeAt(":then"));

    /** The last day of a hold ({@code h}), in UTC; null where it holds until it is released. */
    public static final String LAST_DAY = "CAST(TIMESTAMPADD(SECOND, -1, h.held_until) AS DATE)";

    private final JdbcTemplate jdbc;

    HoldStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    private static String activeAt(String instant) {
        return "h.released_at IS NULL AND (h.held_until IS NULL OR h.held_until > " + instant + ")";
    }

    private static String onHold(String active) {
        return "EXISTS (SELECT 1 FROM binday_hold h WHERE h.asset_id = t.asset_id AND " + active + ")";
    }

    /** Which of these assets are in the trash; their trash rows are locked, so that no purge passes meanwhile. */
    Set<String> lockTrashed(AssetIds ids) {
        return new HashSet<>(jdbc.queryForList(
                "SELECT asset_id FROM binday_trash WHERE asset_id IN (%s) ORDER BY asset_id FOR UPDATE"
                        .formatted(ids.marks()),
                String.class,
                ids.times(1)));
    }

    /** What a run has trashed that is still in the trash, after an asset ID, in ascending order. */
    List<String> ofRun(long runId, String after, int limit) {
        return jdbc.queryForList("""
                SELECT e.asset_id FROM binday_event e
                JOIN binday_trash t ON t.asset_id = e.asset_id AND t.run_id = e.run_id
                WHERE e.run_id = ? AND e.asset_id > ? AND e.event = 'TRASHED' ORDER BY e.asset_id LIMIT ?""", String.class, runId, after, limit);
    }

    /** What a run has trashed that is purged, in ascending order, at most {@code limit}. */
    List<String> purgedOfRun(long runId, int limit) {
        return jdbc.queryForList("""
                SELECT e.asset_id FROM binday_event e
                WHERE e.run_id = ? AND e.event = 'TRASHED' AND EXISTS (
                    SELECT 1 FROM binday_purged g WHERE g.asset_id = e.asset_id AND g.trash_run_id = e.run_id)
                ORDER BY e.asset_id LIMIT ?""", String.class, runId, limit);
    }

    void hold(AssetIds ids, String reason, String who, Optional<Instant> until) {
        LocalDateTime end = until.map(DatabaseTime::of).orElse(null);
        ids.values().forEach(id -> jdbc.update("""
                        INSERT INTO binday_hold (asset_id, reason, held_by, held_at, held_until)
                        VALUES (?, ?, ?, NOW(6), ?)""", id, reason, who, end));
    }

    /** Which of these assets have an active hold. */
    Set<String> heldAmong(AssetIds ids) {
        return among(ids, ACTIVE);
    }

    /** Which of these assets have a hold that nobody has released, be its time over or not. */
    Set<String> unreleasedAmong(AssetIds ids) {
        return among(ids, "h.released_at IS NULL");
    }

    private Set<String> among(AssetIds ids, String condition) {
        if (isUnused()) {
            return Set.of();
        }
        return new HashSet<>(jdbc.queryForList(
                "SELECT DISTINCT h.asset_id FROM binday_hold h WHERE h.asset_id IN (%s) AND %s ORDER BY h.asset_id"
                        .formatted(ids.marks(), condition),
                String.class,
                ids.times(1)));
    }

    /** Whether nobody has ever held anything; then assets need not be looked up one by one. */
    private boolean isUnused() {
        return jdbc.queryForList("SELECT 1 FROM binday_hold LIMIT 1", Integer.class)
                .isEmpty();
    }

    /** Ends every hold of these assets that nobody has released. */
    void release(AssetIds ids, String reason, String who) {
        if (isUnused()) {
            return;
        }
        jdbc.update("""
                UPDATE binday_hold SET released_at = NOW(6), released_by = ?, release_reason = ?
                WHERE asset_id IN (%s) AND released_at IS NULL""".formatted(ids.marks()), ids.after(1, who, reason));
    }

    /** How many of the assets that a run has trashed are in the trash and on hold. */
    long countOfRun(long runId) {
        Long count = jdbc.queryForObject("""
                SELECT COUNT(DISTINCT h.asset_id) FROM binday_hold h
                JOIN binday_trash t ON t.asset_id = h.asset_id AND t.run_id = ?
                WHERE %s""".formatted(ACTIVE), Long.class, runId);
        return count == null ? 0 : count;
    }
}
