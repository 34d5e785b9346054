package io.binday.bench;

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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Trashes, restores and purges every asset of a big stack with the built jar, as an operator does, in a heap of 128 MB. Start it
 * with {@code mvn verify -Pbench -Dit.test=MillionBench -Dbinday.bench.million=1000000}; it takes a quarter of an hour or more.
 */
@OnMySql
@EnabledIfSystemProperty(named = MillionBench.ASSETS, matches = "\\d+", disabledReason = "it takes long")
class MillionBench {

    static final String ASSETS = "binday.bench.million";

    @TempDir
    private Path folder;

    @Test
    void doesAMillionAssetsInAHeapOf128Megabytes() throws SQLException, IOException {
        int assets = Integer.getInteger(ASSETS);
        MySqlServer server = MySqlServer.shared();
        String schema = server.freshSchema();
        Product product = new Product(assets, server, schema, folder, "-Xmx128m", "-XX:+ExitOnOutOfMemoryError");
        try (Connection connection = DriverManager.getConnection(server.url(schema));
                Statement sql = connection.createStatement()) {
            BenchStack stack = new BenchStack(assets, sql);
            try (TestApplication app = TestApplication.on(server.url(schema))) {
                stack.create(connection);
                app.the(CatalogInstall.class).install();
                BenchStack.writeIds(app, folder);
            }
            stack.refill();

            JsonNode trashed = tell(assets, product.trash("all.csv"));
            stack.requireLive(false);
            tell(assets, product.restore(trashed));
            stack.requireLive(true);
            stack.fillTrash();
            tell(assets, product.purge());
            stack.requireLive(false);
        }
    }

    private static JsonNode tell(int assets, JsonNode run) {
        String operation = run.get("operation").asString();
        for (String step : List.of("stage", "approve", "apply", "reconcile")) {
            double seconds = Product.seconds(run, step);
            System.out.printf(
                    "%s of %,d assets, %s: %.1f s, %.0f µs each%n",
                    operation, assets, step, seconds, seconds * 1e6 / assets);
        }
        return run;
    }
}
