package io.binday.platform;

import io.binday.job.JobDefinition;
import io.binday.run.FailureText;
import io.binday.run.JobRunStore;
import io.binday.schedule.Cron;
import io.binday.schedule.DatabaseWatch;
import io.binday.schedule.Schedules;
import io.binday.trash.OperationName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The alarm of the purge: down when a scheduled one has not succeeded for 26 hours and for two hours since it was due, or
 * when one was held back for a person to look at. Where none has ever succeeded, the first one
 * that was begun counts, or the daemon's start if that was before.
 */
@Component("purge")
final class PurgeHealth extends AbstractHealthIndicator {

    private static final Duration LONGEST = Duration.ofHours(26);
    private static final Duration WORK = Duration.ofHours(2);

    private final JobRunStore runs;
    private final Supplier<List<JobDefinition>> scheduled;
    /** Why the database cannot be reached, where the daemon knows it: whoever asks would wait for a connection. */
    private final Supplier<Optional<String>> unreachable;

    private final Clock clock;
    private final Instant started;

    @Autowired
    PurgeHealth(JobRunStore runs, Schedules schedules, DatabaseWatch watch, Clock clock) {
        this(runs, schedules::taken, watch::unreachable, clock);
    }

    PurgeHealth(
            JobRunStore runs,
            Supplier<List<JobDefinition>> scheduled,
            Supplier<Optional<String>> unreachable,
            Clock clock) {
        super("the purge cannot be judged");
        this.runs = runs;
        this.scheduled = scheduled;
        this.unreachable = unreachable;
        this.clock = clock;
        this.started = clock.instant();
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Optional<String> error = unreachable.get();
        if (error.isPresent()) {
            health.down().withDetail("error", error.get());
            return;
        }
        try {
            judge(health);
        } catch (DataAccessException | TransactionException e) {
            // No stack trace at each request while the database is away.
            health.down().withDetail("error", FailureText.of(e));
        }
    }

    private void judge(Health.Builder health) {
        runs.lastCompleted(OperationName.PURGE).ifPresent(at -> health.withDetail("lastSuccess", at.toString()));
        List<Long> waiting = runs.heldBack(OperationName.PURGE);
        List<String> late = scheduled.get().stream()
                .filter(job -> job.input() instanceof JobDefinition.Input.Expired && isLate(job))
                .map(JobDefinition::name)
                .toList();
        if (!waiting.isEmpty()) {
            health.down().withDetail("heldBack", waiting);
        } else if (!late.isEmpty()) {
            health.down()
                    .withDetail(
                            "late",
                            String.join(", ", late) + ": no purge has succeeded for " + LONGEST.toHours() + " h");
        } else {
            health.up();
        }
    }

    private boolean isLate(JobDefinition job) {
        Instant last = runs.lastCompletedOf(job.name())
                .or(() -> runs.firstOf(job.name()).filter(started::isAfter))
                .orElse(started);
        Instant now = clock.instant();
        return now.isAfter(last.plus(LONGEST))
                && Cron.of(job.schedule().orElseThrow())
                        .next(last)
                        .filter(due -> now.isAfter(due.plus(WORK)))
                        .isPresent();
    }
}
