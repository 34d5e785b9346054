package io.binday.schedule;

import io.binday.run.RunStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * A job with a schedule.
 *
 * @param cron what daemons go by; until they know it, what its file says
 * @param lastFire when it was due last and a daemon began it
 * @param nextFire when it is due next; empty while it is new or paused
 * @param lastRun its newest run
 * @param lastStatus what that run came to so far
 * @param inFile cron and zone of its file, where daemons go by others until they are started again
 */
public record ScheduledJob(
        String name,
        String cron,
        String zone,
        State state,
        Optional<Instant> lastFire,
        Optional<Instant> nextFire,
        Optional<Long> lastRun,
        Optional<RunStatus> lastStatus,
        Optional<String> inFile) {

    /** What becomes of a schedule. */
    public enum State {
        /** No daemon has taken it over yet. */
        NEW,
        ACTIVE,
        PAUSED,
        /** It has no time to come. */
        ENDED,
        /** Quartz could not read it; until a daemon has looked after that. */
        ERROR,
        /** No job file here has a schedule for it. */
        GONE,
        /** Its job file here cannot be read. */
        BROKEN
    }
}
