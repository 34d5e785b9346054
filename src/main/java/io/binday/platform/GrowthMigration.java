package io.binday.platform;

import io.binday.catalog.Dialect;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.api.migration.Context;
import org.springframework.stereotype.Component;

/**
 * Room for the tables of our own that runs add to, as version 11 of the schema (mirrors, of which there may be many, go without):
 * without it MySQL lets the file of a small table grow by little at a time, and a chunk waits for the disk each time. H2 has one
 * file, which grows otherwise.
 */
@Component
final class GrowthMigration extends RepeatableMigration {

    private static final List<String> GROWING =
            List.of("binday_work_item", "binday_trash", "binday_event", "binday_purged", "binday_binary_deletion");

    /** The smallest step there is, and the one in which large files grow anyway. MySQL knows it from 8.0.23 on. */
    private static final String STEP = "/*!80023 AUTOEXTEND_SIZE = 4M */";

    /** Of a table that shares the server's own file (ER_ILLEGAL_HA_CREATE_OPTION). */
    private static final int NO_FILE_OF_ITS_OWN = 1478;

    private final Dialect dialect;

    GrowthMigration(Dialect dialect) {
        super("11", "room for tables that grow");
        this.dialect = dialect;
    }

    @Override
    public void migrate(Context context) throws Exception {
        if (dialect != Dialect.MYSQL) {
            return;
        }
        try (Statement statement = context.getConnection().createStatement()) {
            for (String table : GROWING) {
                giveRoom(table, statement);
            }
        }
    }

    private static void giveRoom(String table, Statement statement) throws SQLException {
        try {
            statement.execute("ALTER TABLE " + table + " " + STEP);
        } catch (SQLException e) {
            if (e.getErrorCode() != NO_FILE_OF_ITS_OWN) {
                throw e;
            }
        }
    }
}
