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
                SELECT column_name, column_type, character_set_name, collation_name, generation_expression, extra
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
    String uniqueSql() {
        return """
                SELECT MIN(column_name)
                FROM information_schema.statistics
                WHERE table_schema = DATABASE() AND table_name = ? AND non_unique = 0
                GROUP BY index_name
                HAVING COUNT(*) = 1 AND COUNT(sub_part) = 0 AND COUNT(column_name) = 1
                ORDER BY 1""";
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
                SELECT r.constraint_name,
                       CASE WHEN r.constraint_schema = DATABASE() THEN r.table_name
                            ELSE CONCAT(r.constraint_schema, '.', r.table_name) END,
                       GROUP_CONCAT(k.column_name ORDER BY k.ordinal_position),
                       GROUP_CONCAT(k.referenced_column_name ORDER BY k.ordinal_position),
                       r.delete_rule
                FROM information_schema.referential_constraints r
                JOIN information_schema.key_column_usage k
                  ON k.constraint_schema = r.constraint_schema AND k.constraint_name = r.constraint_name
                 AND k.table_name = r.table_name
                WHERE r.unique_constraint_schema = DATABASE() AND r.referenced_table_name = ?
                GROUP BY r.constraint_schema, r.table_name, r.constraint_name, r.delete_rule
                ORDER BY r.constraint_schema, r.table_name, r.constraint_name""";
    }

    @Override
    String dependenciesSql() {
        return """
                SELECT constraint_name, column_name, NULLIF(referenced_table_schema, DATABASE()),
                       referenced_table_name, referenced_column_name
                FROM information_schema.key_column_usage
                WHERE table_schema = DATABASE() AND table_name = ? AND referenced_table_name IS NOT NULL
                ORDER BY constraint_name, ordinal_position""";
    }

    @Override
    Column column(ResultSet row, int number) throws SQLException {
        String characterSet = row.getString(3);
        String type = row.getString(2);
        if (characterSet == null) {
            return new Column(row.getString(1), type, Optional.empty(), isGenerated(row), isVisible(row));
        }
        Collation collation = new Collation(characterSet, row.getString(4));
        String full = type + " CHARACTER SET " + characterSet + " COLLATE " + collation.name();
        return new Column(row.getString(1), full, Optional.of(collation), isGenerated(row), isVisible(row));
    }

    private static boolean isVisible(ResultSet row) throws SQLException {
        return !row.getString(6).contains("INVISIBLE");
    }

    private static boolean isGenerated(ResultSet row) throws SQLException {
        String expression = row.getString(5);
        return expression != null && !expression.isEmpty();
    }
}
