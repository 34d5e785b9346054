package io.binday.run;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews a lease from a thread of its own, three times in the lease's length, until it is closed. */
final class Heartbeat implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "binday-heartbeat");
        daemon.setDaemon(true);
        return daemon;
    });
    private final LeaseStore leases;
    private final Lease lease;
    private final Duration length;

    Heartbeat(LeaseStore leases, Lease lease, Duration length) {
        this.leases = leases;
        this.lease = lease;
        this.length = length;
        long period = Math.max(1, length.toMillis() / 3);
        var unused = thread.scheduleAtFixedRate(this::beat, period, period, TimeUnit.MILLISECONDS);
    }

    /** A beat that fails is only missed: the next one may reach the database, and the chunk looks at the lease itself. */
    private void beat() {
        try {
            leases.renew(lease, length);
        } catch (RuntimeException e) {
            LOG.debug("run {}: heartbeat missed: {}", lease.runId(), Fault.message(e));
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
