package io.binday.trash;

import io.binday.catalog.DatabaseTime;
import io.binday.catalog.Dialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what is in the trash, without looking at the CMS's tables. */
@Component
public final class TrashListStore {

    private final JdbcClient jdbc;
    private final Dialect dialect;

    TrashListStore(JdbcClient jdbc, Dialect dialect) {
        this.jdbc = jdbc;
        this.dialect = dialect;
    }

    /**
     * Which of the trash is asked for.
     *
     * @param runId only what this run has trashed
     * @param onHold only what is on hold
     * @param expiring only what may be purged by then
     */
    public record Filter(Optional<Long> runId, boolean onHold, Optional<Expiry> expiring) {

        private String where() {
            return "(:runId = 0 OR t.run_id = :runId) AND (:onHold = 0 OR " + HoldStore.ON_HOLD + ")"
                    + " AND (:expiring = 0 OR (t.trashed_at <= :trashedUntil AND NOT " + HoldStore.ON_HOLD_THEN + "))";
        }

        private Map<String, Object> parameters() {
            return Map.of(
                    "runId",
                    runId.orElse(0L),
                    "onHold",
                    onHold ? 1 : 0,
                    "expiring",
                    expiring.isPresent() ? 1 : 0,
                    "trashedUntil",
                    DatabaseTime.of(expiring.map(Expiry::trashedUntil).orElse(Instant.EPOCH)),
                    "then",
                    DatabaseTime.of(expiring.map(Expiry::at).orElse(Instant.EPOCH)));
        }
    }

    /**
     * What may be purged by an instant.
     *
     * @param at the instant; a hold that is over by then keeps nothing
     * @param trashedUntil what was trashed then or before is old enough at that instant
     */
    public record Expiry(Instant at, Instant trashedUntil) {}

    /** The newest trashed assets first, at most {@code limit}. */
    public List<TrashedAsset> newest(Filter filter, int limit) {
        return jdbc.sql("""
                        SELECT t.asset_id, t.label, t.bytes, t.trashed_at, t.trashed_by, t.run_id,
                            h.reason, %s, h.held_by
                        FROM binday_trash t
                        LEFT JOIN binday_hold h ON h.id =
                            (SELECT h.id FROM binday_hold h WHERE h.asset_id = t.asset_id AND %s
                             ORDER BY h.held_until IS NULL DESC, h.held_until DESC, h.id DESC LIMIT 1)
                        WHERE %s
                        ORDER BY t.trashed_at DESC, t.asset_id DESC
                        LIMIT :limit""".formatted(HoldStore.LAST_DAY, HoldStore.ACTIVE, filter.where()))
                .params(filter.parameters())
                .param("limit", limit)
                .query(TrashListStore::row)
                .list();
    }

    /** How many assets of the trash are so. */
    public long count(Filter filter) {
        return jdbc.sql("SELECT COUNT(*) FROM binday_trash t WHERE " + filter.where())
                .params(filter.parameters())
                .query(Long.class)
                .single();
    }

    /**
     * Makes assets look as if they had been trashed earlier; for the demo, on the embedded database only.
     *
     * @throws IllegalStateException on another database
     */
    public long age(List<String> assetIds, Duration by) {
        if (dialect != Dialect.H2) {
            throw new IllegalStateException("the age of trash is changed in the demo only");
        }
        jdbc.sql("""
                        UPDATE binday_event e SET e.at = TIMESTAMPADD(SECOND, :seconds, e.at)
                        WHERE e.event = 'TRASHED' AND EXISTS (
                            SELECT 1 FROM binday_trash t
                            WHERE t.run_id = e.run_id AND t.asset_id = e.asset_id AND t.asset_id IN (:ids))""").param("seconds", -by.toSeconds()).param("ids", assetIds).update();
        return jdbc.sql("""
                        UPDATE binday_trash SET trashed_at = TIMESTAMPADD(SECOND, :seconds, trashed_at)
                        WHERE asset_id IN (:ids)""")
                .param("seconds", -by.toSeconds())
                .param("ids", assetIds)
                .update();
    }

    /** How many assets are in the trash. */
    public long size() {
        return jdbc.sql("SELECT COUNT(*) FROM binday_trash").query(Long.class).single();
    }

    /** For how many seconds the oldest trash has been there; 0 when there is none. */
    public long oldestSeconds() {
        return jdbc.sql("SELECT COALESCE(TIMESTAMPDIFF(SECOND, MIN(trashed_at), NOW(6)), 0) FROM binday_trash")
                .query(Long.class)
                .single();
    }

    private static TrashedAsset row(ResultSet rs, int number) throws SQLException {
        return new TrashedAsset(
                rs.getString(1),
                Optional.ofNullable(rs.getString(2)),
                Optional.ofNullable(rs.getObject(3, Long.class)),
                DatabaseTime.instant(rs, 4),
                rs.getString(5),
                rs.getLong(6),
                Optional.ofNullable(rs.getString(7)),
                Optional.ofNullable(rs.getObject(8, LocalDate.class)),
                Optional.ofNullable(rs.getString(9)));
    }
}
