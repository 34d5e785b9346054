package io.binday.catalog;

import io.binday.catalog.TableShape.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** H2's {@code INFORMATION_SCHEMA}, in MySQL mode with lower-case names. */
final class H2Schema extends Schema {

    H2Schema(JdbcClient jdbc) {
        super(jdbc);
    }

    @Override
    String columnsSql() {
        return """
                SELECT column_name, data_type, character_maximum_length, numeric_precision, numeric_scale,
                       datetime_precision, is_generated
                FROM information_schema.columns
                WHERE table_schema = SCHEMA() AND table_name = ?
                ORDER BY ordinal_position""";
    }

    @Override
    String indexedSql() {
        return """
                SELECT DISTINCT column_name
                FROM information_schema.index_columns
                WHERE table_schema = SCHEMA() AND table_name = ? AND ordinal_position = 1
                ORDER BY column_name""";
    }

    @Override
    String uniqueSql() {
        return """
                SELECT MIN(c.column_name)
                FROM information_schema.index_columns c
                JOIN information_schema.indexes i
                  ON i.index_schema = c.index_schema AND i.index_name = c.index_name
                WHERE c.table_schema = SCHEMA() AND c.table_name = ?
                  AND i.index_type_name IN ('PRIMARY KEY', 'UNIQUE INDEX')
                GROUP BY c.index_name
                HAVING COUNT(*) = 1
                ORDER BY 1""";
    }

    @Override
    String transactionalSql() {
        return "SELECT TRUE FROM information_schema.tables WHERE table_schema = SCHEMA() AND table_name = ?";
    }

    @Override
    String foreignKeysSql() {
        return """
                SELECT fk.constraint_name, fk.table_name,
                       (SELECT LISTAGG(k.column_name, ',') WITHIN GROUP (ORDER BY k.ordinal_position)
                        FROM information_schema.key_column_usage k
                        WHERE k.constraint_schema = fk.constraint_schema AND k.constraint_name = fk.constraint_name),
                       (SELECT LISTAGG(k.column_name, ',') WITHIN GROUP (ORDER BY k.ordinal_position)
                        FROM information_schema.key_column_usage k
                        WHERE k.constraint_schema = target.constraint_schema
                          AND k.constraint_name = target.constraint_name),
                       r.delete_rule
                FROM information_schema.referential_constraints r
                JOIN information_schema.table_constraints fk
                  ON fk.constraint_schema = r.constraint_schema AND fk.constraint_name = r.constraint_name
                JOIN information_schema.table_constraints target
                  ON target.constraint_schema = r.unique_constraint_schema
                 AND target.constraint_name = r.unique_constraint_name
                WHERE target.table_schema = SCHEMA() AND target.table_name = ?
                ORDER BY fk.table_name, fk.constraint_name""";
    }

    @Override
    String dependenciesSql() {
        return """
                SELECT k.constraint_name, k.column_name, NULLIF(u.table_schema, SCHEMA()), u.table_name, u.column_name
                FROM information_schema.key_column_usage k
                JOIN information_schema.referential_constraints r
                  ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name
                JOIN information_schema.key_column_usage u
                  ON u.constraint_schema = r.unique_constraint_schema
                 AND u.constraint_name = r.unique_constraint_name
                 AND u.ordinal_position = k.position_in_unique_constraint
                WHERE k.table_schema = SCHEMA() AND k.table_name = ?
                ORDER BY k.constraint_name, k.ordinal_position""";
    }

    @Override
    Column column(ResultSet row, int number) throws SQLException {
        boolean generated = "ALWAYS".equals(row.getString(7));
        return new Column(row.getString(1), type(row), Optional.empty(), generated, true);
    }

    private static String type(ResultSet row) throws SQLException {
        String type = row.getString(2);
        return switch (type) {
            case "character varying", "character", "binary varying", "binary" -> type + "(" + row.getLong(3) + ")";
            case "numeric", "decimal" -> type + "(" + row.getLong(4) + ", " + row.getLong(5) + ")";
            case "timestamp", "time" -> type + "(" + row.getLong(6) + ")";
            case "timestamp with time zone" -> "timestamp(" + row.getLong(6) + ") with time zone";
            default -> type;
        };
    }
}
