package io.binday.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.catalog.CatalogInstall;
import io.binday.input.InputSpec;
import io.binday.run.RunObserver;
import io.binday.run.RunReport;
import io.binday.run.RunRequest;
import io.binday.run.RunStatus;
import io.binday.run.StopSignal;
import io.binday.testing.MySqlServer;
import io.binday.testing.OnMySql;
import io.binday.testing.TestApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/**
 * Measures the product against the server itself, in turn in one run: trashing against a stored procedure that moves the
 * same rows and commits every 100 assets, staging against {@code LOAD DATA} of the same file. Every asset has 3
 * references and 2 publications. Start it with {@code mvn verify -Pbench}; it judges nothing.
 */
@OnMySql
class TrashBench {

    private static final int ASSETS = Integer.getInteger("binday.bench.assets", 300_000);
    private static final int ROUNDS = Integer.getInteger("binday.bench.rounds", 3);
    private static final List<String> MOVED = List.of("asset_publication", "entry_asset_reference", "asset");
    private static final List<String> RECORDS = List.of(
            "binday_trash_asset",
            "binday_trash_entry_asset_reference",
            "binday_trash_asset_publication",
            "binday_trash",
            "binday_event");

    @TempDir
    private Path folder;

    @Test
    void comparesWithTheServerItself() throws SQLException, IOException {
        MySqlServer server = MySqlServer.shared();
        String url = server.url(server.freshSchema()) + "&allowLoadLocalInfile=true&rewriteBatchedStatements=true";
        try (Connection connection = DriverManager.getConnection(url);
                Statement sql = connection.createStatement();
                TestApplication app = TestApplication.on(url, "binday.run.lease=30s")) {
            createStack(connection, sql);
            app.the(CatalogInstall.class).install();
            Path csv = writeIds(app);
            sql.execute(PROCEDURE);
            sql.execute("CREATE TABLE loaded LIKE binday_work_item");

            List<Double> trash = new ArrayList<>();
            List<Double> stage = new ArrayList<>();
            for (int round = 1; round <= ROUNDS; round++) {
                refill(sql);
                double floor = seconds(() -> sql.execute("CALL floor_trash()"));
                assertThat(app.count("SELECT COUNT(*) FROM binday_trash_asset")).isEqualTo(ASSETS);
                sql.execute("TRUNCATE loaded");
                double load = seconds(
                        () -> sql.execute(
                                "LOAD DATA LOCAL INFILE '" + csv
                                        + "' INTO TABLE loaded (asset_id) SET run_id = 1, seq = (@line := @line + 1), state = 'PENDING'"));
                refill(sql);
                long run = product(app, csv);
                double apply = step(app, run, "apply");
                double staging = step(app, run, "stage");
                trash.add(floor / apply);
                stage.add(load / staging);
                System.out.printf(
                        "round %d: %,d assets; floor %.1f s (%,.0f/s), trash %.1f s (%,.0f/s), ratio %.2f;"
                                + " LOAD DATA %.1f s, staging %.1f s, ratio %.2f; plan %.1f s%n",
                        round,
                        ASSETS,
                        floor,
                        ASSETS / floor,
                        apply,
                        ASSETS / apply,
                        floor / apply,
                        load,
                        staging,
                        load / staging,
                        step(app, run, "approve"));
            }
            System.out.printf(
                    "median ratio to the server: trash %.2f of the stored procedure, staging %.2f of LOAD DATA%n",
                    median(trash), median(stage));
        }
    }

