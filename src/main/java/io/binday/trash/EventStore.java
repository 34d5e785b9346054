package io.binday.trash;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The events, which are only ever added; the statements that change assets add them. */
@Component
class EventStore {

    private final JdbcTemplate jdbc;

    EventStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** How many assets have had an event in a run. */
    long count(long runId, String event) {
        Long count = jdbc.queryForObject(
                "SELECT COUNT(*) FROM binday_event WHERE run_id = ? AND event = ?", Long.class, runId, event);
        return count == null ? 0 : count;
    }

    /** Adds an event for each of these assets, which are in the trash. */
    int addForTrashed(AssetIds ids, String event, long runId) {
        return jdbc.update("""
                INSERT INTO binday_event (run_id, asset_id, event, at)
                SELECT ?, asset_id, ?, NOW(6) FROM binday_trash WHERE asset_id IN (%s)""".formatted(ids.marks()), ids.after(1, runId, event));
    }
}
