package io.binday.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.bench.BenchReport.Round;
import io.binday.catalog.CatalogInstall;
import io.binday.input.InputSpec;
import io.binday.run.RunObserver;
import io.binday.run.RunReport;
import io.binday.run.RunStatus;
import io.binday.run.StopSignal;
import io.binday.testing.MySqlServer;
import io.binday.testing.OnMySql;
import io.binday.testing.TestApplication;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures the product at its default settings against the server itself, in turn in one run: trash, restore and purge
 * against {@link Floor}, staging a CSV file against {@code LOAD DATA} of the same file. Start it with {@code mvn verify
 * -Pbench}; it judges nothing.
 */
@OnMySql
class ThroughputBench {

    private static final String SIZES = System.getProperty("binday.bench.sizes", "10000,100000,300000");
    private static final int ROUNDS = Integer.getInteger("binday.bench.rounds", 3);

    @TempDir
    private Path folder;

    /** What is measured. */
    private enum What {
        STAGING,
        TRASH,
        RESTORE,
        PURGE
    }

    @Test
    void comparesWithTheServerItself() throws SQLException, IOException {
        BenchReport report = new BenchReport();
        for (String size : SIZES.split(",", -1)) {
            measure(Integer.parseInt(size.trim()), report);
        }
        report.write(Path.of("target", "bench.json"));
    }

    private void measure(int assets, BenchReport report) throws SQLException, IOException {
        MySqlServer server = MySqlServer.shared();
        String url = server.url(server.freshSchema()) + "&allowLoadLocalInfile=true";
        try (Connection connection = DriverManager.getConnection(url);
                Statement sql = connection.createStatement();
                TestApplication app = TestApplication.on(url, "binday.run.lease=30s")) {
            BenchStack stack = new BenchStack(assets, sql);
            stack.create(connection);
            app.the(CatalogInstall.class).install();
            Path csv = BenchStack.writeIds(app, folder);
            Floor floor = new Floor(sql);
            Product product = new Product(app, assets);
            Map<What, List<Round>> rounds = new EnumMap<>(What.class);
            List<Round> archived = new ArrayList<>();
            for (int round = 1; round <= ROUNDS; round++) {
                boolean productFirst = round % 2 == 0;
                Map<What, Double> others = productFirst ? Map.of() : floor(stack, floor, csv, sql);
                Map<What, Double> own = product(stack, product, csv, sql);
                others = productFirst ? floor(stack, floor, csv, sql) : others;
                if (Archiver.isInstalled()) {
                    stack.fillTrash();
                    double seconds = Archiver.seconds(url);
                    assertThat(app.count("SELECT COUNT(*) FROM binday_trash")).isZero();
                    // It removes one row of an asset, and a purge removes all.
                    archived.add(new Round(
                            seconds * BenchStack.ROWS_OF_AN_ASSET,
                            own.getOrDefault(What.PURGE, 0.0),
                            product.peakHeap));
                }
                for (What what : What.values()) {
                    Round found =
                            new Round(others.getOrDefault(what, 0.0), own.getOrDefault(what, 0.0), product.peakHeap);
                    rounds.computeIfAbsent(what, any -> new ArrayList<>()).add(found);
                    System.out.printf(
                            "round %d, %,d assets, %s: %.2f s, product %.2f s, ratio %.2f%n",
                            round, assets, what, found.other(), found.product(), found.ratio());
                }
            }
            rounds.forEach((what, found) -> report.add(
                    what.name().toLowerCase(Locale.ROOT),
                    assets,
                    what == What.STAGING ? "LOAD DATA" : "the stored procedure",
                    found));
            if (archived.isEmpty()) {
                System.out.println(
                        "pt-archiver is not installed (Debian: percona-toolkit), so it is not compared with");
            } else {
                report.add("purge", assets, "pt-archiver, by rows", archived);
            }
        }
    }

    private static Map<What, Double> floor(BenchStack stack, Floor floor, Path csv, Statement sql) throws SQLException {
        Map<What, Double> seconds = new EnumMap<>(What.class);
        stack.refill();
        sql.execute("TRUNCATE loaded");
        seconds.put(What.STAGING, Floor.seconds(() -> sql.execute(stack.loadData(csv))));
        seconds.put(What.TRASH, floor.seconds("trash"));
        stack.requireLive(false);
        seconds.put(What.RESTORE, floor.seconds("restore"));
        stack.requireLive(true);
        stack.fillTrash();
        seconds.put(What.PURGE, floor.seconds("purge"));
        return seconds;
    }

    private static Map<What, Double> product(BenchStack stack, Product product, Path csv, Statement sql)
            throws SQLException {
        Map<What, Double> seconds = new EnumMap<>(What.class);
        stack.refill();
        product.peakHeap = 0;
        long trashed = product.run("trash", new InputSpec.Csv(csv.toString(), "all.csv", Optional.empty()));
        seconds.put(What.STAGING, product.step(trashed, "stage"));
        seconds.put(What.TRASH, product.step(trashed, "apply"));
        stack.requireLive(false);
        long restored = product.run("restore", new InputSpec.Run(trashed));
        seconds.put(What.RESTORE, product.step(restored, "apply"));
        stack.requireLive(true);
        stack.fillTrash();
        long purged = product.run("purge", new InputSpec.Expired(Instant.parse("2026-02-01T00:00:00Z")));
        seconds.put(What.PURGE, product.step(purged, "apply"));
        sql.execute("TRUNCATE binday_work_item");
        return seconds;
    }

    /** The product in this process. */
    private static final class Product {

        private final TestApplication app;
        private final int assets;
        private long peakHeap;

        Product(TestApplication app, int assets) {
            this.app = app;
            this.assets = assets;
        }

        /** Does a run to its end; its number. */
        long run(String operation, InputSpec input) {
            heap().forEach(MemoryPoolMXBean::resetPeakUsage);
            boolean asks = "purge".equals(operation);
            long run = app.runs().create(app.request(operation, input, !asks), true);
            RunReport report = app.runs().work(run, new RunObserver() {}, new StopSignal());
            if (asks) {
                app.runs().approve(run, "bench");
                report = app.runs().work(run, new RunObserver() {}, new StopSignal());
            }
            peakHeap = Math.max(
                    peakHeap,
                    heap().stream()
                            .mapToLong(pool -> pool.getPeakUsage().getUsed())
                            .sum());
            assertThat(report.run().status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(report.items().done()).isEqualTo(assets);
            return run;
        }

        private static List<MemoryPoolMXBean> heap() {
            return ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .toList();
        }

        /** How many seconds a step of a run has taken. */
        double step(long run, String step) {
            return app.count("""
                            SELECT SUM(TIMESTAMPDIFF(MICROSECOND, s.START_TIME, s.END_TIME)) FROM BATCH_STEP_EXECUTION s
                            JOIN BATCH_JOB_EXECUTION_PARAMS p ON p.JOB_EXECUTION_ID = s.JOB_EXECUTION_ID
                            WHERE s.STEP_NAME = ? AND p.PARAMETER_VALUE = ?""", step, String.valueOf(run)) / 1e6;
        }
    }
}
