package io.binday.platform;

import io.binday.catalog.Dialect;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.EncodedResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.springframework.stereotype.Component;

/**
 * Creates Spring Batch's tables from the script inside its jar, as version 1 of the schema. DDL cannot be rolled back, so
 * what an interrupted start has created already is left as it is, and in the end all of it must be there.
 */
@Component
class BatchSchemaMigration implements JavaMigration {

    private static final List<String> TABLES = List.of(
            "BATCH_JOB_INSTANCE",
            "BATCH_JOB_EXECUTION",
            "BATCH_JOB_EXECUTION_PARAMS",
            "BATCH_JOB_EXECUTION_CONTEXT",
            "BATCH_STEP_EXECUTION",
            "BATCH_STEP_EXECUTION_CONTEXT");

    private final Dialect dialect;

    BatchSchemaMigration(Dialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        String script = dialect == Dialect.MYSQL ? "schema-mysql.sql" : "schema-h2.sql";
        ScriptUtils.executeSqlScript(
                context.getConnection(),
                new EncodedResource(new ClassPathResource("org/springframework/batch/core/" + script)),
                true,
                true,
                ScriptUtils.DEFAULT_COMMENT_PREFIX,
                ScriptUtils.DEFAULT_STATEMENT_SEPARATOR,
                ScriptUtils.DEFAULT_BLOCK_COMMENT_START_DELIMITER,
                ScriptUtils.DEFAULT_BLOCK_COMMENT_END_DELIMITER);
        try (Statement statement = context.getConnection().createStatement()) {
            for (String table : TABLES) {
                statement.execute("SELECT 1 FROM " + table + " LIMIT 1");
            }
        }
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
