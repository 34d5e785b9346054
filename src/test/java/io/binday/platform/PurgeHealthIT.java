package io.binday.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.job.JobDefinition;
import io.binday.job.Jobs;
import io.binday.run.JobRunStore;
import io.binday.testing.TestApplication;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** The alarm of the purge, with a clock that the test sets. */
class PurgeHealthIT {

    private static final Instant START = Instant.parse("2026-05-06T02:30:00Z");

    private final TestApplication app =
            TestApplication.on(TestApplication.h2("health")).withSample(60);
    private Instant now = START;
    private boolean weekly;
    private Optional<String> unreachable = Optional.empty();
    private final PurgeHealth health =
            new PurgeHealth(app.the(JobRunStore.class), this::scheduled, () -> unreachable, new Clock() {
                @Override
                public ZoneOffset getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(java.time.ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now;
                }
            });

    @AfterEach
    void close() {
        app.close();
    }

    @Test
    void doesNotWaitForADatabaseThatIsKnownToBeAway() {
        unreachable = Optional.of("Connection refused");

        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.health().getDetails()).isEqualTo(Map.of("error", "Connection refused"));
    }

    @Test
    void isDownWhenNoPurgeHasSucceededFor26HoursSinceTheStart() {
        assertThat(after(Duration.ofHours(26)).getStatus()).isEqualTo(Status.UP);

        Health late = after(Duration.ofHours(26).plusSeconds(1));

        assertThat(late.getStatus()).isEqualTo(Status.DOWN);
        assertThat(late.getDetails()).containsEntry("late", "nightly-purge: no purge has succeeded for 26 h");
    }

    @Test
    void countsFromTheFirstNightWhereNoneHasSucceededThoughTheDaemonIsNew() {
        run("FAILED", "'2026-05-05 02:31:00'", "NULL");
        assertThat(after(Duration.ofHours(6)).getStatus()).isEqualTo(Status.UP);

        app.jdbc().update("UPDATE binday_run SET requested_at = '2026-05-05 02:30:00'");

        assertThat(after(Duration.ofHours(6)).getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void countsFromTheLastSuccess() {
        run("COMPLETED", "'2026-05-07 02:31:00'", "NULL");

        assertThat(after(Duration.ofHours(50)).getStatus()).isEqualTo(Status.UP);
        assertThat(after(Duration.ofHours(51)).getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void isDownWhileAPurgeIsHeldBackAndUpAfterALaterOneSucceeded() {
        run("AWAITING_APPROVAL", "NULL", "'held back by the safety valve'");
        assertThat(after(Duration.ZERO).getStatus()).isEqualTo(Status.DOWN);

        run("another-purge", "COMPLETED", "'2026-05-06 03:00:00'", "NULL");
        assertThat(after(Duration.ofHours(1)).getStatus())
                .as("another job's success")
                .isEqualTo(Status.DOWN);

        run("COMPLETED", "'2026-05-06 03:00:00'", "NULL");
        assertThat(after(Duration.ofHours(1)).getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void isNotUpForThePurgeOfAnotherJob() {
        run("another-purge", "COMPLETED", "'2026-05-07 02:31:00'", "NULL");

        assertThat(after(Duration.ofHours(27)).getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void isNotDownBeforeAWeeklyPurgeIsDue() {
        weekly = true;

        assertThat(after(Duration.ofDays(4)).getStatus()).isEqualTo(Status.UP);
        assertThat(after(Duration.ofDays(8)).getStatus()).isEqualTo(Status.DOWN);
    }

    private List<JobDefinition> scheduled() {
        JobDefinition nightly = app.the(Jobs.class).named("nightly-purge");
        String cron =
                weekly ? "0 30 2 ? * MON" : nightly.schedule().orElseThrow().cron();
        return List.of(new JobDefinition(
                nightly.name(),
                nightly.description(),
                nightly.operation(),
                nightly.reason(),
                nightly.chunkSize(),
                nightly.input(),
                Optional.of(new JobDefinition.Schedule(cron, ZoneOffset.UTC))));
    }

    private Health after(Duration time) {
        now = START.plus(time);
        Health.Builder builder = new Health.Builder();
        health.doHealthCheck(builder);
        return builder.build();
    }

    private void run(String status, String finished, String message) {
        run("nightly-purge", status, finished, message);
    }

    private void run(String job, String status, String finished, String message) {
        app.jdbc().update("""
                INSERT INTO binday_run (operation, job_name, status, reason, requested_by, requested_at, input_kind,
                    input_name, input_sha256, input_bytes, input_spec, chunk_size, attempts, finished_at, message)
                VALUES ('purge', '%s', '%s', 'x', 'x', '2026-05-06 02:30:00', 'expired', 'x', 'x', 0, '{}',
                    100, 1, %s, %s)""".formatted(job, status, finished, message));
    }
}
