package io.binday.platform;

import io.binday.catalog.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.flywaydb.core.api.migration.Context;
import org.springframework.stereotype.Component;

/**
 * Tables that cost a chunk less, as version 9 of the schema. On MySQL a work item that becomes done keeps its length, so that its row
 * is changed where it stands: a quarter of the time. And indexes go that few queries need: what a run has trashed is found by its
 * events, the events of an asset by all runs, and the files of a run by their states. H2 keeps the events by asset, for it cannot
 * join without. Each change is looked for first, because an interrupted start may have made some.
 */
@Component
final class LeanTablesMigration extends RepeatableMigration {

    private static final Map<String, String> UNUSED = Map.of(
            "binday_trash_run", "binday_trash",
            "binday_purged_at", "binday_purged",
            "binday_binary_deletion_due", "binday_binary_deletion",
            "binday_binary_deletion_run", "binday_binary_deletion");

    private static final Map<String, String> UNUSED_ON_MYSQL = Map.of("binday_event_asset", "binday_event");

    private static final String FILES = "binday_binary_deletion_state";

    private final Dialect dialect;

    LeanTablesMigration(Dialect dialect) {
        super("9", "tables that cost less");
        this.dialect = dialect;
    }

    @Override
    public void migrate(Context context) throws Exception {
        Connection connection = context.getConnection();
        try (Statement statement = connection.createStatement()) {
            if (!hasIndex(connection, "binday_binary_deletion", FILES)) {
                statement.execute("CREATE INDEX " + FILES + " ON binday_binary_deletion (state, run_id)");
            }
            drop(UNUSED, connection, statement);
            if (dialect == Dialect.MYSQL) {
                drop(UNUSED_ON_MYSQL, connection, statement);
            }
            if (dialect == Dialect.MYSQL && changesLength(connection)) {
                statement.execute("UPDATE binday_work_item SET execution_id = 0 WHERE execution_id IS NULL");
                statement.execute("""
                        ALTER TABLE binday_work_item
                            MODIFY COLUMN state CHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
                            MODIFY COLUMN execution_id BIGINT NOT NULL DEFAULT 0""");
            }
        }
    }

    private void drop(Map<String, String> indexes, Connection connection, Statement statement) throws SQLException {
        for (Map.Entry<String, String> index : indexes.entrySet()) {
            if (hasIndex(connection, index.getValue(), index.getKey())) {
                String where = dialect == Dialect.MYSQL ? " ON " + index.getValue() : "";
                statement.execute("DROP INDEX " + index.getKey() + where);
            }
        }
    }

    private static boolean changesLength(Connection connection) throws SQLException {
        try (ResultSet column = connection
                .getMetaData()
                .getColumns(connection.getCatalog(), connection.getSchema(), "binday_work_item", "execution_id")) {
            return column.next() && "YES".equals(column.getString("IS_NULLABLE"));
        }
    }
}
