package io.binday.cli;

import io.binday.run.StopSignal;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** SIGTERM and SIGINT: the running chunk is finished and the result told before the process ends. */
final class Interruption implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 25;

    private final StopSignal stop = new StopSignal();
    private final Semaphore working = new Semaphore(1);
    private final Thread hook = new Thread(this::wind, "binday-stop");

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    StopSignal stop() {
        return stop;
    }

    /** Does work that a signal lets end by itself; outside of it a signal ends the process at once. */
    <T> T during(Supplier<T> work) {
        working.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            working.release();
        }
    }

    private void wind() {
        stop.request();
        try {
            boolean ended = working.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                System.err.println("The running chunk has not ended in " + PATIENCE_SECONDS
                        + " s; the database rolls it back. The run can be restarted.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The signal came first: the hook is running, and the process ends with the signal's exit code.
        }
    }
}
