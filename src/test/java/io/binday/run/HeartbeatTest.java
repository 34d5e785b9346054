package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.catalog.Dialect;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.JdbcTemplate;

@ExtendWith(OutputCaptureExtension.class)
class HeartbeatTest {

    private final AtomicInteger beats = new AtomicInteger();
    private volatile boolean reached;

    private final LeaseStore leases = new LeaseStore(new JdbcTemplate(), Dialect.MYSQL) {
        @Override
        boolean renew(Lease lease, Duration length) {
            beats.incrementAndGet();
            if (!reached) {
                throw new TransientDataAccessResourceException("UPDATE command denied");
            }
            return true;
        }
    };

    private final ControlStore controls = new ControlStore(new JdbcTemplate()) {
        @Override
        Control of(long runId) {
            return Control.NONE;
        }
    };

    @Test
    void tellsOnceThatItsLeaseHasRunOutThoughItWorks(CapturedOutput log) {
        beat(Duration.ofMillis(30), 20);

        assertThat(log.getAll())
                .containsOnlyOnce("run 7: no sign of life has reached the database")
                .contains("UPDATE command denied");
    }

    @Test
    void tellsNothingWhileTheLeaseLasts(CapturedOutput log) {
        beat(Duration.ofSeconds(3), 1);
        reached = true;
        beat(Duration.ofMillis(30), 20);

        assertThat(log.getAll()).doesNotContain("no sign of life");
    }

    private void beat(Duration length, int least) {
        int before = beats.get();
        Heartbeat heartbeat = new Heartbeat(leases, controls, new Lease(7, "tester", 1), length, control -> {});
        try {
            Awaitility.await().until(() -> beats.get() >= before + least);
        } finally {
            heartbeat.close();
        }
    }
}
