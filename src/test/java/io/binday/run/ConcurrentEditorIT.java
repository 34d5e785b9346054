package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.input.InputSpec;
import io.binday.testing.MySqlServer;
import io.binday.testing.OnMySql;
import io.binday.testing.StackContent;
import io.binday.testing.TestApplication;
import io.binday.trash.OperationName;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A CMS that goes on working on the same rows while they are trashed. */
@OnMySql
class ConcurrentEditorIT {

    private static final int CHUNK = 20;
    /** Two workers tell of 32 chunks at a time; the editor works on half as many of those that come next. */
    private static final int AHEAD = 2 * 2 * 4 * CHUNK;

    private String url;
    private TestApplication app;
    private List<String> assets;

    @BeforeEach
    void createStack() {
        MySqlServer server = MySqlServer.shared();
        url = server.url(server.migratedSchema());
        app = TestApplication.on(
                        url,
                        "binday.run.chunk-size=" + CHUNK,
                        "binday.run.max-attempts=100",
                        "spring.datasource.hikari.connection-init-sql=SET time_zone = '+00:00', innodb_lock_wait_timeout = 1")
                .withSample(900);
        // The order in which a run comes to them.
        assets = app.jdbc().queryForList("SELECT uid FROM asset ORDER BY uid", String.class);
    }

    @AfterEach
    void close() {
        app.close();
    }

    @Test
    void triesAgainAfterALockWaitAndLosesNothing() throws SQLException {
        StackContent before = StackContent.of(app.jdbc());
        List<String> failures = new ArrayList<>();
        try (Connection editor = DriverManager.getConnection(url);
                Statement sql = editor.createStatement()) {
            editor.setAutoCommit(false);
            sql.executeQuery("SELECT * FROM asset WHERE uid = '" + assets.get(70) + "' FOR UPDATE");

            RunReport report = trash(new RunObserver() {
                @Override
                public void retrying(String failure, Duration wait) {
                    failures.add(failure);
                    rollback(editor);
                }
            });

            assertThat(failures).singleElement().asString().containsIgnoringCase("lock wait timeout");
            assertThat(report.run().attempts()).isEqualTo(2);
            assertThat(report.items().done()).isEqualTo(assets.size());
        }
        before.assertNothingLostOrDoubled(app.jdbc());
    }

