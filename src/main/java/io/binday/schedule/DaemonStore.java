package io.binday.schedule;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which daemons are up, by Quartz's notes of them, which it tells to nobody. */
@Component
class DaemonStore {

    private final JdbcClient jdbc;

    DaemonStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How many have been heard of lately, by this machine's clock. */
    int count() {
        return jdbc.sql("SELECT COUNT(*) FROM QRTZ_SCHEDULER_STATE WHERE LAST_CHECKIN_TIME + 3 * CHECKIN_INTERVAL > ?")
                .param(System.currentTimeMillis())
                .query(Integer.class)
                .single();
    }
}
