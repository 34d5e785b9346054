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

/**
 * Measures the product against the server itself, in turn in one run: trashing against a stored procedure that moves the
 * same rows and commits every 100 assets. Start it with {@code mvn verify -Pbench}; it judges nothing.
 */
@OnMySql
class TrashBench {

    private static final int ASSETS = Integer.getInteger("binday.bench.assets", 300_000);
    private static final int ROUNDS = Integer.getInteger("binday.bench.rounds", 3);

    @TempDir
    private Path folder;

    @Test
    void comparesWithTheServerItself() throws SQLException, IOException {
        MySqlServer server = MySqlServer.shared();
        String url = server.url(server.freshSchema()) + "&allowLoadLocalInfile=true&rewriteBatchedStatements=true";
        try (Connection connection = DriverManager.getConnection(url);
                Statement sql = connection.createStatement();
                TestApplication app = TestApplication.on(url, "binday.run.lease=30s")) {
            BenchStack stack = new BenchStack(ASSETS, sql);
            stack.create(connection);
            app.the(CatalogInstall.class).install();
            Path csv = BenchStack.writeIds(app, folder);
            sql.execute(PROCEDURE);

            List<Double> trash = new ArrayList<>();
            for (int round = 1; round <= ROUNDS; round++) {
                stack.refill();
                double floor = seconds(() -> sql.execute("CALL floor_trash()"));
                assertThat(app.count("SELECT COUNT(*) FROM binday_trash_asset")).isEqualTo(ASSETS);
                stack.refill();
                long run = product(app, csv);
                double apply = step(app, run, "apply");
                trash.add(floor / apply);
                System.out.printf(
                        "round %d: %,d assets; stored procedure %.1f s (%,.0f/s), trash %.1f s (%,.0f/s), ratio %.2f;"
                                + " stage %.1f s, plan %.1f s%n",
                        round,
                        ASSETS,
                        floor,
                        ASSETS / floor,
                        apply,
                        ASSETS / apply,
                        floor / apply,
                        step(app, run, "stage"),
                        step(app, run, "approve"));
            }
            System.out.printf("median ratio of trash to the stored procedure: %.2f%n", median(trash));
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

    static double step(TestApplication app, long run, String step) {
        return app.count("""
                        SELECT TIMESTAMPDIFF(MICROSECOND, s.START_TIME, s.END_TIME) FROM BATCH_STEP_EXECUTION s
                        JOIN BATCH_JOB_EXECUTION_PARAMS p ON p.JOB_EXECUTION_ID = s.JOB_EXECUTION_ID
                        WHERE s.STEP_NAME = ? AND p.PARAMETER_VALUE = ?""", step, String.valueOf(run)) / 1e6;
    }

    static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    static double seconds(Work work) throws SQLException {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    /** Something to time. */
    interface Work {
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
