package io.binday.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.testing.MySqlServer;
import io.binday.testing.OnMySql;
import io.binday.testing.TestApplication;
import org.junit.jupiter.api.Test;

/** How the files of the tables grow that runs add to. */
@OnMySql
class GrowthIT {

    private final MySqlServer server = MySqlServer.shared();
    private final String url = server.url(server.freshSchema());

    @Test
    void filesGrowInLargeStepsFromTheFirstRunOnAndAfterAnUpgrade() {
        try (TestApplication app = TestApplication.on(url)) {
            assertThat(grownInLargeSteps(app)).isEqualTo(5);

            app.jdbc().execute("ALTER TABLE binday_event AUTOEXTEND_SIZE = 0");
            app.jdbc().update("DELETE FROM binday_schema_history WHERE `version` = '11'");
            assertThat(grownInLargeSteps(app)).isEqualTo(4);
        }

        try (TestApplication app = TestApplication.on(url)) {
            assertThat(grownInLargeSteps(app)).isEqualTo(5);
        }
    }

    private static long grownInLargeSteps(TestApplication app) {
        return app.count("SELECT COUNT(*) FROM information_schema.innodb_tablespaces"
                + " WHERE name LIKE CONCAT(DATABASE(), '/binday%') AND autoextend_size = 4194304");
    }
}
