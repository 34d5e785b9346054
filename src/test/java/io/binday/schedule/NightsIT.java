package io.binday.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.binday.document.InvalidDocumentException;
import io.binday.input.InputSpec;
import io.binday.job.Jobs;
import io.binday.run.JobRunStore;
import io.binday.run.RunControls;
import io.binday.run.RunObserver;
import io.binday.run.RunReport;
import io.binday.run.RunStatus;
import io.binday.run.StopSignal;
import io.binday.schedule.ScheduledJob.State;
import io.binday.testing.MySqlServer;
import io.binday.testing.OldFile;
import io.binday.testing.OnMySql;
import io.binday.testing.TestApplication;
import io.binday.trash.OperationName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Schedules in the database that daemons share. */
@OnMySql
class NightsIT {

    private static final String JOB = """
            name: purge-often
            description: Purges all the time.
            operation: purge
            reason: a test
            input: {expired: {}}
            schedule: {cron: "%s"}
            """;

    private static final Instant FIRST = Instant.parse("2026-05-06T03:00:00Z");

    @TempDir
    private Path folder;

    private String url;
    private final List<TestApplication> daemons = new ArrayList<>();

    @BeforeEach
    void createStack() {
        MySqlServer server = MySqlServer.shared();
        url = server.url(server.migratedSchema());
    }

    @AfterEach
    void close() {
        daemons.forEach(TestApplication::close);
    }

    @Test
    void doesEachOfTenNightsOnceThoughThereAreTwoDaemons() throws IOException {
        schedule("0/2 * * * * ?");
        TestApplication first = daemon();
        first.withSample(60);
        TestApplication second = daemon();
        schedules(first).start(new StopSignal(), UnaryOperator.identity());
        schedules(second).start(new StopSignal(), UnaryOperator.identity());
        assertThat(first.count("SELECT COUNT(*) FROM QRTZ_SCHEDULER_STATE"))
                .as("daemons")
                .isEqualTo(2);

        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> first.count("SELECT COUNT(*) FROM binday_night") >= 10);
        schedules(first).finish();
        schedules(second).finish();

