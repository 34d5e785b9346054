package io.binday.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One execution of a run, as the job repository has it.
 *
 * @param number counted from 1
 * @param status the job repository's word
 * @param steps those that have begun, in order
 */
public record AttemptReport(
        int number,
        long executionId,
        String status,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        List<StepReport> steps) {

    /** One step of it; durations only where it has ended. */
    public record StepReport(
            String name, String status, long read, long written, long filtered, Optional<Duration> duration) {}

    public AttemptReport {
        steps = List.copyOf(steps);
    }
}
