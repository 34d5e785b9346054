package io.binday.run;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews a lease, three times in its length, and listens for what operators ask of the run, twice a second; both on a thread
 * of its own until it is closed.
 */
final class Heartbeat implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final long LISTENING_MILLIS = 500;
    private static final long PATIENCE_SECONDS = 5;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "binday-heartbeat");
        daemon.setDaemon(true);
        return daemon;
    });
    private final Lease lease;
    private final Duration length;
    private long heard = System.nanoTime();
    private boolean told;

    Heartbeat(LeaseStore leases, ControlStore controls, Lease lease, Duration length, Consumer<Control> listener) {
        this.lease = lease;
        this.length = length;
        every(Math.max(1, length.toMillis() / 3), () -> {
            if (leases.renew(lease, length)) {
                heard = System.nanoTime();
                told = false;
            }
        });
        every(LISTENING_MILLIS, () -> listener.accept(controls.of(lease.runId())));
    }

    /** A beat that fails is only missed: the next one may reach the database, and the chunk looks at the lease itself. */
    private void every(long millis, Runnable action) {
        Runnable beat = () -> {
            try {
                action.run();
            } catch (RuntimeException e) {
                LOG.debug("run {}: heartbeat missed: {}", lease.runId(), FailureText.of(e));
                tellOnceTheLeaseHasRunOut(e);
            }
        };
        var unused = thread.scheduleAtFixedRate(beat, millis, millis, TimeUnit.MILLISECONDS);
    }

    private void tellOnceTheLeaseHasRunOut(RuntimeException why) {
        if (!told && System.nanoTime() - heard > length.toNanos()) {
            told = true;
            LOG.warn(
                    "run {}: no sign of life has reached the database for {} s, so to others it has no process, and can be taken over: {}",
                    lease.runId(),
                    length.toSeconds(),
                    FailureText.of(why));
        }
    }

    /** Not by an interrupt: an interrupted thread takes the embedded database's file away from everybody. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.debug("run {}: the last heartbeat has no answer yet", lease.runId());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
