package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.input.InputSpec;
import io.binday.testing.MySqlServer;
import io.binday.testing.OnMySql;
import io.binday.testing.TestApplication;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs of a version that did not tally items and rejects. */
@OnMySql
class EarlierTalliesIT {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void areCountedFromTheItemsWhenTheTablesAreBroughtUpToDate(boolean onMySql) {
        String url =
                onMySql ? MySqlServer.shared().url(MySqlServer.shared().freshSchema()) : TestApplication.h2("earlier");
        try (TestApplication app = TestApplication.on(url).withSample(30)) {
            List<String> values = app.jdbc().queryForList("SELECT uid FROM asset ORDER BY uid LIMIT 3", String.class);
            values.add("unknown");
            long plan = app.runs().create(app.request("trash", new InputSpec.Ids(values), false), true);
            app.work(plan);
            app.jdbc().update("DELETE FROM binday_tally WHERE name IN ('items', 'rejected')");
            app.jdbc().update("DELETE FROM binday_schema_history WHERE CAST(`version` AS SIGNED) >= 10");
        }

        try (TestApplication app = TestApplication.on(url)) {
            app.runs().approve(1, "tester");
            RunReport report = app.work(1);

            assertThat(report.run().status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(app.count("SELECT SUM(amount) FROM binday_tally WHERE name = 'items'"))
                    .isEqualTo(4);
            assertThat(app.count("SELECT SUM(amount) FROM binday_tally WHERE name = 'rejected'"))
                    .isEqualTo(1);
        }
    }
}
