package io.binday.platform;

import io.binday.catalog.Dialect;
import java.util.List;
import org.springframework.stereotype.Component;

/** Spring Batch's tables, as version 1 of the schema. */
@Component
class BatchSchemaMigration extends JarScriptMigration {

    BatchSchemaMigration(Dialect dialect) {
        super("1", "spring batch", dialect);
    }

    @Override
    String script(Dialect of) {
        return "org/springframework/batch/core/" + (of == Dialect.MYSQL ? "schema-mysql.sql" : "schema-h2.sql");
    }

    @Override
    List<String> tables() {
        return List.of(
                "BATCH_JOB_INSTANCE",
                "BATCH_JOB_EXECUTION",
                "BATCH_JOB_EXECUTION_PARAMS",
                "BATCH_JOB_EXECUTION_CONTEXT",
                "BATCH_STEP_EXECUTION",
                "BATCH_STEP_EXECUTION_CONTEXT");
    }
}
