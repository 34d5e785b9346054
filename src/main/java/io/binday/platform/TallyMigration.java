package io.binday.platform;

import io.binday.catalog.Dialect;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.flywaydb.core.api.migration.Context;
import org.springframework.stereotype.Component;

/**
 * Tallies by worker, as version 8 of the schema: workers that add to the same row would wait for each other's commits. Each
 * change is looked for first, because an interrupted start may have made some.
 */
@Component
final class TallyMigration extends RepeatableMigration {

    private static final String TABLE = "binday_tally";
    private static final String COLUMN = "worker";

    private final Dialect dialect;

    TallyMigration(Dialect dialect) {
        super("8", "tallies by worker");
        this.dialect = dialect;
    }

    @Override
    public void migrate(Context context) throws Exception {
        Connection connection = context.getConnection();
        try (Statement statement = connection.createStatement()) {
            DatabaseMetaData database = connection.getMetaData();
            if (!hasColumn(connection, database)) {
                statement.execute("ALTER TABLE binday_tally ADD COLUMN worker INT DEFAULT 0 NOT NULL");
            }
            Set<String> key = key(connection, database);
            if (!key.contains(COLUMN)) {
                for (String change : changes(!key.isEmpty())) {
                    statement.execute("ALTER TABLE binday_tally " + change);
                }
            }
        }
    }

    /** A server of MySQL may insist on a key at every moment, and H2 takes one change at a time. */
    private List<String> changes(boolean hasKey) {
        String add = "ADD PRIMARY KEY (run_id, name, worker)";
        if (!hasKey) {
            return List.of(add);
        }
        return dialect == Dialect.MYSQL ? List.of("DROP PRIMARY KEY, " + add) : List.of("DROP PRIMARY KEY", add);
    }

    private static boolean hasColumn(Connection connection, DatabaseMetaData database) throws SQLException {
        try (ResultSet found = database.getColumns(connection.getCatalog(), connection.getSchema(), TABLE, COLUMN)) {
            return found.next();
        }
    }

    private static Set<String> key(Connection connection, DatabaseMetaData database) throws SQLException {
        Set<String> columns = new HashSet<>();
        try (ResultSet found = database.getPrimaryKeys(connection.getCatalog(), connection.getSchema(), TABLE)) {
            while (found.next()) {
                columns.add(found.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
            }
        }
        return columns;
    }
}
