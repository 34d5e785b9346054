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
 * is changed where it stands: a quarter of the time. And indexes go that no query needs: what a run has trashed is found by its
 * events. Each change is looked for first, because an interrupted start may have made some.
 */
@Component
final class LeanTablesMigration extends RepeatableMigration {

    private static final Map<String, String> UNUSED =
            Map.of("binday_trash_run", "binday_trash", "binday_purged_at", "binday_purged");

    private final Dialect dialect;

    LeanTablesMigration(Dialect dialect) {
        super("9", "tables that cost less");
        this.dialect = dialect;
    }

    @Override
    public void migrate(Context context) throws Exception {
        Connection connection = context.getConnection();
        try (Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> index : UNUSED.entrySet()) {
                if (hasIndex(connection, index.getValue(), index.getKey())) {
                    String where = dialect == Dialect.MYSQL ? " ON " + index.getValue() : "";
                    statement.execute("DROP INDEX " + index.getKey() + where);
                }
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

    private static boolean changesLength(Connection connection) throws SQLException {
        try (ResultSet column = connection
                .getMetaData()
                .getColumns(connection.getCatalog(), connection.getSchema(), "binday_work_item", "execution_id")) {
            return column.next() && "YES".equals(column.getString("IS_NULLABLE"));
        }
    }
}
