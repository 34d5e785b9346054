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
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures staging a CSV file, checks included, against {@code LOAD DATA} of the same file into the same columns, in
 * turn in one run; it judges nothing.
 */
@OnMySql
class StagingBench {

    private static final int ASSETS = Integer.getInteger("binday.bench.staged", 1_000_000);
    private static final int ROUNDS = Integer.getInteger("binday.bench.rounds", 3);

    @TempDir
    private Path folder;

    @Test
    void comparesWithLoadData() throws SQLException, IOException {
        MySqlServer server = MySqlServer.shared();
        String url = server.url(server.freshSchema()) + "&allowLoadLocalInfile=true";
        try (Connection connection = DriverManager.getConnection(url);
                Statement sql = connection.createStatement();
                TestApplication app = TestApplication.on(url, "binday.run.lease=30s")) {
            BenchStack stack = new BenchStack(ASSETS, sql);
            stack.create(connection);
            app.the(CatalogInstall.class).install();
            Path csv = BenchStack.writeIds(app, folder);
            for (int round = 1; round <= ROUNDS; round++) {
                sql.execute("TRUNCATE loaded");
                sql.execute("SET @line := 0");
                double load = TrashBench.seconds(() -> sql.execute(stack.loadData(csv)));
                double staging = TrashBench.step(app, stage(app, csv), "stage");
                System.out.printf(
                        "round %d: %,d IDs; LOAD DATA %.1f s (%,.0f/s), staging %.1f s (%,.0f/s), ratio %.2f%n",
                        round, ASSETS, load, ASSETS / load, staging, ASSETS / staging, load / staging);
            }
        }
    }

    private static long stage(TestApplication app, Path csv) {
        InputSpec spec = new InputSpec.Csv(csv.toString(), "all.csv", Optional.empty());
        long run = app.runs()
                .create(
                        new RunRequest(
                                "trash", "trash", "bench", "bench", app.inputs().open(spec), 100, false),
                        true);
        RunReport report = app.runs().work(run, new RunObserver() {}, new StopSignal());
        assertThat(report.items().pending()).isEqualTo(ASSETS);
        return run;
    }
}
