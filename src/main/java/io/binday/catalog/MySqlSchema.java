package io.binday.catalog;

import io.binday.catalog.TableShape.Collation;
import io.binday.catalog.TableShape.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** MySQL's {@code information_schema}. */
final class MySqlSchema extends Schema {

    MySqlSchema(JdbcClient jdbc) {
        super(jdbc);
    }

    @Override
    String columnsSql() {
        return """
                SELECT column_name, column_type, character_set_name, collation_name, generation_expression
                FROM information_schema.columns
                WHERE table_schema = DATABASE() AND table_name = ?
                ORDER BY ordinal_position""";
    }

    @Override
    String indexedSql() {
        return """
                SELECT DISTINCT column_name
                FROM information_schema.statistics
                WHERE table_schema = DATABASE() AND table_name = ? AND seq_in_index = 1
                  AND column_name IS NOT NULL
                ORDER BY column_name""";
    }

    @Override
    String transactionalSql() {
        return """
                SELECT t.engine = 'InnoDB'
                FROM information_schema.tables t
                WHERE t.table_schema = DATABASE() AND t.table_name = ?""";
    }

    @Override
    String foreignKeysSql() {
        return """
                SELECT constraint_name,
                       CASE WHEN constraint_schema = DATABASE() THEN table_name
                            ELSE CONCAT(constraint_schema, '.', table_name) END,
                       delete_rule
                FROM information_schema.referential_constraints
                WHERE unique_constraint_schema = DATABASE() AND referenced_table_name = ?
                ORDER BY constraint_schema, table_name, constraint_name""";
    }

    @Override
    Column column(ResultSet row, int number) throws SQLException {
        String characterSet = row.getString(3);
        String type = row.getString(2);
        if (characterSet == null) {
            return new Column(row.getString(1), type, Optional.empty(), isGenerated(row));
        }
        Collation collation = new Collation(characterSet, row.getString(4));
        String full = type + " CHARACTER SET " + characterSet + " COLLATE " + collation.name();
        return new Column(row.getString(1), full, Optional.of(collation), isGenerated(row));
    }

    private static boolean isGenerated(ResultSet row) throws SQLException {
        String expression = row.getString(5);
        return expression != null && !expression.isEmpty();
    }
}
