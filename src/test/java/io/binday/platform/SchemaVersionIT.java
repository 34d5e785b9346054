package io.binday.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binday.cli.LaterSchemaException;
import io.binday.cli.MigrationDueException;
import io.binday.testing.TestApplication;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaVersionIT {

    private final String url = TestApplication.h2("schema_version");

    @Test
    void isThatOfTheNewestMigration() {
        try (TestApplication app = TestApplication.on(url)) {
            MigrationInfo[] all = app.the(Flyway.class).info().all();

            assertThat(all[all.length - 1].getVersion()).hasToString(SchemaVersion.CURRENT);
        }
    }

    @Test
    void startsWithoutFlywayWhereNothingIsDue() {
        TestApplication.on(url).close();

        try (TestApplication app = TestApplication.on(url, "spring.flyway.enabled=false")) {
            assertThat(app.the(SchemaVersion.class)).isNotNull();
        }
    }

    @Test
    void refusesAnEmptyDatabase() {
        assertThatThrownBy(() -> TestApplication.on(url, "spring.flyway.enabled=false"))
                .hasRootCauseInstanceOf(MigrationDueException.class);
    }

    @Test
    void refusesADatabaseOfAnOlderVersion() {
        changeAfterwards("DELETE FROM binday_schema_history WHERE `version` = ?");

        assertThatThrownBy(() -> TestApplication.on(url, "spring.flyway.enabled=false"))
                .hasRootCauseInstanceOf(MigrationDueException.class);
    }

    @Test
    void refusesADatabaseWhereAMigrationWasInterrupted() {
        changeAfterwards("UPDATE binday_schema_history SET `success` = FALSE WHERE `version` = ?");

        assertThatThrownBy(() -> TestApplication.on(url, "spring.flyway.enabled=false"))
                .hasRootCauseInstanceOf(MigrationDueException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void refusesADatabaseOfALaterVersion(boolean flyway) {
        changeAfterwards(
                "INSERT INTO binday_schema_history SELECT 99, '99', `description`, `type`, `script`, `checksum`,"
                        + " `installed_by`, `installed_on`, `execution_time`, `success`"
                        + " FROM binday_schema_history WHERE `version` = ?");

        assertThatThrownBy(() -> TestApplication.on(url, "spring.flyway.enabled=" + flyway))
                .rootCause()
                .isInstanceOf(LaterSchemaException.class)
                .hasMessageContaining(
                        "schema version 99, made by a later Binday; this one knows %s. Nothing was done",
                        SchemaVersion.CURRENT);
    }

    private void changeAfterwards(String sql) {
        try (TestApplication app = TestApplication.on(url)) {
            assertThat(app.jdbc().update(sql, SchemaVersion.CURRENT)).isEqualTo(1);
        }
    }
}
