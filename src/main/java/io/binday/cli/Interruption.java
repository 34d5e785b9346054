package io.binday.cli;

import io.binday.run.StopSignal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jline.utils.Signals;

/**
 * SIGTERM, SIGINT and SIGHUP (a terminal that is gone): the chunks that have begun are finished and the result told before the
 * process ends; a second signal ends it at once.
 *
 * <p>These are signal handlers and not a shutdown hook, because the embedded database closes itself in a hook, and hooks
 * run beside each other.
 */
final class Interruption implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 25;
    private static final int SIGHUP = 128 + 1;
    private static final int SIGINT = 128 + 2;
    private static final int SIGTERM = 128 + 15;

    private final StopSignal stop = new StopSignal();
    private final AtomicBoolean working = new AtomicBoolean();
    private volatile Runnable farewell = () -> {};
    private final AtomicInteger signalled = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Terminal terminal;

    Interruption(Terminal terminal) {
        this.terminal = terminal;
        // What nohup has the process ignore stays ignored: the virtual machine sees to that.
        Signals.register("HUP", () -> wind(SIGHUP));
        Signals.register("INT", () -> wind(SIGINT));
        Signals.register("TERM", () -> wind(SIGTERM));
    }

    StopSignal stop() {
        return stop;
    }

    /** Does work that a signal lets end by itself; outside of it a signal ends the process at once. */
    <T> T during(Supplier<T> work) {
        working.set(true);
        try {
            return work.get();
        } finally {
            working.set(false);
        }
    }

    /** Waits for an answer; a signal meanwhile ends the process at once, but not without a word. */
    boolean whileAsking(Runnable lastWords, BooleanSupplier question) {
        farewell = lastWords;
        try {
            return question.getAsBoolean();
        } finally {
            farewell = () -> {};
        }
    }

    /** The exit code of a command, or the signal's when one has come. */
    int exitCode(int ofCommand) {
        return signalled.get() == 0 ? ofCommand : signalled.get();
    }

    private void wind(int exitCode) {
        boolean second = !signalled.compareAndSet(0, exitCode);
        boolean waits = working.get() && !second;
        if (waits) {
            // First, or the last word of what ends at once would stand before it.
            terminal.say("Stopping after what is running now, a chunk or a step of the plan …");
        }
        stop.request();
        if (waits) {
            awaitEnd();
        } else if (!second) {
            farewell.run();
        }
        System.exit(exitCode);
    }

    private void awaitEnd() {
        try {
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                terminal.say(
                        "It has not ended in " + PATIENCE_SECONDS
                                + " s; the database rolls back what was not committed. A run can be restarted, and all else begun again.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
    }
}