        long nights = first.count("SELECT COUNT(*) FROM binday_night");
        assertThat(first.count("SELECT COUNT(DISTINCT night) FROM binday_night"))
                .isEqualTo(nights);
        assertThat(first.count("SELECT COUNT(*) FROM binday_run WHERE operation = 'purge'"))
                .isEqualTo(nights);
        assertThat(first.count("SELECT COUNT(*) FROM binday_run WHERE status <> 'COMPLETED'"))
                .isZero();
        assertThat(first.count("SELECT COUNT(*) FROM binday_run WHERE requested_by = 'schedule purge-often'"))
                .isEqualTo(nights);
    }

    @Test
    void doesANightOnceHoweverOftenItIsAskedFor() throws IOException {
        schedule("0 0 3 * * ?");
        TestApplication app = daemon().withSample(60);

        night(app, 0);
        night(app, 0);
        night(app, 1);

        assertThat(app.count("SELECT COUNT(*) FROM binday_run")).isEqualTo(2);
    }

    @Test
    void goesOnWithAnUnfinishedNightBeforeItBeginsANewOne() throws IOException {
        schedule("0 0 3 * * ?");
        TestApplication app = daemon().withSample(60);
        StopSignal stopped = new StopSignal();
        Instant night = Instant.parse("2026-05-06T03:00:00Z");
        night(app, 0);
        app.jdbc().update("UPDATE binday_run SET status = 'STOPPED', finished_at = NULL");

        night(app, 1);

        assertThat(app.jdbc().queryForList("SELECT status FROM binday_run ORDER BY run_id", String.class))
                .containsExactly("COMPLETED", "COMPLETED");
        stopped.request();
        app.the(Nights.class).night("purge-often", Optional.of(night.plusSeconds(2 * 86_400)), false, stopped);
        assertThat(app.count("SELECT COUNT(*) FROM binday_run")).isEqualTo(2);
    }

    @Test
    void leavesARunAloneThatAnOperatorHasStopped() throws IOException {
        schedule("0 0 3 * * ?");
        TestApplication app = daemon().withSample(60);
        night(app, 0);
        app.jdbc().update("UPDATE binday_run SET status = 'STOPPED', finished_at = NULL");
        app.jdbc().update("INSERT INTO binday_control (run_id, stop_by) VALUES (1, 'anna')");

        night(app, 1);

        assertThat(app.jdbc().queryForList("SELECT status FROM binday_run ORDER BY run_id", String.class))
                .containsExactly("STOPPED", "COMPLETED");
    }

    @Test
    void leavesARunAloneThatAnOperatorHasRecoveredOrPaused() throws IOException {
        schedule("0 0 3 * * ?");
        TestApplication app = daemon().withSample(12);
        night(app, 0);
        app.jdbc().update("UPDATE binday_run SET status = 'RUNNING', finished_at = NULL");
        assertThat(app.the(Nights.class).unfinished("purge-often")).containsExactly(1L);

        app.the(RunControls.class).recover(1, "anna", new RunObserver() {}, new StopSignal());
        assertThat(app.the(Nights.class).unfinished("purge-often")).isEmpty();

        app.jdbc().update("UPDATE binday_control SET stop_by = NULL, paused_by = 'anna'");
        assertThat(app.the(Nights.class).unfinished("purge-often")).isEmpty();
        app.jdbc().update("UPDATE binday_control SET paused_by = NULL");
        assertThat(app.the(Nights.class).unfinished("purge-often")).containsExactly(1L);
    }

    @Test
    void hasItsRunThoughAnEarlierNightFailsAgain() throws IOException {
        schedule("0 0 3 * * ?");
        TestApplication app = daemon().withSample(12);
        night(app, 0);
        app.jdbc().update("UPDATE binday_run SET status = 'FAILED', operation = 'nonsense'");

        assertThatExceptionOfType(NightFailedException.class)
                .isThrownBy(() -> night(app, 1))
                .withMessageContaining("run 1")
                .withMessageNotContaining("run 2");

        assertThat(app.jdbc().queryForList("SELECT status FROM binday_run ORDER BY run_id", String.class))
                .containsExactly("FAILED", "COMPLETED");
    }

    @Test
    void purgesOnlyWhatIsAsOldAsItsJobSays() throws IOException {
        Files.writeString(
                folder.resolve("purge-often.yml"),
                JOB.formatted("0 0 3 * * ?").replace("{expired: {}}", "{expired: {older-than: 30d}}"));
        TestApplication app = daemon().withSample(12);
        List<String> assets = app.jdbc().queryForList("SELECT uid FROM asset ORDER BY uid LIMIT 2", String.class);
        app.work(app.runs().create(app.request("trash", new InputSpec.Ids(assets), true), true));
        for (int i = 0; i < 2; i++) {
            app.jdbc()
                    .update(
                            "UPDATE binday_trash SET trashed_at = TIMESTAMPADD(DAY, ?, trashed_at) WHERE asset_id = ?",
                            i == 0 ? -31 : -29,
                            assets.get(i));
        }

        night(app, 0);

        assertThat(app.jdbc().queryForList("SELECT asset_id FROM binday_purged", String.class))
                .containsExactly(assets.get(0));
    }

    @Test
    void keepsWhatItsJobKeepsForLongerByNowWhenItGoesOn() throws IOException {
        schedule("0 0 3 * * ?");
        TestApplication app = daemon().withSample(12);
        List<String> assets = app.jdbc().queryForList("SELECT uid FROM asset ORDER BY uid LIMIT 2", String.class);
        app.work(app.runs().create(app.request("trash", new InputSpec.Ids(assets), true), true));
        app.jdbc().update("UPDATE binday_trash SET trashed_at = TIMESTAMPADD(DAY, -20, trashed_at)");
        StopSignal stopped = new StopSignal();
        Instant cutoff = Instant.now().minus(Duration.ofDays(14));
        long purge = app.runs()
                .create(
                        app.request("purge", new InputSpec.Expired(cutoff), true)
                                .ofJob("purge-often", Optional.empty()),
                        true);
        app.the(NightStore.class).add("purge-often", FIRST, purge);
        stopped.request();
        assertThat(app.runs().work(purge, new RunObserver() {}, stopped).run().status())
                .isEqualTo(RunStatus.STOPPED);
        Files.writeString(
                folder.resolve("purge-often.yml"),
                JOB.formatted("0 0 3 * * ?").replace("{expired: {}}", "{expired: {older-than: 30d}}"));

        night(app, 1);

        RunReport report = app.runs().report(purge);
        assertThat(report.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(report.items().done()).isZero();
        assertThat(app.count("SELECT COUNT(*) FROM binday_trash")).isEqualTo(2);
    }

    @Test
    void leavesARunAloneThatAnOperatorHasStarted() throws IOException {
        schedule("0 0 3 * * ?");
        TestApplication app = daemon().withSample(60);
        night(app, 0);
        app.jdbc().update("UPDATE binday_run SET status = 'STOPPED', finished_at = NULL");
        app.jdbc().update("DELETE FROM binday_night");

        night(app, 1);

        assertThat(app.jdbc().queryForList("SELECT status FROM binday_run ORDER BY run_id", String.class))
                .containsExactly("STOPPED", "COMPLETED");
    }

    @Test
    void beginsLaterWhatCouldNotBeBegunAtItsTime() throws IOException {
        schedule("0 0 3 * * ?");
        TestApplication app = daemon().withSample(60);
        schedules(app).start(new StopSignal(), UnaryOperator.identity());
        Instant due = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        app.jdbc()
                .update(
                        "UPDATE QRTZ_TRIGGERS SET PREV_FIRE_TIME = ? WHERE TRIGGER_NAME = 'purge-often'",
                        due.toEpochMilli());

        schedules(app).catchUp();
        schedules(app).catchUp();

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> app.count("SELECT COUNT(*) FROM binday_run WHERE status = 'COMPLETED'") == 1);
        schedules(app).catchUp();
        schedules(app).finish();
        assertThat(app.count("SELECT COUNT(*) FROM binday_run")).isEqualTo(1);
        assertThat(app.jdbc().queryForObject("SELECT night FROM binday_night", LocalDateTime.class))
                .isEqualTo(LocalDateTime.ofInstant(due, ZoneOffset.UTC));
    }

    @Test
    void goesOnWithWhatHasLostItsProcessButLeavesWhatFailedToTheNextNight() throws IOException {
        schedule("0 0 3 * * ?");
        TestApplication app = daemon().withSample(60);
        for (int i = 0; i < 2; i++) {
            night(app, i);
        }
        schedules(app).start(new StopSignal(), UnaryOperator.identity());
        app.jdbc().update("UPDATE binday_run SET status = 'FAILED' WHERE run_id = 1");
        app.jdbc().update("UPDATE binday_run SET status = 'RUNNING', finished_at = NULL WHERE run_id = 2");

        schedules(app).catchUp();

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        app.count("SELECT COUNT(*) FROM binday_run WHERE run_id = 2 AND status = 'COMPLETED'") == 1);
        schedules(app).finish();
        assertThat(app.jdbc().queryForList("SELECT status FROM binday_run ORDER BY run_id", String.class))
                .containsExactly("FAILED", "COMPLETED");
    }

    @Test
    void changesNothingWhenTheFolderIsEmpty() throws IOException {
        schedule("0 0 3 * * ?");
        TestApplication app = daemon().withSample(60);
        schedules(app).start(new StopSignal(), UnaryOperator.identity());
        schedules(app).pause("purge-often");
        Files.delete(folder.resolve("purge-often.yml"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedules(daemon()).start(new StopSignal(), UnaryOperator.identity()))
                .withMessageContaining("is empty, but there are schedules; is it mounted?");

        schedule("0 0 3 * * ?");
        assertThat(schedules(daemon()).list())
                .singleElement()
                .satisfies(job -> assertThat(job.state()).isEqualTo(State.PAUSED));
    }

    /** As where the folder of the jobs is not mounted, and has not been configured. */
    @Test
    void changesNoScheduleWhereOnlyTheBuiltInJobsAreKnown() throws IOException {
        schedule("0 0 3 * * ?");
        TestApplication app = daemon().withSample(12);
        schedules(app).start(new StopSignal(), UnaryOperator.identity());
        schedules(app).finish();
        TestApplication unmounted = daemon();
        Jobs builtIn = new Jobs(Jobs.BUILT_IN, Map.of("purge-often.yml", () -> JOB.formatted("0 0 5 * * ?")), Cron::of);

        schedules(unmounted, builtIn, unmounted.the(Clock.class)).start(new StopSignal(), UnaryOperator.identity());
        schedules(unmounted, new Jobs(Jobs.BUILT_IN, Map.of(), Cron::of), unmounted.the(Clock.class))
                .start(new StopSignal(), UnaryOperator.identity());

        assertThat(app.jdbc()
                        .queryForList(
                                "SELECT CRON_EXPRESSION FROM QRTZ_CRON_TRIGGERS WHERE TRIGGER_NAME = 'purge-often'",
                                String.class))
                .containsExactly("0 0 3 * * ?");
    }

    /** Neither what a daemon had planned before, nor what Quartz finds unfinished, goes on while its job is paused. */
    @Test
    void makesUpForNothingWhileItIsPaused() throws IOException {
        schedule("0 0 3 * * ?");
        TestApplication app = daemon().withSample(60);
        schedules(app).start(new StopSignal(), UnaryOperator.identity());
        schedules(app).finish();
        night(app, 0);
        app.jdbc().update("UPDATE binday_run SET status = 'RUNNING', finished_at = NULL");
        app.the(SharedScheduler.class).change(timetable -> timetable.makeUp("purge-often", Optional.empty(), true));
        schedules(app).pause("purge-often");

        schedules(app).start(new StopSignal(), UnaryOperator.identity());
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> app.count("SELECT COUNT(*) FROM QRTZ_TRIGGERS WHERE TRIGGER_NAME = 'catch-up.purge-often'")
                        == 0);
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> app.count("SELECT COUNT(*) FROM QRTZ_FIRED_TRIGGERS WHERE JOB_NAME = 'purge-often'") == 0);
        schedules(app).catchUp();

        assertThat(app.count("SELECT COUNT(*) FROM QRTZ_TRIGGERS WHERE TRIGGER_NAME = 'catch-up.purge-often'"))
                .isZero();
        assertThat(app.jdbc().queryForObject("SELECT status FROM binday_run", String.class))
                .isEqualTo("RUNNING");

        schedules(app).resume("purge-often");
        schedules(app).catchUp();
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() ->
                        "COMPLETED".equals(app.jdbc().queryForObject("SELECT status FROM binday_run", String.class)));
    }

    @Test
    void isPausedThoughItIsInError() throws IOException {
        schedule("0 0 3 * * ?");
        TestApplication app = daemon().withSample(12);
        schedules(app).start(new StopSignal(), UnaryOperator.identity());
        schedules(app).finish();
        app.jdbc().update("UPDATE QRTZ_TRIGGERS SET TRIGGER_STATE = 'ERROR' WHERE TRIGGER_NAME = 'purge-often'");

        schedules(app).pause("purge-often");
        schedules(app).heal();

        assertThat(schedules(app).list())
                .singleElement()
                .satisfies(job -> assertThat(job.state()).isEqualTo(State.PAUSED));
    }

    @Test
    void startsNothingOfAPausedJobThoughItWasAskedForBefore() throws IOException {
        schedule("0 0 3 * * ?");
        TestApplication app = daemon().withSample(60);
        schedules(app).start(new StopSignal(), UnaryOperator.identity());
        schedules(app).finish();
        schedules(app).run("purge-often");
        schedules(app).run("purge-often");

        assertThat(schedules(app).pause("purge-often")).isEqualTo(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedules(app).run("purge-often"))
                .withMessage("purge-often is paused, so no daemon starts it."
                        + " Resume it first: binday schedule resume purge-often");

        assertThat(app.count("SELECT COUNT(*) FROM QRTZ_TRIGGERS WHERE JOB_NAME = 'purge-often'"))
                .as("the schedule's own")
                .isEqualTo(1);
        schedules(app).resume("purge-often");
        assertThat(schedules(app).pause("purge-often")).isZero();
    }

    @Test
    void leavesWhatAQueryFoundLongAgoToAnOperator() throws IOException {
        scheduleQuery("SELECT uid FROM asset ORDER BY uid LIMIT 3");
        TestApplication app = daemon().withSample(60);
        Instant night = Instant.parse("2026-05-06T03:00:00Z");
        app.the(Nights.class).night("trash-often", Optional.of(night), false, new StopSignal());
        app.jdbc().update("UPDATE binday_run SET status = 'FAILED'");
        assertThat(app.the(Nights.class).unfinished("trash-often")).containsExactly(1L);

        app.jdbc().update("UPDATE binday_run SET requested_at = TIMESTAMPADD(HOUR, -13, requested_at)");
        assertThat(app.the(Nights.class).unfinished("trash-often"))
                .as("what was worked on to the end, however long")
                .containsExactly(1L);
        app.jdbc().update("UPDATE binday_lease SET heartbeat_at = TIMESTAMPADD(HOUR, -13, heartbeat_at)");
        assertThat(app.the(Nights.class).unfinished("trash-often")).isEmpty();
        app.the(Nights.class).night("trash-often", Optional.of(night.plusSeconds(86_400)), false, new StopSignal());

        assertThat(app.jdbc().queryForList("SELECT status FROM binday_run ORDER BY run_id", String.class))
                .containsExactly("FAILED", "COMPLETED");
    }

    @Test
    void saysWhatIsWrongWithAQueryThatCannotBeAsked() throws IOException {
        scheduleQuery("SELECT uid FROM nowhere");
        TestApplication app = daemon().withSample(60);

        assertThatExceptionOfType(NightFailedException.class)
                .isThrownBy(() -> app.the(Nights.class)
                        .night(
                                "trash-often",
                                Optional.of(Instant.parse("2026-05-06T03:00:00Z")),
                                false,
                                new StopSignal()))
                .withMessageContaining("no run could be begun: the query of job trash-often cannot be run: Table")
                .withMessageEndingWith("mend it, a daemon tries again within 5 minutes");
        assertThat(app.count("SELECT COUNT(*) FROM binday_run")).isZero();
    }

    @Test
    void staysPausedWhileItsFileIsAway() throws IOException {
        schedule("0 0 3 * * ?");
        TestApplication app = daemon().withSample(60);
        schedules(app).start(new StopSignal(), UnaryOperator.identity());
        schedules(app).pause("purge-often");
        Files.move(folder.resolve("purge-often.yml"), folder.resolve("away"));
        Files.writeString(
                folder.resolve("another.yml"),
                JOB.replace("purge-often", "another").formatted("0 0 3 * * ?"));
        schedules(daemon()).start(new StopSignal(), UnaryOperator.identity());
        Files.move(folder.resolve("away"), folder.resolve("purge-often.yml"));

        assertThat(schedules(daemon()).start(new StopSignal(), UnaryOperator.identity()))
                .extracting(ScheduledJob::name, ScheduledJob::state)
                .containsExactly(tuple("another", State.ACTIVE), tuple("purge-often", State.PAUSED));
    }

    @Test
    void putsBackWhatADaemonWithoutItsFileHasRemovedAndMakesUpForItsNight() throws IOException {
        schedule("0 0 3 * * ?");
        TestApplication app = daemon().withSample(12);
        SetClock clock = new SetClock();
        Schedules living = schedules(app, app.the(Jobs.class), clock);
        living.start(new StopSignal(), UnaryOperator.identity());
        String another = JOB.replace("purge-often", "another").formatted("0 0 3 * * ?");
        Jobs others = new Jobs("elsewhere", Map.of("another.yml", () -> another), Cron::of);
        schedules(app, others, app.the(Clock.class)).start(new StopSignal(), UnaryOperator.identity());
        assertThat(app.count("SELECT COUNT(*) FROM QRTZ_TRIGGERS WHERE TRIGGER_NAME = 'purge-often'"))
                .isZero();

        clock.now = Instant.now();
        living.catchUp();

        assertThat(living.list())
                .extracting(ScheduledJob::name, ScheduledJob::state)
                .containsExactly(tuple("another", State.GONE), tuple("purge-often", State.ACTIVE));
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> app.count("SELECT COUNT(*) FROM binday_run WHERE status = 'COMPLETED'") == 1);
        assertThat(app.jdbc().queryForList("SELECT night FROM binday_night", LocalDateTime.class))
                .singleElement()
                .satisfies(night -> assertThat(night.toInstant(ZoneOffset.UTC))
                        .isBetween(clock.now.minus(Duration.ofDays(1)), clock.now));
        living.catchUp();
        assertThat(app.count("SELECT COUNT(*) FROM binday_night")).isEqualTo(1);

        schedules(app, others, app.the(Clock.class)).start(new StopSignal(), UnaryOperator.identity());
        Files.delete(folder.resolve("purge-often.yml"));
        living.catchUp();
        living.finish();
        assertThat(app.count("SELECT COUNT(*) FROM QRTZ_TRIGGERS WHERE TRIGGER_NAME = 'purge-often'"))
                .as("one whose file is gone here, too, is not put back")
                .isZero();
    }

    private static Schedules schedules(TestApplication app, Jobs jobs, Clock clock) {
        return new Schedules(
                jobs,
                app.the(ScheduleOverview.class),
                app.the(OwedNights.class),
                app.the(DaemonStore.class),
                app.the(SharedScheduler.class),
                app.the(Remedies.class),
                clock);
    }

    /** A clock that shows what it is set to. */
    private static final class SetClock extends Clock {
        private volatile Instant now = Instant.now().minus(Duration.ofDays(1));

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void healsWhatQuartzCouldNotReadOnce() throws IOException {
        schedule("0 0 3 * * ?");
        TestApplication app = daemon().withSample(60);
        schedules(app).start(new StopSignal(), UnaryOperator.identity());
        app.jdbc().update("UPDATE QRTZ_TRIGGERS SET TRIGGER_STATE = 'ERROR' WHERE TRIGGER_NAME <> 'catch-up'");
        assertThat(schedules(app).list())
                .singleElement()
                .satisfies(job -> assertThat(job.state()).isEqualTo(State.ERROR));

        schedules(app).catchUp();

        assertThat(schedules(app).list())
                .singleElement()
                .satisfies(job -> assertThat(job.state()).isEqualTo(State.ACTIVE));
        assertThat(app.count("SELECT COUNT(*) FROM QRTZ_TRIGGERS WHERE TRIGGER_STATE = 'ERROR'"))
                .isZero();
    }

    @Test
    void servesThoughAScheduleHasNoTimeToCome() throws IOException {
        schedule("0 0 3 1 1 ? 2026");
        TestApplication app = daemon().withSample(60);

        assertThat(schedules(app).start(new StopSignal(), UnaryOperator.identity()))
                .singleElement()
                .satisfies(job -> {
                    assertThat(job.state()).isEqualTo(State.ENDED);
                    assertThat(job.nextFire()).isEmpty();
                });
    }

    @Test
    void tidiesUpOnceANight() throws IOException {
        Files.writeString(folder.resolve("tidy.yml"), """
                name: tidy
                description: Tidies up.
                operation: housekeeping
                input: {ended: {older-than: 2d}}
                schedule: {cron: "0 0 4 * * ?"}
                """);
        schedule("0 0 3 * * ?");
        TestApplication app = daemon().withSample(60);
        Instant night = Instant.parse("2026-05-06T03:00:00Z");
        night(app, 0);
        // Longer ago than the job says, and not so long as it would be without that.
        app.jdbc().update("UPDATE binday_run SET finished_at = TIMESTAMPADD(DAY, -3, NOW(6))");

        app.the(Nights.class).night("tidy", Optional.of(night), false, new StopSignal());
        app.jdbc().update("DELETE FROM binday_tidied");
        app.the(Nights.class).night("tidy", Optional.of(night), false, new StopSignal());

        assertThat(app.count("SELECT COUNT(*) FROM BATCH_JOB_INSTANCE")).isZero();
        assertThat(app.count("SELECT COUNT(*) FROM binday_tidied")).isZero();
        assertThat(app.count("SELECT COUNT(*) FROM binday_run")).isEqualTo(1);
    }

    @Test
    void saysWhatToTypeWhenAPurgeIsHeldBack() throws IOException {
        schedule("0 0 3 * * ?");
        TestApplication app = TestApplication.on(url, "binday.jobs=" + folder, "binday.purge.max-items=1");
        daemons.add(app.withSample(60));
        List<String> some = app.jdbc().queryForList("SELECT uid FROM asset ORDER BY uid LIMIT 3", String.class);
        app.jdbc()
                .update(
                        "INSERT INTO binday_trash (asset_id, trashed_at, trashed_by, run_id)"
                                + " SELECT uid, '2026-01-01', 'x', 1 FROM asset WHERE uid IN (?, ?, ?)",
                        some.toArray());

        assertThatExceptionOfType(NightFailedException.class)
                .isThrownBy(() -> night(app, 0))
                .withMessageContaining("held back by the safety valve: 3 assets")
                .withMessageContaining("binday run approve 1");
        assertThat(app.the(JobRunStore.class).heldBack(OperationName.PURGE)).containsExactly(1L);
        app.runs().approve(1, "tester");
        assertThat(app.the(JobRunStore.class).heldBack(OperationName.PURGE)).isEmpty();
    }

    @Test
    void endsThoughWhatIsWorkingAsksQuartzSomething() throws IOException, InterruptedException {
        schedule("0 0 3 * * ?");
        TestApplication app = daemon().withSample(12);
        schedules(app).start(new StopSignal(), UnaryOperator.identity());
        Thread finishing = new Thread(() -> schedules(app).finish());
        CompletableFuture<String> working = new CompletableFuture<>();
        finishing.setDaemon(true);

        working.completeAsync(() -> {
            AtomicReference<String> name = new AtomicReference<>("");
            app.the(Activity.class).during(() -> {
                finishing.start();
                Awaitility.await()
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> finishing.getState() == Thread.State.WAITING);
                name.set(app.the(SharedScheduler.class).ask(Timetable::names).toString());
            });
            return name.get();
        });

        assertThat(working).succeedsWithin(Duration.ofMinutes(2)).isEqualTo("[purge-often]");
        finishing.join(Duration.ofMinutes(1).toMillis());
        assertThat(finishing.isAlive()).isFalse();
    }

    @Test
    void keepsUpAtTheIntervalsOfThisVersion() throws IOException {
        schedule("0 0 3 * * ?");
        TestApplication app = daemon();
        schedules(app).start(new StopSignal(), UnaryOperator.identity());
        schedules(app).finish();
        app.jdbc().update("UPDATE QRTZ_SIMPLE_TRIGGERS SET REPEAT_INTERVAL = 86400000 WHERE TRIGGER_NAME = 'files'");

        TestApplication next = daemon();
        schedules(next).start(new StopSignal(), UnaryOperator.identity());

        assertThat(next.count("SELECT REPEAT_INTERVAL FROM QRTZ_SIMPLE_TRIGGERS WHERE TRIGGER_NAME = 'files'"))
                .isEqualTo(FilesJob.EVERY.toMillis());
        assertThat(next.count("SELECT COUNT(*) FROM QRTZ_TRIGGERS WHERE JOB_NAME IN ('files', 'catch-up')"))
                .isEqualTo(2);
    }

    @Test
    void showsWhenANightWithoutARunWasBegun() throws IOException {
        schedule("0 0 3 * * ?");
        TestApplication app = daemon().withSample(12);
        Instant night = Instant.parse("2026-05-06T03:00:00Z");
        app.the(NightStore.class).add("purge-often", night, 0);

        assertThat(schedules(app).list())
                .singleElement()
                .satisfies(job -> assertThat(job.lastFire()).contains(night));
    }

    @Test
    void listsWhatDaemonsGoByBesideWhatTheFilesSay() throws IOException {
        schedule("0 0 3 * * ?");
        scheduleQuery("SELECT uid FROM asset");
        schedules(daemon().withSample(12)).start(new StopSignal(), UnaryOperator.identity());
        schedule("0 0 4 * * ?");
        Files.delete(folder.resolve("trash-often.yml"));
        Files.writeString(folder.resolve("broken.yml"), "name: another\n");
        TestApplication elsewhere = daemon();
        ScheduleOverview.Listing listing = elsewhere.the(ScheduleOverview.class).list();

        assertThat(listing.schedules())
                .extracting(ScheduledJob::name, ScheduledJob::cron, ScheduledJob::state, ScheduledJob::inFile)
                .containsExactly(
                        tuple("purge-often", "0 0 3 * * ?", State.ACTIVE, Optional.of("0 0 4 * * ? UTC")),
                        tuple("trash-often", "0 0 3 * * ?", State.GONE, Optional.empty()));
        assertThat(listing.problems()).containsOnlyKeys("broken");

        Files.writeString(folder.resolve("purge-often.yml"), "name: purge-often\n");
        assertThat(daemon().the(ScheduleOverview.class)
                        .list()
                        .schedules()
                        .get(0)
                        .state())
                .isEqualTo(State.BROKEN);
    }

    @Test
    void listsPausesResumesAndTriggersFromAnotherProcess() throws IOException {
        schedule("0 0 3 * * ?");
        TestApplication before = daemon().withSample(60);
        assertThat(schedules(before).list())
                .singleElement()
                .satisfies(job -> assertThat(job.state()).isEqualTo(State.NEW));
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(() -> schedules(before).pause("purge-often"));
        TestApplication daemon = daemon();
        schedules(daemon).start(new StopSignal(), UnaryOperator.identity());
        // Made last: in one process, Quartz takes the connections of all from the one that was made last.
        TestApplication elsewhere = daemon();

        assertThat(schedules(elsewhere).list())
                .singleElement()
                .satisfies(job -> assertThat(job.nextFire()).isPresent());
        schedules(elsewhere).pause("purge-often");
        assertThat(schedules(daemon).list())
                .singleElement()
                .satisfies(job -> assertThat(job.state()).isEqualTo(State.PAUSED));
        schedules(elsewhere).resume("purge-often");
        assertThat(schedules(elsewhere).run("purge-often")).as("a daemon is up").isTrue();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> daemon.count("SELECT COUNT(*) FROM binday_run WHERE status = 'COMPLETED'") == 1);
    }

    @Test
    void staysPausedThroughARestartAndAChangeOfItsTime() throws IOException {
        schedule("0 0 3 ? * mon-fri");
        TestApplication first = daemon().withSample(60);
        schedules(first).start(new StopSignal(), UnaryOperator.identity());
        schedules(first).pause("purge-often");

        TestApplication second = daemon();
        assertThat(schedules(second).start(new StopSignal(), UnaryOperator.identity()))
                .singleElement()
                .satisfies(job -> assertThat(job.state()).isEqualTo(State.PAUSED));

        schedule("0 0 4 ? * mon-fri");
        TestApplication third = daemon();
        assertThat(schedules(third).start(new StopSignal(), UnaryOperator.identity()))
                .singleElement()
                .satisfies(job -> {
                    assertThat(job.state()).isEqualTo(State.PAUSED);
                    assertThat(job.cron()).isEqualTo("0 0 4 ? * mon-fri");
                });
    }

    @Test
    void goesOnWithWhatWasStoppedWhenADaemonStarts() throws IOException {
        schedule("0 0 3 * * ?");
        TestApplication app = daemon().withSample(60);
        night(app, 0);
        app.jdbc().update("UPDATE binday_run SET status = 'STOPPED', finished_at = NULL");
        schedules(app).start(new StopSignal(), UnaryOperator.identity());
        schedules(app).finish();

        schedules(daemon()).start(new StopSignal(), UnaryOperator.identity());

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> app.count("SELECT COUNT(*) FROM binday_run WHERE status = 'COMPLETED'") == 1);
        assertThat(app.count("SELECT COUNT(*) FROM binday_run")).isEqualTo(1);
    }

    @Test
    void makesUpOnceForNightsThatPassedWhileNoDaemonWasUp() throws IOException {
        schedule("0 0 3 * * ?");
        TestApplication app = daemon().withSample(60);
        schedules(app).start(new StopSignal(), UnaryOperator.identity());
        schedules(app).finish();
        app.jdbc()
                .update(
                        "UPDATE QRTZ_TRIGGERS SET NEXT_FIRE_TIME = ? WHERE TRIGGER_NAME = 'purge-often'",
                        Instant.now().minus(Duration.ofDays(3)).toEpochMilli());

        TestApplication later = daemon();
        schedules(later).start(new StopSignal(), UnaryOperator.identity());

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> app.count("SELECT COUNT(*) FROM binday_run WHERE status = 'COMPLETED'") == 1);
        schedules(later).finish();
        assertThat(app.count("SELECT COUNT(*) FROM binday_run")).isEqualTo(1);
        assertThat(app.count("SELECT COUNT(*) FROM binday_night")).isEqualTo(1);
        assertThat(schedules(app).list())
                .singleElement()
                .satisfies(job -> assertThat(job.nextFire().orElseThrow()).isAfter(Instant.now()));
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void tellsThatFilesOfANightAreNotDeleted(CapturedOutput log) throws IOException {
        schedule("0 0 3 * * ?");
        TestApplication app = TestApplication.on(
                url, "binday.jobs=" + folder, "binday.binary.directory=" + folder.resolve("not mounted"));
        daemons.add(app.withSample(60));
        app.run("trash", new InputSpec.Ids(app.jdbc().queryForList("SELECT uid FROM asset", String.class)), true);
        app.jdbc().update("UPDATE binday_trash SET trashed_at = TIMESTAMPADD(DAY, -20, trashed_at)");

        night(app, 0);

        assertThat(log.getAll())
                .contains("run 2 COMPLETED: 60 done", "run 2: 60 of its files are not deleted yet")
                .contains("not mounted is not there");
    }

    @Test
    void triesFilesAgainBetweenTheNights() throws IOException {
        schedule("0 0 3 * * ?");
        Path files = Files.createDirectory(folder.resolve("files"));
        Path file = OldFile.write(files.resolve("late.jpg"));
        TestApplication app = TestApplication.on(url, "binday.jobs=" + folder, "binday.binary.directory=" + files);
        daemons.add(app.withSample(60));
        app.jdbc().update("""
                        INSERT INTO binday_binary_deletion (run_id, asset_id, binary_key, state, attempts, next_attempt_at)
                        VALUES (1, 'blt1', 'late.jpg', 'PENDING', 3, NOW(6))""");

        schedules(app).start(new StopSignal(), UnaryOperator.identity());

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !Files.exists(file));
        assertThat(schedules(app).list()).hasSize(1);
    }

    @Test
    void refusesACronThatIsNoneBeforeAnythingIsChanged() throws IOException {
        schedule("0 0 25 * * ?");
        Files.writeString(folder.resolve("other.yml"), "name: another\n");
        assertThatExceptionOfType(InvalidDocumentException.class)
                .isThrownBy(() -> schedules(daemon()).start(new StopSignal(), UnaryOperator.identity()))
                .withMessageContaining("purge-often.yml:6: schedule.cron '0 0 25 * * ?' cannot be used: ")
                .withMessageContaining("other.yml:1: name must be 'other'");
    }

    @Test
    void saysWhenNoDaemonIsUp() throws IOException {
        schedule("0 0 3 * * ?");
        TestApplication ended = daemon().withSample(60);
        schedules(ended).start(new StopSignal(), UnaryOperator.identity());
        daemons.remove(ended);
        ended.close();
        TestApplication elsewhere = daemon();
        elsewhere.jdbc().update("UPDATE QRTZ_SCHEDULER_STATE SET LAST_CHECKIN_TIME = 1");

        assertThat(schedules(elsewhere).run("purge-often")).isFalse();
    }

    /** The purge of a night, so many days after the first one. */
    private static void night(TestApplication app, int days) {
        app.the(Nights.class)
                .night("purge-often", Optional.of(FIRST.plus(Duration.ofDays(days))), false, new StopSignal());
    }

    private void schedule(String cron) throws IOException {
        Files.writeString(folder.resolve("purge-often.yml"), JOB.formatted(cron));
    }

    /** A job that trashes what a query finds. */
    private void scheduleQuery(String sql) throws IOException {
        Files.writeString(folder.resolve("trash-often.yml"), """
                name: trash-often
                description: Trashes what nobody uses.
                operation: trash
                reason: a test
                input: {query: {sql: "%s"}}
                schedule: {cron: "0 0 3 * * ?"}
                """.formatted(sql));
    }

    private TestApplication daemon() {
        TestApplication daemon = TestApplication.on(url, "binday.jobs=" + folder);
        daemons.add(daemon);
        return daemon;
    }

    private static Schedules schedules(TestApplication app) {
        return app.the(Schedules.class);
    }
}
