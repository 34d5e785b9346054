package io.binday.run;

import java.time.Duration;
import java.util.Optional;

/**
 * Where a run waits between two chunks: while it is paused, while it is faster than it may be; and where it learns that it
 * is to stop, be it by this process or by an operator elsewhere. One thread passes, another one brings the news.
 */
final class Gate {

    private static final Duration SLICE = Duration.ofMillis(50);

    private final StopSignal process;
    private final RunObserver observer;
    private volatile Control control = Control.NONE;
    private Control told = Control.NONE;
    private long passedAt = System.nanoTime();
    private long settled;
    private boolean paused;

    Gate(StopSignal process, RunObserver observer) {
        this.process = process;
        this.observer = observer;
    }

    /** What operators ask for now. */
    void heard(Control now) {
        control = now;
    }

    boolean isStopRequested() {
        return process.isRequested() || control.stopBy().isPresent();
    }

    /** Whether no further chunk is to begin now: the run is to stop, or is paused. */
    boolean isClosed() {
        return isStopRequested() || control.pausedBy().isPresent();
    }

    /** Whether an operator has set a pace. */
    boolean isPaced() {
        return control.pace().isPresent();
    }

    /** Which operator it was, in words; empty when it was this process. */
    Optional<String> stoppedBy() {
        return control.stopBy().map(who -> "stopped by " + who);
    }

    /** So many values were settled since the last passing. */
    void settled(int values) {
        settled += values;
    }

    /** Waits until the run may go on; true when it is to stop instead. */
    boolean pass() {
        tell();
        while (!isStopRequested() && (control.pausedBy().isPresent() || isTooFast())) {
            paused |= control.pausedBy().isPresent();
            process.sleep(SLICE);
            tell();
        }
        passedAt = System.nanoTime();
        settled = 0;
        return isStopRequested();
    }

    /** Whether the run was paused since this was asked last. */
    boolean wasPaused() {
        boolean was = paused;
        paused = false;
        return was;
    }

    /** Waits, but no longer than until a stop is asked for; true when it was. */
    boolean sleep(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        while (!isStopRequested() && System.nanoTime() < end) {
            Duration left = Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
            process.sleep(left.compareTo(SLICE) < 0 ? left : SLICE);
        }
        return isStopRequested();
    }

    private boolean isTooFast() {
        return control.pace()
                .filter(pace -> System.nanoTime() - passedAt < settled * 1_000_000_000L / pace.rate())
                .isPresent();
    }

    private void tell() {
        Control now = control;
        if (!now.equals(told)) {
            observer.asked(now);
            told = now;
        }
    }
}
