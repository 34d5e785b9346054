package io.binday.run;

import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What operators ask of runs. A table of its own and not part of the lease, so that nobody who asks has to wait for a chunk
 * that holds the lease. The caller has the transaction.
 */
@Component
class ControlStore {

    private final JdbcTemplate jdbc;

    ControlStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    Control of(long runId) {
        return jdbc
                .query(
                        "SELECT stop_by, paused_by, rate, rate_by FROM binday_control WHERE run_id = ?",
                        (rs, row) -> {
                            int rate = rs.getInt(3);
                            String by = rs.getString(4);
                            return new Control(
                                    Optional.ofNullable(rs.getString(1)),
                                    Optional.ofNullable(rs.getString(2)),
                                    by == null ? Optional.empty() : Optional.of(new Control.Pace(rate, by)));
                        },
                        runId)
                .stream()
                .findFirst()
                .orElse(Control.NONE);
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
