package io.binday.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What operators ask of runs. A table of its own and not part of the lease, so that nobody who asks has to wait for a chunk
 * that holds the lease. The caller has the transaction.
 */
@Component
class ControlStore {

    /** What was asked of a run ({@code c}). */
    static final String ASKED = "c.stop_by, c.paused_by, c.rate, c.rate_by";

    private final JdbcTemplate jdbc;

    ControlStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    Control of(long runId) {
        return jdbc
                .query(
                        "SELECT %s FROM binday_control c WHERE c.run_id = ?".formatted(ASKED),
                        ControlStore::control,
                        runId)
                .stream()
                .findFirst()
                .orElse(Control.NONE);
    }

    /** What is read in {@link #ASKED}. */
    static Control control(ResultSet rs, int row) throws SQLException {
        int rate = rs.getInt("rate");
        return new Control(
                Optional.ofNullable(rs.getString("stop_by")),
                Optional.ofNullable(rs.getString("paused_by")),
                Optional.ofNullable(rs.getString("rate_by")).map(by -> new Control.Pace(rate, by)));
    }

    void stop(long runId, String who) {
        jdbc.update("""
                INSERT INTO binday_control (run_id, stop_by) VALUES (?, ?)
                ON DUPLICATE KEY UPDATE stop_by = VALUES(stop_by)""", runId, who);
    }

    void pause(long runId, String who) {
        jdbc.update("""
                INSERT INTO binday_control (run_id, paused_by) VALUES (?, ?)
                ON DUPLICATE KEY UPDATE paused_by = VALUES(paused_by)""", runId, who);
    }

    void resume(long runId) {
        jdbc.update("UPDATE binday_control SET paused_by = NULL WHERE run_id = ?", runId);
    }

    void throttle(long runId, Control.Pace pace) {
        jdbc.update("""
                INSERT INTO binday_control (run_id, rate, rate_by) VALUES (?, ?, ?)
                ON DUPLICATE KEY UPDATE rate = VALUES(rate), rate_by = VALUES(rate_by)""", runId, pace.rate(), pace.by());
    }

    void unthrottle(long runId) {
        jdbc.update("UPDATE binday_control SET rate = NULL, rate_by = NULL WHERE run_id = ?", runId);
    }

    /** As {@link #renew(long)}, for what was known of then: a stop or a pause that was asked for since, where there was none, holds. */
    void renew(long runId, Control before) {
        before.stopBy()
                .ifPresent(by -> jdbc.update("UPDATE binday_control SET stop_by = NULL WHERE run_id = ?", runId));
        before.pausedBy().ifPresent(by -> resume(runId));
    }

    /** An operator wants it to go on: what was asked of the owner before is over, but the pace stays. */
    void renew(long runId) {
        jdbc.update("UPDATE binday_control SET stop_by = NULL, paused_by = NULL WHERE run_id = ?", runId);
    }
}