    @Test
    void losesNoEditOfAnEditorThatDeadlocksWithIt() throws Exception {
        long seed = Long.getLong("binday.seed", System.nanoTime());
        System.out.println("Concurrent editor, seed " + seed);
        Map<String, Integer> versions = versions("asset");
        long references = app.count("SELECT COUNT(*) FROM entry_asset_reference");
        long deadlocksBefore = deadlocks();
        List<String> failures = new ArrayList<>();
        AtomicBoolean over = new AtomicBoolean();
        Editor editor = new Editor(new Random(seed), versions);
        CompletableFuture<Void> editing = CompletableFuture.runAsync(() -> editor.work(over));

        assertThat(editor.holding.await(1, TimeUnit.MINUTES)).isTrue();
        RunReport report = trash(new RunObserver() {
            @Override
            public void applied(int done, int rejected) {
                editor.settled.addAndGet(done + rejected);
            }

            @Override
            public void retrying(String failure, Duration wait) {
                failures.add(failure);
            }
        });
        over.set(true);
        editing.join();

        System.out.println(editor.edits + " edits and " + editor.added + " new references beside the run, "
                + editor.refused + " refused; attempts of the run that failed: " + failures.size());
        assertThat(report.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(editor.edits).isPositive();
        assertThat(deadlocks() - deadlocksBefore).as("deadlocks").isPositive();
        Map<String, Integer> now = versions("asset");
        now.putAll(versions("binday_trash_asset"));
        assertThat(now).isEqualTo(versions);
        assertThat(app.count("SELECT COUNT(*) FROM entry_asset_reference")
                        + app.count("SELECT COUNT(*) FROM binday_trash_entry_asset_reference"))
                .isEqualTo(references + editor.added);
        assertThat(app.count("SELECT COUNT(*) FROM asset") + app.count("SELECT COUNT(*) FROM binday_trash"))
                .isEqualTo(assets.size());
        assertThat(report.items().done()).isEqualTo(app.count("SELECT COUNT(*) FROM binday_trash"));
    }

    /**
     * Edits pairs of assets of the chunks that come next, in descending order against the run's ascending one, and adds
     * references to them.
     */
    private final class Editor {

        private final Random random;
        private final Map<String, Integer> expected;
        private final AtomicInteger settled = new AtomicInteger();
        private final CountDownLatch holding = new CountDownLatch(1);
        private int edits;
        private int added;
        private int refused;

        Editor(Random random, Map<String, Integer> expected) {
            this.random = random;
            this.expected = expected;
        }

        void work(AtomicBoolean over) {
            try (Connection connection = DriverManager.getConnection(url)) {
                connection.setAutoCommit(false);
                deadlock(connection);
                while (!over.get()) {
                    edit(connection);
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Holds the last asset of the first chunk until the run waits for it, and then asks for the first one. */
        private void deadlock(Connection connection) throws SQLException {
            List<String> chunk = assets.subList(0, CHUNK);
            try (Statement sql = connection.createStatement();
                    Connection watching = DriverManager.getConnection(url)) {
                sql.executeQuery("SELECT * FROM asset WHERE uid = '" + chunk.get(CHUNK - 1) + "' FOR UPDATE");
                holding.countDown();
                while (!isAnybodyWaiting(watching)) {
                    Thread.onSpinWait();
                }
            }
            edit(connection, List.of(chunk.get(0)));
            // The run comes to this one last.
            edit(connection, List.of(assets.get(assets.size() - 1)));
        }

        private void edit(Connection connection) {
            edit(
                    connection,
                    List.of(pick(), pick()).stream()
                            .distinct()
                            .sorted(Comparator.reverseOrder())
                            .toList());
        }

        private void edit(Connection connection, List<String> pair) {
            List<String> changed = new ArrayList<>();
            try (PreparedStatement update =
                            connection.prepareStatement("UPDATE asset SET version = version + 1 WHERE uid = ?");
                    Statement pause = connection.createStatement();
                    PreparedStatement insert = connection.prepareStatement(
                            "INSERT INTO entry_asset_reference SELECT uid, locale, 'added', ?, ? FROM entry LIMIT 1")) {
                for (String asset : pair) {
                    update.setString(1, asset);
                    if (update.executeUpdate() == 1) {
                        changed.add(asset);
                    }
                    pause.execute("DO SLEEP(0.004)");
                }
                int inserted = 0;
                if (!changed.isEmpty()) {
                    insert.setInt(1, edits + 1);
                    insert.setString(2, changed.get(0));
                    inserted = insert.executeUpdate();
                }
                connection.commit();
                added += inserted;
                edits += changed.size();
                changed.forEach(asset -> expected.merge(asset, 1, Integer::sum));
            } catch (SQLException e) {
                refused++;
                rollback(connection);
            }
        }

        private String pick() {
            return assets.get(Math.min(settled.get() + random.nextInt(AHEAD), assets.size() - 1));
        }
    }

    /** How many the server has seen; it tells one of the two only, and a run does a chunk that has lost one again. */
    private long deadlocks() {
        return app.count("SELECT COUNT FROM information_schema.INNODB_METRICS WHERE NAME = 'lock_deadlocks'");
    }

    private static boolean isAnybodyWaiting(Connection connection) throws SQLException {
        try (Statement sql = connection.createStatement();
                ResultSet waiting = sql.executeQuery("SELECT 1 FROM performance_schema.data_locks"
                        + " WHERE OBJECT_SCHEMA = DATABASE() AND LOCK_STATUS = 'WAITING'")) {
            return waiting.next();
        }
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Integer> versions(String table) {
        Map<String, Integer> versions = new HashMap<>();
        app.jdbc().query("SELECT uid, version FROM " + table, rs -> {
            versions.put(rs.getString(1), rs.getInt(2));
        });
        return versions;
    }

    private RunReport trash(RunObserver observer) {
        long run = app.runs()
                .create(
                        new RunRequest(
                                OperationName.TRASH,
                                "trash",
                                "a test",
                                "tester",
                                app.inputs().open(new InputSpec.Ids(assets)),
                                CHUNK,
                                true),
                        false);
        return app.runs().work(run, observer, new StopSignal());
    }
}
