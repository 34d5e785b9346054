package io.binday.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binday.audit.AssetHistory;
import io.binday.audit.Audit;
import io.binday.binary.FileState;
import io.binday.input.InputSpec;
import io.binday.run.Control;
import io.binday.run.Housekeeping;
import io.binday.run.RunControls;
import io.binday.run.RunFilter;
import io.binday.run.RunObserver;
import io.binday.run.RunRecords;
import io.binday.run.RunReport;
import io.binday.run.StopSignal;
import io.binday.schedule.Schedules;
import io.binday.testing.MySqlServer;
import io.binday.testing.OnMySql;
import io.binday.testing.TestApplication;
import io.binday.trash.Holds;
import io.binday.trash.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The product with exactly the rights that the documentation gives, no more. */
@OnMySql
class GrantsIT {

    private static final Path DOCUMENT = Path.of("src/docs/grants.md");
    private static final Pattern BLOCK = Pattern.compile("(?s)```sql\n(.*?)```");

    @TempDir
    private Path files;

    private final MySqlServer server = MySqlServer.shared();
    private final String schema = server.freshSchema();
    private final JdbcTemplate root = new JdbcTemplate(new DriverManagerDataSource(server.url(schema)));
    private final List<String> users = new ArrayList<>();
    private final List<TestApplication> started = new ArrayList<>();

    @AfterEach
    void close() {
        started.forEach(TestApplication::close);
        users.forEach(user -> root.execute("DROP USER " + user));
    }

    @Test
    void sufficeForEverythingThatEachUserIsFor() throws IOException {
        List<String> blocks = blocks();
        grant(blocks.get(0));
        start("binday_migrate").withSample(60);
        grant(blocks.get(1));
        grant(blocks.get(2));

        TestApplication runner = start("binday_run");
        useEverything(runner);
        for (String table : List.of("binday_event", "binday_purged")) {
            assertDenied(() -> runner.jdbc().update("DELETE FROM " + table));
            assertDenied(() -> runner.jdbc().update("UPDATE " + table + " SET asset_id = 'x'"));
        }
        assertDenied(() -> runner.jdbc().execute("CREATE TABLE t (i INT)"));

        TestApplication reader = start("binday_read");
        lookAtEverything(reader);
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> trash(reader, List.of("blt0000000000000000")))
                .withMessageContaining("cannot remove rows of `asset`: DELETE command denied");
    }

    private void useEverything(TestApplication app) throws IOException {
        List<String> assets = app.jdbc().queryForList("SELECT uid FROM asset ORDER BY title", String.class);
        assertThat(trash(app, assets.subList(0, 20)).items().done()).isEqualTo(20);
        assertThat(app.run("restore", new InputSpec.Run(1), true).items().done())
                .isEqualTo(20);
        trash(app, assets.subList(0, 3));
        Holds.Note note = new Holds.Note("why", "tester", Optional.empty());
        app.the(Holds.class).hold(assets.subList(0, 1), note);
        app.the(Holds.class).release(assets.subList(0, 1), note);
        age();
        Path live = files.resolve(app.jdbc()
                .queryForList("SELECT file_key FROM asset", String.class)
                .get(0));
        Files.createDirectories(live.resolveSibling("."));
        Files.writeString(live, "of an asset that is not purged");
        RunReport purge =
                app.run("purge", new InputSpec.Expired(app.the(Retention.class).cutoff(Optional.empty())), true);
        assertThat(purge.items().done()).isEqualTo(3);
        assertThat(purge.files().states()).isEqualTo(Map.of(FileState.MISSING, 3L));
        trash(app, assets.subList(40, 41));
        long plan = app.run("trash", new InputSpec.Ids(assets.subList(30, 31)), false)
                .run()
                .id();
        RunControls controls = app.the(RunControls.class);
        controls.abandon(plan, "tester", new RunObserver() {}, new StopSignal());
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> controls.throttle(plan, Optional.of(new Control.Pace(5, "tester"))))
                .withMessageContaining("cannot be throttled");
        app.the(Schedules.class).start(new StopSignal(), UnaryOperator.identity());
        app.the(Schedules.class).pause("nightly-purge");
        app.the(Schedules.class).resume("nightly-purge");
        app.the(Schedules.class).run("nightly-purge");
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> app.count("SELECT COUNT(*) FROM binday_run r JOIN binday_night n ON n.run_id = r.run_id"
                                + " WHERE r.status = 'COMPLETED'")
                        == 1);
        app.the(Schedules.class).finish();
        assertThat(app.the(Audit.class).report(true).findings()).isEmpty();
        app.the(Housekeeping.class).work(Duration.ofDays(1), new StopSignal());
    }

    /** Everything was trashed long ago. */
    private void age() {
        root.update("UPDATE binday_trash SET trashed_at = TIMESTAMPADD(DAY, -20, trashed_at)");
        root.update("UPDATE binday_event SET at = TIMESTAMPADD(DAY, -20, at) WHERE event = 'TRASHED'");
    }

    private void lookAtEverything(TestApplication app) {
        root.update("UPDATE binday_run SET finished_at = '2020-01-01' WHERE run_id = 1");
        assertThat(app.the(RunRecords.class).newest(RunFilter.any(), 10)).hasSize(7);
        assertThat(app.runs().report(1).attempts()).hasSize(1);
        assertThat(app.the(Audit.class).report(true).findings()).isEmpty();
        assertThat(app.the(Schedules.class).list()).isNotEmpty();
        String asset = app.jdbc()
                .queryForList("SELECT asset_id FROM binday_trash ORDER BY asset_id", String.class)
                .get(0);
        assertThat(app.the(AssetHistory.class).of(asset)).isPresent();
        assertThat(started.get(1)
                        .the(Housekeeping.class)
                        .work(Duration.ofDays(1), new StopSignal())
                        .runs())
                .isEqualTo(1);
    }

    private static RunReport trash(TestApplication app, List<String> assets) {
        return app.run("trash", new InputSpec.Ids(assets), true);
    }

    private static void assertDenied(Runnable action) {
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(action::run)
                .havingRootCause()
                .withMessageContaining("denied");
    }

    private TestApplication start(String user) {
        String url = server.url(schema).replace("user=root", "user=" + named(user)) + "&password=change-me";
        TestApplication app =
                TestApplication.on(url, "spring.datasource.password=change-me", "binday.binary.directory=" + files);
        started.add(app);
        return app;
    }

    private void grant(String block) {
        for (String statement : block.replaceAll("(?m)^--.*$", "").split(";", -1)) {
            String sql = statement.strip().replaceAll("\\bcms\\.", schema + ".");
            Matcher user = Pattern.compile("'(binday_[a-z]+)'@'%'").matcher(sql);
            if (!sql.isEmpty()) {
                root.execute(user.replaceAll(match -> "'" + named(match.group(1)) + "'@'%'"));
            }
            if (sql.startsWith("CREATE USER")) {
                users.add(user.reset()
                        .results()
                        .map(match -> "'" + named(match.group(1)) + "'@'%'")
                        .findFirst()
                        .orElseThrow());
            }
        }
    }

    /** Users are the server's, so that each test has its own. */
    private String named(String user) {
        return user + "_" + schema.substring(schema.lastIndexOf('_') + 1);
    }

    private static List<String> blocks() throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(DOCUMENT));
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        assertThat(blocks).hasSize(3);
        return blocks;
    }
}