    private static long product(TestApplication app, Path csv) {
        InputSpec spec = new InputSpec.Csv(csv.toString(), "all.csv", Optional.empty());
        long run = app.runs()
                .create(
                        new RunRequest(
                                "trash", "trash", "bench", "bench", app.inputs().open(spec), 100, true),
                        true);
        RunReport report = app.runs().work(run, new RunObserver() {}, new StopSignal());
        assertThat(report.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(report.items().done()).isEqualTo(ASSETS);
        return run;
    }

    private static double step(TestApplication app, long run, String step) {
        return app.count("""
                        SELECT TIMESTAMPDIFF(MICROSECOND, s.START_TIME, s.END_TIME) FROM BATCH_STEP_EXECUTION s
                        JOIN BATCH_JOB_EXECUTION_PARAMS p ON p.JOB_EXECUTION_ID = s.JOB_EXECUTION_ID
                        WHERE s.STEP_NAME = ? AND p.PARAMETER_VALUE = ?""", step, String.valueOf(run)) / 1e6;
    }

    private static void createStack(Connection connection, Statement sql) throws SQLException {
        ScriptUtils.executeSqlScript(connection, new ClassPathResource("io/binday/catalog/sample-stack.sql"));
        sql.execute("SET SESSION cte_max_recursion_depth = 20000000");
        sql.execute("INSERT INTO environment VALUES ('staging', 'x'), ('production', 'x')");
        String numbers = "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %d) ";
        int entries = ASSETS / 3;
        sql.execute("INSERT INTO asset " + numbers.formatted(ASSETS - 1)
                + "SELECT CONCAT('blt', LEFT(MD5(i), 16)), CONCAT('Asset ', i), CONCAT('file-', i, '.jpg'), 'image/jpeg',"
                + " 1000 + i, CONCAT('key/', i), NULL, 'a,b', 1, NOW(6), 'x', NOW(6), 'x' FROM n");
        sql.execute(
                "INSERT INTO entry " + numbers.formatted(entries - 1)
                        + "SELECT CONCAT('blt', LEFT(MD5(CONCAT('e', i)), 16)), 'en-us', 'article', 'x', 1, NOW(6), 'x' FROM n");
        sql.execute("INSERT INTO entry_asset_reference " + numbers.formatted(3 * ASSETS - 1)
                + "SELECT CONCAT('blt', LEFT(MD5(CONCAT('e', (i * 7919) % " + entries
                + ")), 16)), 'en-us', 'gallery.images',"
                + " i, CONCAT('blt', LEFT(MD5(i DIV 3), 16)) FROM n");
        sql.execute("INSERT INTO asset_publication " + numbers.formatted(2 * ASSETS - 1)
                + "SELECT CONCAT('blt', LEFT(MD5(i DIV 2), 16)), IF(i % 2, 'staging', 'production'), 'en-us', 1,"
                + " NOW(6), 'x' FROM n");
        for (String table : MOVED) {
            sql.execute("CREATE TABLE saved_" + table + " LIKE " + table);
            sql.execute("INSERT INTO saved_" + table + " SELECT * FROM " + table);
        }
        sql.execute("CREATE TABLE ids (seq BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, uid VARCHAR(64) NOT NULL)"
                + " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin");
        sql.execute("INSERT INTO ids (uid) SELECT uid FROM asset ORDER BY MD5(title)");
    }

    private static void refill(Statement sql) throws SQLException {
        sql.execute("SET foreign_key_checks = 0");
        for (String table : MOVED) {
            sql.execute("TRUNCATE " + table);
            sql.execute("INSERT INTO " + table + " SELECT * FROM saved_" + table);
        }
        for (String table : RECORDS) {
            sql.execute("TRUNCATE " + table);
        }
        sql.execute("SET foreign_key_checks = 1");
        sql.execute("SET @line := 0");
    }

    private Path writeIds(TestApplication app) throws IOException {
        return Files.write(
                folder.resolve("all.csv"), app.jdbc().queryForList("SELECT uid FROM ids ORDER BY seq", String.class));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static double seconds(Work work) throws SQLException {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    /** Something to time. */
    private interface Work {
        void run() throws SQLException;
    }

    private static final String PROCEDURE = """
            CREATE PROCEDURE floor_trash()
            BEGIN
              DECLARE low BIGINT DEFAULT 0;
              DECLARE top BIGINT;
              SELECT MAX(seq) INTO top FROM ids;
              WHILE low < top DO
                START TRANSACTION;
                INSERT INTO binday_trash_entry_asset_reference
                    (entry_uid, locale, field_path, position, asset_uid)
                  SELECT r.entry_uid, r.locale, r.field_path, r.position, r.asset_uid
                  FROM ids i STRAIGHT_JOIN entry_asset_reference r ON r.asset_uid = i.uid
                  WHERE i.seq > low AND i.seq <= low + 100;
                DELETE r FROM ids i STRAIGHT_JOIN entry_asset_reference r ON r.asset_uid = i.uid
                  WHERE i.seq > low AND i.seq <= low + 100;
                INSERT INTO binday_trash_asset_publication
                    (asset_uid, environment, locale, version, published_at, published_by)
                  SELECT p.asset_uid, p.environment, p.locale, p.version, p.published_at, p.published_by
                  FROM ids i STRAIGHT_JOIN asset_publication p ON p.asset_uid = i.uid
                  WHERE i.seq > low AND i.seq <= low + 100;
                DELETE p FROM ids i STRAIGHT_JOIN asset_publication p ON p.asset_uid = i.uid
                  WHERE i.seq > low AND i.seq <= low + 100;
                INSERT INTO binday_trash_asset
                  SELECT a.* FROM ids i STRAIGHT_JOIN asset a ON a.uid = i.uid
                  WHERE i.seq > low AND i.seq <= low + 100;
                DELETE a FROM ids i STRAIGHT_JOIN asset a ON a.uid = i.uid
                  WHERE i.seq > low AND i.seq <= low + 100;
                COMMIT;
                SET low = low + 100;
              END WHILE;
            END""";
}
