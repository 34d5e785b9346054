package io.binday.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.testing.BindayProcess;
import io.binday.testing.BindayProcess.Result;
import io.binday.testing.Link;
import io.binday.testing.MySqlServer;
import io.binday.testing.OnMySql;
import io.binday.testing.StackContent;
import io.binday.testing.TestApplication;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed, stopped and started twice, on MySQL; what they leave is put right by commands alone. */
@OnMySql
class SurvivalE2E {

    private static final int ASSETS = 6_000;
    private static final int KILLS = 20;

    @TempDir
    private Path folder;

    private TestApplication app;
    private String url;
    private StackContent before;
    private Map<String, String> environment;

    @BeforeEach
    void createStack() throws IOException {
        MySqlServer server = MySqlServer.shared();
        String schema = server.migratedSchema();
        url = server.url(schema);
        app = TestApplication.on(url).withSample(ASSETS);
        before = StackContent.of(app.jdbc());
        environment = new HashMap<>(BindayProcess.onMySql(server, schema));
        environment.put("BINDAY_RUN_LEASE", "1s");
        environment.put("BINDAY_RUN_CHUNKSIZE", "10");
        Files.writeString(
                folder.resolve("all.csv"),
                String.join("\n", app.jdbc().queryForList("SELECT uid FROM asset ORDER BY title", String.class)));
    }

    @AfterEach
    void close() {
        app.close();
    }

    @Test
    void losesNothingThoughItIsKilledTwentyTimes() throws IOException, InterruptedException {
        long seed = Long.getLong("binday.seed", System.nanoTime());
        System.out.println("Kills at random times, seed " + seed + " (repeat with -Dbinday.seed=" + seed + ")");
        Random random = new Random(seed);
        BindayProcess process = start("trash", "--csv", "all.csv", "--reason", "a test", "--yes");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> app.count("SELECT COUNT(*) FROM binday_run") == 1);
        int working = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            long done = trashed();
            boolean mid = random.nextInt(4) != 0;
            if (mid) {
                awaitMoreThan(done + random.nextInt(60), process);
                working++;
            } else {
                Awaitility.await()
                        .pollDelay(Duration.ofMillis(random.nextInt(1_500)))
                        .until(() -> true);
            }
            process.kill();
            process = start("run", "restart", "1");
        }
        Result result = process.await();

        System.out.println(KILLS + " kills, at least " + working + " of them while chunks were committed");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).contains("COMPLETED");
        assertThat(trashed()).isEqualTo(ASSETS);
        assertThat(app.count("SELECT COUNT(*) FROM binday_event")).isEqualTo(ASSETS);
        assertThat(app.count("SELECT SUM(WRITE_COUNT) FROM BATCH_STEP_EXECUTION WHERE STEP_NAME = 'apply'"))
                .isEqualTo(ASSETS);
        before.assertNothingLostOrDoubled(app.jdbc());
    }

    @Test
    void finishesTheChunkWhenTerminatedOrLeftByItsTerminalAndGoesOnWhenRestarted() throws IOException {
        BindayProcess process = start("trash", "--csv", "all.csv", "--reason", "a test", "--yes");
        awaitMoreThan(100, process);
        process.terminate();
        Result stopped = process.await();

        assertThat(stopped.exit()).as(stopped.err()).isEqualTo(143);
        assertThat(stopped.out()).contains("STOPPED");
        assertThat(stopped.err()).contains("run restart 1");
        assertThat(app.count("SELECT COUNT(*) FROM binday_lease WHERE owner IS NOT NULL"))
                .isZero();
        assertThat(trashed() % 10).isZero();
        before.assertNothingLostOrDoubled(app.jdbc());

        BindayProcess next = start("run", "restart", "1");
        awaitMoreThan(trashed() + 100, next);
        next.hangUp();
        Result hungUp = next.await();
        assertThat(hungUp.exit()).as(hungUp.err()).isEqualTo(129);
        assertThat(hungUp.out()).contains("STOPPED");
        assertThat(trashed()).isLessThan(ASSETS);
        before.assertNothingLostOrDoubled(app.jdbc());

        Result finished = start("run", "restart", "1").await();
        assertThat(finished.exit()).as(finished.err()).isZero();
        assertThat(trashed()).isEqualTo(ASSETS);
        before.assertNothingLostOrDoubled(app.jdbc());
    }

    @Test
    void letsOnlyOneOfTwoProcessesWorkOnARun() throws IOException {
        BindayProcess first = start("trash", "--csv", "all.csv", "--reason", "a test", "--yes");
        awaitMoreThan(10, first);
        assertThat(start("run", "pause", "1").await().exit()).isZero();
        Result second = start("run", "restart", "1").await();

        assertThat(second.exit()).as(second.err()).isEqualTo(6);
        assertThat(second.err()).contains("error: run 1 is owned by process ");
        assertThat(start("run", "stop", "1").await().out()).contains("Run 1 is STOPPED.");
        assertThat(first.await().exit()).isEqualTo(1);
        before.assertNothingLostOrDoubled(app.jdbc());
    }

    @Test
    void saysWhatToTypeOnceADatabaseThatWasLostIsBack() throws IOException {
        Map<String, String> fragile = new HashMap<>(environment);
        fragile.put("SPRING_DATASOURCE_HIKARI_CONNECTIONTIMEOUT", "300");
        fragile.put("BINDAY_RUN_MAXATTEMPTS", "3");
        fragile.put("BINDAY_RUN_BACKOFF", "100ms");
        BindayProcess process;
        try (Link link = Link.to(URI.create(url.substring("jdbc:".length())).getPort())) {
            fragile.put("SPRING_DATASOURCE_URL", url.replaceFirst(":[0-9]+/", ":" + link.port() + "/"));
            process = BindayProcess.start(
                    folder, fragile, List.of(), "trash", "--csv", "all.csv", "--reason", "a test", "--yes");
            awaitMoreThan(100, process);
        }
        Result lost = process.await();

        assertThat(lost.exit()).as(lost.err()).isEqualTo(7);
        assertThat(lost.err())
                .contains("error: run 1 has lost the database: ")
                .contains("What was committed stays.")
                .contains("run resolve 1");
        before.assertNothingLostOrDoubled(app.jdbc());

        Result resolved = start("run", "resolve", "1").await();

        assertThat(resolved.exit()).as(resolved.err()).isZero();
        assertThat(trashed()).isEqualTo(ASSETS);
        before.assertNothingLostOrDoubled(app.jdbc());
    }

    private BindayProcess start(String... arguments) throws IOException {
        return BindayProcess.start(folder, environment, List.of(), arguments);
    }

    private long trashed() {
        return app.count("SELECT COUNT(*) FROM binday_trash");
    }

    private void awaitMoreThan(long assets, BindayProcess process) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> trashed() > assets || !process.isAlive());
    }
}
