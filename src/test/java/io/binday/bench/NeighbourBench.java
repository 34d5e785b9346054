package io.binday.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.catalog.CatalogInstall;
import io.binday.input.InputSpec;
import io.binday.run.RunReport;
import io.binday.run.RunRequest;
import io.binday.run.RunStatus;
import io.binday.testing.MySqlServer;
import io.binday.testing.OnMySql;
import io.binday.testing.TestApplication;
import io.binday.trash.OperationName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures how long a CMS waits that reads and edits other assets and their entries while a trash works beside it, at full
 * speed and at a pace, against the same when nothing else is done; it judges nothing.
 */
@OnMySql
class NeighbourBench {

    private static final int ASSETS = Integer.getInteger("binday.bench.neighbour", 30_000);
    private static final int TRASHED = ASSETS / 2;
    private static final long IDLE_SECONDS = 10;

    @TempDir
    private Path folder;

    @Test
    void comparesTheWaitsOfACmsBesideARunWithThoseAlone() throws SQLException, IOException {
        MySqlServer server = MySqlServer.shared();
        String url = server.url(server.freshSchema());
        try (Connection connection = DriverManager.getConnection(url);
                Statement sql = connection.createStatement();
                TestApplication app = TestApplication.on(url, "binday.run.lease=30s")) {
            BenchStack stack = new BenchStack(ASSETS, sql);
            stack.create(connection);
            app.the(CatalogInstall.class).install();
            List<String> all = app.jdbc().queryForList("SELECT uid FROM ids ORDER BY seq", String.class);
            Path csv = Files.write(folder.resolve("half.csv"), all.subList(0, TRASHED));
            List<String> others = all.subList(TRASHED, all.size());

            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(IDLE_SECONDS);
            Waits idle = waits(url, others, () -> System.nanoTime() < end);
            System.out.println("alone: " + idle);
            for (Optional<Integer> pace : List.of(Optional.<Integer>empty(), Optional.of(1_000), Optional.of(500))) {
                stack.refill();
                CompletableFuture<Void> run = CompletableFuture.runAsync(() -> trash(app, csv, pace));
                Waits beside = waits(url, others, () -> !run.isDone());
                run.join();
                System.out.printf(
                        Locale.ROOT,
                        "beside a trash %s: %s; p99 %.1f times that alone%n",
                        pace.map(rate -> "of " + rate + "/s").orElse("at full speed"),
                        beside,
                        beside.p99() / idle.p99());
            }
        }
    }

    /** Milliseconds that a transaction of the CMS took. */
    private record Waits(List<Double> sorted) {

        double p99() {
            return sorted.get(sorted.size() * 99 / 100);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d edits, median %.1f ms, p99 %.1f ms, longest %.1f ms",
                    sorted.size(),
                    sorted.get(sorted.size() / 2),
                    p99(),
                    sorted.get(sorted.size() - 1));
        }
    }

    private static Waits waits(String url, List<String> assets, BooleanSupplier goesOn) throws SQLException {
        List<Double> waits = new ArrayList<>();
        try (Connection cms = DriverManager.getConnection(url);
                PreparedStatement read = cms.prepareStatement("SELECT a.*, r.*, e.* FROM asset a"
                        + " JOIN entry_asset_reference r ON r.asset_uid = a.uid JOIN entry e ON e.uid = r.entry_uid"
                        + " WHERE a.uid = ?");
                PreparedStatement edit = cms.prepareStatement("UPDATE asset SET version = version + 1 WHERE uid = ?");
                PreparedStatement touch = cms.prepareStatement("UPDATE entry e JOIN entry_asset_reference r"
                        + " ON r.entry_uid = e.uid AND r.locale = e.locale SET e.version = e.version + 1"
                        + " WHERE r.asset_uid = ?")) {
            cms.setAutoCommit(false);
            cms.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            for (int i = 0; goesOn.getAsBoolean(); i++) {
                String asset = assets.get(i % assets.size());
                long start = System.nanoTime();
                try {
                    for (PreparedStatement statement : List.of(read, edit, touch)) {
                        statement.setString(1, asset);
                        statement.execute();
                    }
                    cms.commit();
                } catch (SQLException lost) {
                    cms.rollback();
                }
                waits.add((System.nanoTime() - start) / 1e6);
            }
        }
        waits.sort(null);
        return new Waits(waits);
    }

    private static void trash(TestApplication app, Path csv, Optional<Integer> pace) {
        long run = app.runs()
                .create(
                        new RunRequest(
                                OperationName.TRASH,
                                "trash",
                                "bench",
                                "bench",
                                app.inputs().open(new InputSpec.Csv(csv.toString(), "half.csv", Optional.empty())),
                                app.runs().chunkSize(),
                                true),
                        true);
        pace.ifPresent(rate -> app.jdbc()
                .update("INSERT INTO binday_control (run_id, rate, rate_by) VALUES (?, ?, 'bench')", run, rate));
        RunReport report = app.work(run);
        assertThat(report.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(report.items().done()).isEqualTo(TRASHED);
    }
}
