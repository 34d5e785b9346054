package io.binday.platform;

import io.binday.catalog.Dialect;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.migration.Context;
import org.springframework.stereotype.Component;

/**
 * The indexes that keep looking at runs fast when there are 100,000 of them, as version 7 of the schema. An index cannot be
 * made conditionally in MySQL, so each is looked for first: an interrupted start may have made some.
 */
@Component
final class IndexMigration extends RepeatableMigration {

    private static final List<Index> INDEXES = List.of(
            new Index("binday_run", "binday_run_status", "status, run_id"),
            new Index("binday_run", "binday_run_operation", "operation, status, finished_at"),
            new Index("binday_run", "binday_run_job", "job_name, run_id"),
            new Index("binday_run", "binday_run_who", "requested_by, run_id"),
            new Index("binday_run", "binday_run_requested", "requested_at"),
            new Index("BATCH_JOB_EXECUTION", "binday_execution_status", "STATUS"));
    private static final String PARAMETER = "binday_execution_parameter";

    private final Dialect dialect;

    IndexMigration(Dialect dialect) {
        super("7", "indexes of runs");
        this.dialect = dialect;
    }

    private record Index(String table, String name, String columns) {}

    @Override
    public void migrate(Context context) throws Exception {
        Connection connection = context.getConnection();
        try (Statement statement = connection.createStatement()) {
            List<Index> all = new ArrayList<>(INDEXES);
            // The value is too long for an index of MySQL, and H2 knows no prefixes.
            String value = dialect == Dialect.MYSQL ? "PARAMETER_VALUE(32)" : "PARAMETER_VALUE";
            all.add(new Index("BATCH_JOB_EXECUTION_PARAMS", PARAMETER, "PARAMETER_NAME, " + value));
            for (Index index : all) {
                if (!hasIndex(connection, index.table, index.name)) {
                    statement.execute("CREATE INDEX %s ON %s (%s)".formatted(index.name, index.table, index.columns));
                }
            }
        }
    }
}
