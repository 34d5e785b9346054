package io.binday.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binday.run.StopSignal;
import io.binday.testing.MySqlServer;
import io.binday.testing.OnMySql;
import io.binday.testing.TestApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quartz.SchedulerException;

/** Nights that nobody could begin at their time, whose schedule has changed since, or that somebody has asked for. */
@OnMySql
class MissedNightsIT {

    private static final String NIGHTLY = "0 0 3 * * ?";
    private static final String ENDED = "0 0 3 1 1 ? 2026";
    private final Instant due = Instant.now().minus(Duration.ofHours(5)).truncatedTo(ChronoUnit.SECONDS);

    @TempDir
    private Path folder;

    private String url;
    private TestApplication app;
    private final List<TestApplication> daemons = new ArrayList<>();

    @BeforeEach
    void serveOnce() throws IOException {
        MySqlServer server = MySqlServer.shared();
        url = server.url(server.migratedSchema());
        schedule(NIGHTLY);
        app = serve();
        app.withSample(60);
    }

    @AfterEach
    void close() {
        daemons.forEach(TestApplication::close);
    }

    @ParameterizedTest
    @CsvSource({"0 0 4 * * ?, ACTIVE", ENDED + ", ENDED"})
    void makesUpForATimeThoughTheTimesHaveChangedMeanwhile(String cron, ScheduledJob.State state) throws IOException {
        missANight();
        schedule(cron);

        serve();
        awaitCompleted();
        serve();

        assertState(state);
        daemons.forEach(daemon -> schedules(daemon).finish());
        assertThat(app.count("SELECT COUNT(*) FROM binday_run")).isEqualTo(1);
        assertThat(app.jdbc().queryForList("SELECT night FROM binday_night", LocalDateTime.class))
                .containsExactly(LocalDateTime.ofInstant(due, ZoneOffset.UTC));
    }

    @Test
    void staysPausedThoughItsTimesHadEndedMeanwhile() throws IOException {
        schedules(app).pause("purge");
        schedule(ENDED);
        serve();
        assertState(ScheduledJob.State.PAUSED);
        schedule(NIGHTLY);
        serve();
        assertState(ScheduledJob.State.PAUSED);
        schedule(ENDED);
        TestApplication last = serve();

        assertThat(schedules(last).resume("purge")).as("has times to come").isFalse();

        assertState(ScheduledJob.State.ENDED);
        assertThat(app.count("SELECT COUNT(*) FROM binday_run")).isZero();
    }

    @Test
    void triesUntilItCanBeginWhatSomebodyHasAskedFor() {
        app.jdbc().execute("ALTER TABLE asset ADD extra INT");
        schedules(app).run("purge");
        for (int tries = 0; tries < 2; tries++) {
            awaitNoStart();
            schedules(app).catchUp();
        }
        awaitNoStart();
        app.jdbc().execute("ALTER TABLE asset DROP extra");

        schedules(app).catchUp();
        awaitCompleted();
        schedules(app).catchUp();

        assertThat(app.count("SELECT COUNT(*) FROM binday_run")).isEqualTo(1);
        assertThat(app.count("SELECT COUNT(*) FROM QRTZ_JOB_DETAILS WHERE JOB_GROUP LIKE 'binday-asked'"))
                .isZero();
    }

    @Test
    void triesUntilItCanBeginWhatWasMissedBeforeItsTimesChanged() throws IOException {
        app.jdbc().execute("ALTER TABLE asset ADD extra INT");
        missANight();
        schedule("0 0 4 * * ?");
        TestApplication later = serve();
        awaitNoStart();
        schedules(later).catchUp();
        awaitNoStart();
        app.jdbc().execute("ALTER TABLE asset DROP extra");

        schedules(later).catchUp();

        awaitCompleted();
        assertThat(app.count("SELECT COUNT(*) FROM binday_run")).isEqualTo(1);
    }

    @Test
    void makesUpAfterAPauseForATimeOfBefore() throws IOException {
        missANight();
        schedules(app).pause("purge");
        schedule("0 0 4 * * ?");
        TestApplication later = serve();
        schedules(later).catchUp();
        assertThat(app.count("SELECT COUNT(*) FROM QRTZ_TRIGGERS WHERE JOB_NAME = 'purge'"))
                .as("the schedule's own")
                .isEqualTo(1);

        schedules(later).resume("purge");

        awaitCompleted();
    }

    @Test
    void saysHowToMendACatalogThatIsRefused() {
        app.jdbc().execute("ALTER TABLE asset ADD extra INT");

        assertThatExceptionOfType(NightFailedException.class)
                .isThrownBy(() -> app.the(Nights.class).night("purge", Optional.of(due), false, new StopSignal()))
                .withMessageStartingWith("no run could be begun: the catalog ")
                .withMessageContaining("binday catalog install")
                .withMessageEndingWith("\nMend it; a daemon tries again within 5 minutes");
    }

    /** No daemon was up when the job was due. */
    private void missANight() {
        try {
            app.the(SharedScheduler.class).destroy();
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
        app.jdbc()
                .update("UPDATE QRTZ_TRIGGERS SET NEXT_FIRE_TIME = ? WHERE TRIGGER_NAME = 'purge'", due.toEpochMilli());
    }

    /** All that was asked of Quartz has been done. */
    private void awaitNoStart() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> app.count("SELECT COUNT(*) FROM QRTZ_TRIGGERS WHERE JOB_NAME = 'purge'") == 1
                        && app.count("SELECT COUNT(*) FROM QRTZ_FIRED_TRIGGERS WHERE JOB_NAME = 'purge'") == 0);
        assertThat(app.count("SELECT COUNT(*) FROM binday_run")).isZero();
    }

    private void awaitCompleted() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> app.count("SELECT COUNT(*) FROM binday_run WHERE status = 'COMPLETED'") == 1);
    }

    private void assertState(ScheduledJob.State state) {
        assertThat(schedules(app).list())
                .singleElement()
                .satisfies(job -> assertThat(job.state()).isEqualTo(state));
    }

    private void schedule(String cron) throws IOException {
        Files.writeString(folder.resolve("purge.yml"), """
                name: purge
                description: Empties the bin.
                operation: purge
                reason: a test
                input: {expired: {}}
                schedule: {cron: "%s"}
                """.formatted(cron));
    }

    private TestApplication serve() {
        TestApplication daemon = TestApplication.on(url, "binday.jobs=" + folder);
        daemons.add(daemon);
        schedules(daemon).start(new StopSignal(), UnaryOperator.identity());
        return daemon;
    }

    private static Schedules schedules(TestApplication app) {
        return app.the(Schedules.class);
    }
}
