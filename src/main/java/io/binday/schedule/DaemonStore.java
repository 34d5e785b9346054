package io.binday.schedule;

import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which daemons are up, by Quartz's notes of them, which it tells to nobody. */
@Component
class DaemonStore {

    private final JdbcClient jdbc;
    private final Clock clock;

    DaemonStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Does nothing that a database which can be written could not do.
     *
     * @throws org.springframework.dao.DataAccessException when it is away, or only reads
     */
    void requireWritable() {
        jdbc.sql("UPDATE QRTZ_SCHEDULER_STATE SET CHECKIN_INTERVAL = CHECKIN_INTERVAL WHERE SCHED_NAME = ''")
                .update();
    }

    /** How many have been heard of lately, by this machine's clock. */
    int count() {
        return jdbc.sql("SELECT COUNT(*) FROM QRTZ_SCHEDULER_STATE WHERE LAST_CHECKIN_TIME + 3 * CHECKIN_INTERVAL > ?")
                .param(clock.millis())
                .query(Integer.class)
                .single();
    }
}
