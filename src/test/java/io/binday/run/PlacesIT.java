package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.binday.input.InputSpec;
import io.binday.testing.OnMySql;
import io.binday.trash.Fate;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A place that a reference comes back to has one reference at most, whoever knows that. */
@OnMySql
class PlacesIT {

    private static final String CATALOG = "name: own\nasset: {table: file, id: id}\nreferences:\n";
    private static final String PLACES = CATALOG + "  - {table: used, asset: file, place: [entry]}\n";

    @TempDir
    Path folder;

    @Test
    void fillsNoUniqueKeyTwice() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY);
                INSERT INTO file (id) VALUES (1), (2);
                CREATE TABLE used (id INT PRIMARY KEY, entry INT, pos INT, file INT UNSIGNED NOT NULL, UNIQUE KEY (entry, pos), KEY (file));
                INSERT INTO used VALUES (1, 1, 1, 1);
                """);
        try (OwnDatabase own = OwnDatabase.installed(folder, url, CATALOG + "  - {table: used, asset: file}\n")) {
            own.run("trash", "1");
            own.jdbc().update("INSERT INTO used VALUES (2, 1, 1, 2)");

            RunReport restore = own.run("restore", "1");

            assertThat(restore.items().done()).isEqualTo(1);
            assertThat(restore.references(Fate.SLOT_TAKEN)).isEqualTo(Map.of("used", 1L));
        }
    }

    @Test
    void fillsNoPlaceTwiceThatOnlyTheCatalogKnows() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT NOT NULL PRIMARY KEY);
                CREATE TABLE used (id INT NOT NULL PRIMARY KEY, entry INT NOT NULL, file INT NOT NULL, KEY (file), KEY (entry));
                INSERT INTO file WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 80) SELECT i FROM n;
                INSERT INTO used SELECT id, id DIV 16, id FROM file;
                """);
        String[] all = IntStream.rangeClosed(1, 80).mapToObj(String::valueOf).toArray(String[]::new);
        try (OwnDatabase own = OwnDatabase.installed(folder, url, PLACES)) {
            own.run("trash", all);

            RunReport restore = own.run("restore", all);

            assertThat(restore.items().done()).isEqualTo(80);
            assertThat(own.app.count("SELECT COUNT(*) FROM used")).isEqualTo(6);
            assertThat(own.app.count("SELECT COUNT(DISTINCT entry) FROM used")).isEqualTo(6);
            assertThat(restore.references(Fate.SLOT_TAKEN)).isEqualTo(Map.of("used", 74L));
        }
    }

    @Test
    void fillsNoColumnThatItHasNotedThoughAnEditorMovesWhatIsThere() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT NOT NULL PRIMARY KEY);
                CREATE TABLE page (id INT NOT NULL PRIMARY KEY, image INT NULL, KEY (image));
                INSERT INTO file VALUES (1), (2);
                INSERT INTO page VALUES (1, 1), (2, 1);
                """);
        String catalog = CATALOG + "  - {table: page, asset: image, detach: set-null}\n";
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            own.run("trash", "1");
            own.jdbc().update("UPDATE page SET image = 2 WHERE id = 1");
            // Where one has been noted, an editor moves the picture from there to the other page.
            own.jdbc().execute("""
                    CREATE TRIGGER moves AFTER INSERT ON binday_unattached FOR EACH ROW
                    UPDATE page SET image = CASE id WHEN 2 THEN 2 END""");

            RunReport hindered = own.run("restore", "1");

            assertThat(hindered.items().done()).isZero();
            assertThat(own.app.count("SELECT COUNT(*) FROM binday_trash_page")).isEqualTo(2);
            assertThat(own.app.count("SELECT COUNT(*) FROM binday_unattached")).isZero();
            own.jdbc().execute("DROP TRIGGER moves");

            RunReport restore = own.run("restore", "1");

            assertThat(restore.references(Fate.SLOT_TAKEN)).isEqualTo(Map.of("page", 1L));
            assertThat(restore.references(Fate.REATTACHED)).isEqualTo(Map.of("page", 1L));
            assertThat(own.jdbc().queryForList("SELECT image FROM page ORDER BY id", Integer.class))
                    .containsExactly(2, 1);
        }
    }

    @Test
    void leavesOffOnlyTheReferenceThatAKeyOnAnExpressionRefuses() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT NOT NULL PRIMARY KEY);
                CREATE TABLE used (id INT NOT NULL PRIMARY KEY, slug VARCHAR(90) NOT NULL, title VARCHAR(90) NOT NULL, file INT NOT NULL,
                  KEY (file), UNIQUE KEY ((LOWER(slug))), UNIQUE KEY (title(5)));
                INSERT INTO file VALUES (1), (2), (3);
                INSERT INTO used VALUES (1, 'one', 'first place', 1), (2, 'two', 'second place', 1), (3, 'three', 'third place', 2);
                """);
        try (OwnDatabase own = OwnDatabase.installed(folder, url, CATALOG + "  - {table: used, asset: file}\n")) {
            own.run("trash", "1", "2");
            own.jdbc().update("INSERT INTO used VALUES (4, 'TWO', 'fourth place', 3), (5, 'five', 'third time', 3)");

            RunReport restore = own.run("restore", "1", "2");

            assertThat(restore.items().done()).isEqualTo(2);
            assertThat(restore.references(Fate.REATTACHED)).isEqualTo(Map.of("used", 1L));
            assertThat(restore.references(Fate.SLOT_TAKEN)).isEqualTo(Map.of("used", 2L));
            assertThat(own.jdbc().queryForList("SELECT id FROM used ORDER BY id", Integer.class))
                    .containsExactly(1, 4, 5);
        }
    }

    @Test
    void fillsNoPlaceTwiceThatTwoRestoresFindFreeAtOnce() throws Exception {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT NOT NULL PRIMARY KEY);
                CREATE TABLE used (id INT NOT NULL PRIMARY KEY, entry INT NOT NULL, file INT NOT NULL, KEY (file), KEY (entry));
                INSERT INTO file VALUES (1), (2);
                INSERT INTO used VALUES (1, 5, 1);
                """);
        try (OwnDatabase own = OwnDatabase.installed(folder, url, PLACES);
                Connection brake = DriverManager.getConnection(url)) {
            own.run("trash", "1");
            own.jdbc().update("INSERT INTO used VALUES (2, 5, 2)");
            own.run("trash", "2");
            brake.setAutoCommit(false);
            brake.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);

            CompletableFuture<RunReport> one = restoring(own, "1", new RunObserver() {
                @Override
                public void applying(Run run, ItemCounts counts) {
                    lockItems(brake, run.id());
                }
            });
            await().atMost(1, TimeUnit.MINUTES).until(() -> waiting(own) == 1);
            CompletableFuture<RunReport> other = restoring(own, "2", new RunObserver() {});
            await().atMost(1, TimeUnit.MINUTES).until(() -> other.isDone() || waiting(own) == 2);
            brake.rollback();

            List<RunReport> restored = List.of(one.join(), other.join());
            assertThat(restored).allMatch(report -> report.items().done() == 1);
            assertThat(own.app.count("SELECT COUNT(*) FROM used WHERE entry = 5"))
                    .isEqualTo(1);
            assertThat(restored.stream()
                            .map(report -> report.references(Fate.SLOT_TAKEN))
                            .flatMap(taken -> Stream.ofNullable(taken.get("used"))))
                    .containsExactly(1L);
        }
    }

    /** A key that cascades would remove it with the asset, and nobody would have a snapshot. */
    @Test
    void letsNobodyUseAnAssetWhoseReferencesHaveBeenDetached() throws Exception {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT NOT NULL PRIMARY KEY);
                CREATE TABLE used (id INT NOT NULL PRIMARY KEY, file INT NOT NULL,
                  FOREIGN KEY (file) REFERENCES file (id) ON DELETE CASCADE);
                INSERT INTO file VALUES (1), (2);
                INSERT INTO used VALUES (1, 1);
                """);
        try (OwnDatabase own = OwnDatabase.installed(folder, url, CATALOG + "  - {table: used, asset: file}\n");
                Connection brake = DriverManager.getConnection(url);
                Statement other = brake.createStatement();
                Connection editor = DriverManager.getConnection(url);
                Statement edit = editor.createStatement()) {
            brake.setAutoCommit(false);
            brake.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            other.execute(
                    "INSERT INTO binday_trash (asset_id, trashed_at, trashed_by, run_id) VALUES ('1', NOW(6), 'x', 9)");
            CompletableFuture<RunReport> trash = working(own, "trash", "1", new RunObserver() {});
            await().atMost(1, TimeUnit.MINUTES).until(() -> waiting(own) == 1);

            edit.execute("SET SESSION innodb_lock_wait_timeout = 1");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> edit.execute("INSERT INTO used VALUES (2, 1)"))
                    .withMessageContaining("Lock wait timeout");
            brake.rollback();

            assertThat(trash.join().items().done()).isEqualTo(1);
            assertThat(own.jdbc().queryForList("SELECT id FROM binday_trash_used", Integer.class))
                    .containsExactly(1);
        }
    }

    private static CompletableFuture<RunReport> restoring(OwnDatabase own, String id, RunObserver observer) {
        return working(own, "restore", id, observer);
    }

    private static CompletableFuture<RunReport> working(
            OwnDatabase own, String operation, String id, RunObserver observer) {
        long run = own.app.runs().create(own.app.request(operation, new InputSpec.Ids(List.of(id)), true), true);
        return CompletableFuture.supplyAsync(() -> own.app.runs().work(run, observer, new StopSignal()));
    }

    /** What a chunk changes last, when it has put everything back. */
    private static void lockItems(Connection brake, long run) {
        try (Statement sql = brake.createStatement()) {
            sql.executeQuery("SELECT seq FROM binday_work_item WHERE run_id = " + run + " FOR UPDATE");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many transactions of this database wait for a lock. */
    private static long waiting(OwnDatabase own) {
        return own.app.count("SELECT COUNT(DISTINCT engine_transaction_id) FROM performance_schema.data_locks"
                + " WHERE object_schema = SCHEMA() AND lock_status = 'WAITING'");
    }
}
