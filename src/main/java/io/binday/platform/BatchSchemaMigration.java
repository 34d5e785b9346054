package io.binday.platform;

import io.binday.catalog.Dialect;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.springframework.stereotype.Component;

/** Creates Spring Batch's tables from the script inside its jar, as version 1 of the schema. */
@Component
class BatchSchemaMigration implements JavaMigration {

    private final Dialect dialect;

    BatchSchemaMigration(Dialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public void migrate(Context context) {
        String script = dialect == Dialect.MYSQL ? "schema-mysql.sql" : "schema-h2.sql";
        ScriptUtils.executeSqlScript(
                context.getConnection(), new ClassPathResource("org/springframework/batch/core/" + script));
    }

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("1");
    }

    @Override
    public String getDescription() {
        return "spring batch";
    }

    @Override
    public @Nullable Integer getChecksum() {
        return null;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return false;
    }
}
