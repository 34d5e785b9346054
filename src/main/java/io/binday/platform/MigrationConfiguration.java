package io.binday.platform;

import io.binday.catalog.Dialect;
import io.binday.cli.MigrationFailedException;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the schema of Binday's own tables is brought up to date. */
@Configuration(proxyBeanMethods = false)
class MigrationConfiguration {

    @Bean
    FlywayConfigurationCustomizer placeholders(Dialect dialect) {
        String index = dialect == Dialect.H2 ? ", KEY binday_work_item_asset (run_id, asset_id)" : "";
        return configuration -> configuration.placeholders(Map.of("workItemIndex", index));
    }

    /**
     * A start that was interrupted while it created tables leaves a migration marked as failed; every migration can be
     * repeated, so the mark is removed and it is.
     */
    @Bean
    FlywayMigrationStrategy repeatInterruptedMigrations() {
        return flyway -> {
            // Where there is no database at all, this fails first.
            List<MigrationInfo> all = List.of(flyway.info().all());
            all.stream().map(MigrationInfo::getVersion).forEach(SchemaVersion::requireKnown);
            try {
                if (all.stream().anyMatch(migration -> migration.getState().isFailed())) {
                    flyway.repair();
                }
                flyway.migrate();
            } catch (FlywayException e) {
                throw new MigrationFailedException(SchemaVersion.CURRENT, e);
            }
        };
    }
}
