package io.binday.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.catalog.CatalogInstall;
import io.binday.input.InputSpec;
import io.binday.run.RunObserver;
import io.binday.run.RunReport;
import io.binday.run.RunRequest;
import io.binday.run.StopSignal;
import io.binday.testing.MySqlServer;
import io.binday.testing.OnMySql;
import io.binday.testing.TestApplication;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Measures a purge against a stored procedure that deletes the same rows of the trash and commits every 100 assets, in
 * turn in one run; it judges nothing.
 */
@OnMySql
class PurgeBench {

    private static final int ASSETS = Integer.getInteger("binday.bench.purged", 20_000);
    private static final int ROUNDS = Integer.getInteger("binday.bench.rounds", 3);

    @Test
    void comparesWithTheServerItself() throws SQLException {
        MySqlServer server = MySqlServer.shared();
        String url = server.url(server.freshSchema()) + "&rewriteBatchedStatements=true";
        try (Connection connection = DriverManager.getConnection(url);
                Statement sql = connection.createStatement();
                TestApplication app = TestApplication.on(url, "binday.run.lease=30s")) {
            BenchStack stack = new BenchStack(ASSETS, sql);
            stack.create(connection);
            app.the(CatalogInstall.class).install();
            sql.execute(PROCEDURE);
            List<Double> ratios = new ArrayList<>();
            for (int round = 1; round <= ROUNDS; round++) {
                stack.fillTrash();
                double floor = TrashBench.seconds(() -> sql.execute("CALL floor_purge()"));
                assertThat(app.count("SELECT COUNT(*) FROM binday_trash_asset")).isZero();
                stack.fillTrash();
                double apply = TrashBench.step(app, purge(app), "apply");
                ratios.add(floor / apply);
                System.out.printf(
                        "round %d: %,d assets; stored procedure %.1f s (%,.0f/s), purge %.1f s (%,.0f/s), ratio %.2f%n",
                        round, ASSETS, floor, ASSETS / floor, apply, ASSETS / apply, floor / apply);
            }
            System.out.printf("median ratio of purge to the stored procedure: %.2f%n", TrashBench.median(ratios));
        }
    }

    private static long purge(TestApplication app) {
        InputSpec spec = new InputSpec.Expired(Instant.parse("2026-02-01T00:00:00Z"));
        long run = app.runs()
                .create(
                        new RunRequest(
                                "purge", "purge", "bench", "bench", app.inputs().open(spec), 100, false),
                        true);
        app.runs().work(run, new RunObserver() {}, new StopSignal());
        app.runs().approve(run, "bench");
        RunReport report = app.runs().work(run, new RunObserver() {}, new StopSignal());
        assertThat(report.items().done()).isEqualTo(ASSETS);
        return run;
    }

    private static final String PROCEDURE = """
            CREATE PROCEDURE floor_purge()
            BEGIN
              DECLARE low BIGINT DEFAULT 0;
              DECLARE top BIGINT;
              SELECT MAX(seq) INTO top FROM ids;
              WHILE low < top DO
                START TRANSACTION;
                DELETE r FROM ids i STRAIGHT_JOIN binday_trash_entry_asset_reference r ON r.asset_uid = i.uid
                  WHERE i.seq > low AND i.seq <= low + 100;
                DELETE p FROM ids i STRAIGHT_JOIN binday_trash_asset_publication p ON p.asset_uid = i.uid
                  WHERE i.seq > low AND i.seq <= low + 100;
                DELETE a FROM ids i STRAIGHT_JOIN binday_trash_asset a ON a.uid = i.uid
                  WHERE i.seq > low AND i.seq <= low + 100;
                DELETE t FROM ids i STRAIGHT_JOIN binday_trash t ON t.asset_id = i.uid
                  WHERE i.seq > low AND i.seq <= low + 100;
                COMMIT;
                SET low = low + 100;
              END WHILE;
            END""";
}
