package io.binday.schedule;

import io.binday.run.RunStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * A job with a schedule.
 *
 * @param state {@code NEW} until a daemon has taken it over, then {@code ACTIVE} or {@code PAUSED}; {@code ENDED} when it has no
 *     time to come; {@code ERROR} when Quartz could not read it, until a daemon has looked after that
 * @param lastFire when it was due last and a daemon began it
 * @param nextFire when it is due next; empty while it is new or paused
 * @param lastRun its newest run
 * @param lastStatus what that run came to so far
 */
public record ScheduledJob(
        String name,
        String cron,
        String zone,
        String state,
        Optional<Instant> lastFire,
        Optional<Instant> nextFire,
        Optional<Long> lastRun,
        Optional<RunStatus> lastStatus) {}
