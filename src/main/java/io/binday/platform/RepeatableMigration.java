package io.binday.platform;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/** A version of the schema that is made by code, which an interrupted start may have to run again. */
abstract class RepeatableMigration implements JavaMigration {

    private final String version;
    private final String description;

    RepeatableMigration(String version, String description) {
        this.version = version;
        this.description = description;
    }

    @Override
    public final MigrationVersion getVersion() {
        return MigrationVersion.fromVersion(version);
    }

    @Override
    public final String getDescription() {
        return description;
    }

    @Override
    public final @Nullable Integer getChecksum() {
        return null;
    }

    static boolean hasIndex(Connection connection, String table, String name) throws SQLException {
        try (ResultSet found = connection
                .getMetaData()
                .getIndexInfo(connection.getCatalog(), connection.getSchema(), table, false, true)) {
            while (found.next()) {
                if (name.equalsIgnoreCase(found.getString("INDEX_NAME"))) {
                    return true;
                }
            }
            return false;
        }
    }

    /** What changes tables commits by itself in MySQL. */
    @Override
    public final boolean canExecuteInTransaction() {
        return false;
    }
}
