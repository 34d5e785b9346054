package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.input.InputSpec;
import io.binday.testing.MySqlServer;
import io.binday.testing.OnMySql;
import io.binday.testing.TestApplication;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a run of 200 assets reads, by the server's own counters, does not depend on how many others there are. */
@OnMySql
class RowsReadIT {

    private static final int ASSETS = 200;

    /** How much more a run may read beside eight times as many assets. */
    private static final double TOLERANCE = 1.25;

    @Test
    void readsNoMoreRowsOfAnAssetBesideMany() {
        Map<String, Double> few = rowsPerAsset(500, 0);
        Map<String, Double> many = rowsPerAsset(4_000, 3_000);

        System.out.println("Rows examined for an asset: beside few others " + few + ", beside many " + many);
        assertThat(few).containsOnlyKeys("trash", "restore", "purge").allSatisfy((operation, rows) -> {
            assertThat(rows).as(operation).isGreaterThan(10);
            assertThat(many.get(operation)).as(operation).isLessThan(rows * TOLERANCE);
        });
    }

    /** With so many assets, of which so many are in the trash before. */
    private static Map<String, Double> rowsPerAsset(int all, int trashedBefore) {
        MySqlServer server = MySqlServer.shared();
        try (TestApplication app =
                TestApplication.on(server.url(server.migratedSchema())).withSample(all)) {
            List<String> assets = app.jdbc().queryForList("SELECT uid FROM asset ORDER BY title", String.class);
            if (trashedBefore > 0) {
                run(app, "trash", new InputSpec.Ids(assets.subList(ASSETS, ASSETS + trashedBefore)));
            }
            List<String> some = assets.subList(0, ASSETS);
            Map<String, Double> rows = new LinkedHashMap<>();
            rows.put("trash", rows(app, "trash", new InputSpec.Ids(some)));
            rows.put("restore", rows(app, "restore", new InputSpec.Ids(some)));
            long again = run(app, "trash", new InputSpec.Ids(some));
            app.jdbc().update("UPDATE binday_trash SET trashed_at = '2026-01-02' WHERE run_id = ?", again);
            rows.put("purge", rows(app, "purge", new InputSpec.Expired(Instant.parse("2026-02-01T00:00:00Z"))));
            return rows;
        }
    }

    private static double rows(TestApplication app, String operation, InputSpec input) {
        app.jdbc().execute("TRUNCATE performance_schema.events_statements_summary_by_digest");
        long before = examined(app);
        run(app, operation, input);
        return (examined(app) - before) / (double) ASSETS;
    }

    /** Not those of the server's own catalog, which grows with the databases of other tests. */
    private static long examined(TestApplication app) {
        return app.count("SELECT COALESCE(SUM(SUM_ROWS_EXAMINED), 0)"
                + " FROM performance_schema.events_statements_summary_by_digest"
                + " WHERE SCHEMA_NAME = DATABASE() AND DIGEST_TEXT NOT LIKE '%information_schema%'");
    }

    private static long run(TestApplication app, String operation, InputSpec input) {
        boolean asks = "purge".equals(operation);
        long run = app.runs().create(app.request(operation, input, !asks), true);
        RunReport report = app.work(run);
        if (asks) {
            app.runs().approve(run, "tester");
            report = app.work(run);
        }
        assertThat(report.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(report.items().done()).isPositive();
        return run;
    }
}
