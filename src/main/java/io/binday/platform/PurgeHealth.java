package io.binday.platform;

import io.binday.job.Jobs;
import io.binday.run.RunRecords;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/**
 * The alarm of the purge: down when it has not succeeded for 26 hours although it is scheduled, or when one was held back
 * for a person to look at. Where none has ever succeeded, the daemon's start counts.
 */
@Component("purge")
final class PurgeHealth extends AbstractHealthIndicator {

    private static final Duration LONGEST = Duration.ofHours(26);

    private final RunRecords runs;
    private final Jobs jobs;
    private final Clock clock;
    private final Instant started;

    PurgeHealth(RunRecords runs, Jobs jobs, Clock clock) {
        super("the purge cannot be judged");
        this.runs = runs;
        this.jobs = jobs;
        this.clock = clock;
        this.started = clock.instant();
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Optional<Instant> last = runs.lastCompleted("purge");
        last.ifPresent(at -> health.withDetail("lastSuccess", at.toString()));
        List<Long> waiting = runs.heldBack("purge");
        boolean late = isScheduled()
                && Duration.between(last.orElse(started), clock.instant()).compareTo(LONGEST) > 0;
        if (!waiting.isEmpty()) {
            health.down().withDetail("heldBack", waiting);
        } else if (late) {
            health.down().withDetail("late", "no purge has succeeded for " + LONGEST.toHours() + " h");
        } else {
            health.up();
        }
    }

    private boolean isScheduled() {
        return jobs.names().stream()
                .map(jobs::named)
                .anyMatch(
                        job -> "purge".equals(job.operation()) && job.schedule().isPresent());
    }
}
