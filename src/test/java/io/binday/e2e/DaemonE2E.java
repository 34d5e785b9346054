package io.binday.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.testing.BindayProcess;
import io.binday.testing.MySqlServer;
import io.binday.testing.OnMySql;
import io.binday.testing.TestApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Daemons as processes, on MySQL: one is killed in the middle of a night, one is stopped. */
@OnMySql
class DaemonE2E {

    private static final int ASSETS = 3_000;
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");

    @TempDir
    private Path folder;

    private TestApplication app;
    private Map<String, String> environment;

    @BeforeEach
    void createExpiredTrash() throws IOException {
        MySqlServer server = MySqlServer.shared();
        String schema = server.freshSchema();
        app = TestApplication.on(server.url(schema)).withSample(ASSETS);
        Files.writeString(
                folder.resolve("all.csv"),
                String.join("\n", app.jdbc().queryForList("SELECT uid FROM asset ORDER BY uid", String.class)));
        environment = new HashMap<>(BindayProcess.onMySql(server, schema));
        environment.put("BINDAY_SERVE_PORT", "0");
        assertThat(BindayProcess.run(folder, environment, "trash", "--csv", "all.csv", "--reason", "x", "--yes")
                        .exit())
                .isZero();
        app.jdbc().update("UPDATE binday_trash SET trashed_at = TIMESTAMPADD(DAY, -15, trashed_at)");
        environment.put("BINDAY_RUN_CHUNKSIZE", "5");
    }

    @AfterEach
    void close() {
        app.close();
    }

    @Test
    void finishesTheNightOfADaemonThatWasKilled() throws IOException, InterruptedException {
        List<BindayProcess> daemons = List.of(serve(), serve());
        assertThat(BindayProcess.run(folder, environment, "schedule", "run", "nightly-purge")
                        .exit())
                .isZero();
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> app.count("SELECT COUNT(*) FROM binday_purged") > 50);
        String owner = app.jdbc()
                .queryForList("SELECT owner FROM binday_lease WHERE owner IS NOT NULL", String.class)
                .get(0);
        BindayProcess first =
                daemons.get(owner.contains("process " + daemons.get(0).pid() + " ") ? 0 : 1);
        BindayProcess second = daemons.get(first == daemons.get(0) ? 1 : 0);
        first.kill();
        assertThat(get(second, "/health/liveness")).contains("\"status\":\"UP\"");
        assertThat(get(second, "/health/readiness")).contains("\"status\":\"UP\"");
        long purged = app.count("SELECT COUNT(*) FROM binday_purged");
        assertThat(purged).as("purged when the first daemon was killed").isLessThan(ASSETS);

        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() ->
                        app.count("SELECT COUNT(*) FROM binday_run WHERE operation = 'purge' AND status = 'COMPLETED'")
                                == 1);

        assertThat(app.count("SELECT COUNT(*) FROM binday_run WHERE operation = 'purge'"))
                .isEqualTo(1);
        assertThat(app.count("SELECT COUNT(*) FROM binday_purged")).isEqualTo(ASSETS);
        assertThat(app.count("SELECT COUNT(*) FROM binday_trash")).isZero();
        assertThat(app.count("SELECT COUNT(*) FROM binday_trash_asset_publication"))
                .isZero();
        assertThat(get(second, "/prometheus"))
                .contains("binday_assets_done_total{operation=\"purge\"} " + (double) ASSETS)
                .contains("binday_trash_size 0.0");
        second.terminate();
        assertThat(second.await().exit()).isEqualTo(143);
    }

    @Test
    void finishesTheChunkWhenStoppedAndResumesAtTheNextNight() throws IOException, InterruptedException {
        BindayProcess daemon = serve();
        BindayProcess.run(folder, environment, "schedule", "run", "nightly-purge");
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> app.count("SELECT COUNT(*) FROM binday_purged") > 50);
        daemon.terminate();
        assertThat(daemon.await().exit()).isEqualTo(143);

        assertThat(app.jdbc().queryForList("SELECT status FROM binday_run WHERE operation = 'purge'", String.class))
                .containsExactly("STOPPED");
        assertThat(app.count("SELECT COUNT(*) FROM binday_lease WHERE owner IS NOT NULL"))
                .isZero();
        assertThat(app.count("SELECT COUNT(*) FROM binday_purged") % 5).isZero();

        BindayProcess next = serve();
        BindayProcess.run(folder, environment, "schedule", "run", "nightly-purge");
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() ->
                        app.count("SELECT COUNT(*) FROM binday_run WHERE operation = 'purge' AND status = 'COMPLETED'")
                                == 2);
        assertThat(app.count("SELECT COUNT(*) FROM binday_purged")).isEqualTo(ASSETS);
        next.terminate();
        next.await();
    }

    private BindayProcess serve() throws IOException {
        BindayProcess daemon = BindayProcess.start(folder, environment, List.of(), "serve");
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> daemon.errSoFar().contains("Serving;") || !daemon.isAlive());
        assertThat(daemon.isAlive()).as(daemon.errSoFar()).isTrue();
        return daemon;
    }

    private static String get(BindayProcess daemon, String path) throws IOException, InterruptedException {
        Matcher address = ADDRESS.matcher(daemon.errSoFar());
        assertThat(address.find()).as(daemon.errSoFar()).isTrue();
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address.group() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
