package io.binday.platform;

import io.binday.cli.MigrationDueException;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
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
    static final String CURRENT = "9";

    /**
     * Looks at Flyway's table.
     *
     * @throws MigrationDueException when the last migration is missing, or one has failed
     */
    SchemaVersion(DataSource dataSource, @Value("${spring.flyway.table}") String history) throws SQLException {
        // Fails here when there is no database at all.
        dataSource.getConnection().close();
        if (!isCurrent(new JdbcTemplate(dataSource), history)) {
            throw new MigrationDueException(CURRENT);
        }
    }

    private static boolean isCurrent(JdbcTemplate jdbc, String history) {
        try {
            List<Boolean> successes = jdbc.queryForList(
                    "SELECT `success` FROM `%s` WHERE `version` = ? OR NOT `success`".formatted(history),
                    Boolean.class,
                    CURRENT);
            return successes.equals(List.of(true));
        } catch (BadSqlGrammarException e) {
            return false;
        }
    }
}
