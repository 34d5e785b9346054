package io.binday.platform;

import io.binday.cli.LaterSchemaException;
import io.binday.cli.MigrationDueException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Whether Binday's own tables are those that this version needs. Flyway takes a second to find that out, at every start;
 * so a start without it asks here first.
 */
@Component
@Lazy(false)
@ConditionalOnProperty(name = "spring.flyway.enabled", havingValue = "false")
final class SchemaVersion {

    /** The newest of the migrations. */
    static final String CURRENT = "11";

    /**
     * Looks at Flyway's table.
     *
     * @throws MigrationDueException when the last migration is missing, or one has failed
     * @throws LaterSchemaException when a later version of this program has added migrations
     */
    SchemaVersion(DataSource dataSource, @Value("${spring.flyway.table}") String history) throws SQLException {
        // Fails here when there is no database at all.
        dataSource.getConnection().close();
        if (!isCurrent(new JdbcTemplate(dataSource), history)) {
            throw new MigrationDueException(CURRENT);
        }
    }

    /** Refuses what a later version of this program has made. */
    static void requireKnown(MigrationVersion found) {
        if (found.isNewerThan(CURRENT)) {
            throw new LaterSchemaException(found.getVersion(), CURRENT);
        }
    }

    private static boolean isCurrent(JdbcTemplate jdbc, String history) {
        try {
            Map<String, Boolean> successes = new HashMap<>();
            jdbc.query("SELECT `version`, `success` FROM `%s` WHERE `version` IS NOT NULL".formatted(history), rs -> {
                successes.put(rs.getString(1), rs.getBoolean(2));
            });
            successes.keySet().stream().map(MigrationVersion::fromVersion).forEach(SchemaVersion::requireKnown);
            return !successes.containsValue(false) && successes.containsKey(CURRENT);
        } catch (BadSqlGrammarException e) {
            return false;
        }
    }
}
