package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.audit.Audit;
import io.binday.input.InputSpec;
import io.binday.testing.MySqlServer;
import io.binday.testing.OnMySql;
import io.binday.testing.TestApplication;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Servers whose defaults would refuse some of our statements, from the first start on. */
@OnMySql
class UnusualServerIT {

    @Test
    void worksWhateverASessionStartsWith() {
        MySqlServer server = MySqlServer.launched();
        String url = server.url(server.freshSchema());
        for (String setting : List.of(
                "sql_safe_updates = 1",
                "completion_type = 2",
                "default_storage_engine = MyISAM",
                "innodb_file_per_table = OFF")) {
            OwnDatabase.execute(url, "SET GLOBAL " + setting);
        }

        try (TestApplication app = TestApplication.on(url).withSample(24)) {
            List<String> assets = app.jdbc().queryForList("SELECT uid FROM asset", String.class);

            assertThat(app.run("trash", new InputSpec.Ids(assets), true).items().done())
                    .isEqualTo(24);
            assertThat(app.run("restore", new InputSpec.Ids(assets), true)
                            .items()
                            .done())
                    .isEqualTo(24);
            assertThat(app.the(Audit.class).report(true).findings()).isEmpty();
            assertThat(app.jdbc()
                            .queryForList(
                                    "SELECT table_name FROM information_schema.tables"
                                            + " WHERE table_schema = DATABASE() AND engine <> 'InnoDB'",
                                    String.class))
                    .isEmpty();
        }
    }
}
