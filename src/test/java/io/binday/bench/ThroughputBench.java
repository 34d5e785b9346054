package io.binday.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.bench.BenchReport.Round;
import io.binday.catalog.CatalogInstall;
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
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Measures the built jar at its default settings against the server itself, in turn in one run: trash, restore and purge
 * against {@link Floor}, staging a CSV file against {@code LOAD DATA} of the same file. Start it with {@code mvn verify
 * -Pbench}; it judges nothing.
 */
@OnMySql
class ThroughputBench {

    private static final String SIZES = System.getProperty("binday.bench.sizes", "10000,100000,300000");
    private static final int ROUNDS = Integer.getInteger("binday.bench.rounds", 4);

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
        String schema = server.freshSchema();
        String url = server.url(schema) + "&allowLoadLocalInfile=true";
        try (Connection connection = DriverManager.getConnection(url);
                Statement sql = connection.createStatement();
                TestApplication app = TestApplication.on(url)) {
            BenchStack stack = new BenchStack(assets, sql);
            stack.create(connection);
            app.the(CatalogInstall.class).install();
            Path csv = BenchStack.writeIds(app, folder);
            Floor floor = new Floor(sql);
            Product product = new Product(assets, server, schema, folder);
            Map<What, List<Round>> rounds = new EnumMap<>(What.class);
            List<Round> archived = new ArrayList<>();
            for (int round = 1; round <= ROUNDS; round++) {
                boolean productFirst = round % 2 == 0;
                Map<What, Double> others = productFirst ? Map.of() : floor(stack, floor, csv, sql);
                Map<What, Double> own = product(stack, product, sql);
                long peakHeap = product.peakHeap();
                others = productFirst ? floor(stack, floor, csv, sql) : others;
                if (Archiver.isInstalled()) {
                    stack.fillTrash();
                    double seconds = Archiver.seconds(url);
                    assertThat(app.count("SELECT COUNT(*) FROM binday_trash")).isZero();
                    // It removes one row of an asset, and a purge removes all.
                    archived.add(new Round(
                            seconds * BenchStack.ROWS_OF_AN_ASSET, own.getOrDefault(What.PURGE, 0.0), peakHeap));
                }
                for (What what : What.values()) {
                    Round found = new Round(others.getOrDefault(what, 0.0), own.getOrDefault(what, 0.0), peakHeap);
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
        stack.settle();
        seconds.put(What.TRASH, floor.seconds("trash"));
        stack.requireLive(false);
        stack.settle();
        seconds.put(What.RESTORE, floor.seconds("restore"));
        stack.requireLive(true);
        stack.fillTrash();
        stack.settle();
        seconds.put(What.PURGE, floor.seconds("purge"));
        return seconds;
    }

    private static Map<What, Double> product(BenchStack stack, Product product, Statement sql)
            throws SQLException, IOException {
        Map<What, Double> seconds = new EnumMap<>(What.class);
        stack.refill();
        stack.settle();
        JsonNode trashed = product.trash("all.csv");
        seconds.put(What.STAGING, Product.seconds(trashed, "stage"));
        seconds.put(What.TRASH, Product.seconds(trashed, "apply"));
        stack.requireLive(false);
        stack.settle();
        seconds.put(What.RESTORE, Product.seconds(product.restore(trashed), "apply"));
        stack.requireLive(true);
        stack.fillTrash();
        stack.settle();
        seconds.put(What.PURGE, Product.seconds(product.purge(), "apply"));
        sql.execute("TRUNCATE binday_work_item");
        return seconds;
    }
}
