package io.binday.catalog;

import io.binday.catalog.TableShape.Collation;
import io.binday.catalog.TableShape.Column;
import io.binday.catalog.TableShape.Trait;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** H2's {@code INFORMATION_SCHEMA}, in MySQL mode with lower-case names. */
final class H2Schema extends Schema {

    private static final String FOREIGN_KEYS = """
            SELECT k.constraint_name, NULLIF(k.table_schema, CURRENT), k.table_name, k.column_name,
                   NULLIF(u.table_schema, CURRENT), u.table_name, u.column_name, r.delete_rule
            FROM information_schema.key_column_usage k
            JOIN information_schema.referential_constraints r
              ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name
            JOIN information_schema.key_column_usage u
              ON u.constraint_schema = r.unique_constraint_schema
             AND u.constraint_name = r.unique_constraint_name
             AND u.ordinal_position = k.position_in_unique_constraint
            WHERE %s
            ORDER BY k.table_name, k.constraint_name, k.ordinal_position""";

    H2Schema(JdbcClient jdbc) {
        super(jdbc);
    }

    @Override
    String currentSql() {
        return "SCHEMA()";
    }

    @Override
    String columnsSql() {
        return """
                SELECT column_name, data_type, character_maximum_length, numeric_precision, numeric_scale,
                       datetime_precision, is_generated, is_nullable, is_identity
                FROM information_schema.columns
                WHERE table_schema = COALESCE(?, CURRENT) AND table_name = ?
                ORDER BY ordinal_position""";
    }

    @Override
    String indexesSql() {
        return """
                SELECT c.index_name, c.column_name, i.index_type_name IN ('PRIMARY KEY', 'UNIQUE INDEX'),
                       i.index_type_name = 'PRIMARY KEY', FALSE, TRUE
                FROM information_schema.index_columns c
                JOIN information_schema.indexes i
                  ON i.index_schema = c.index_schema AND i.index_name = c.index_name
                WHERE c.table_schema = COALESCE(?, CURRENT) AND c.table_name = ?
                ORDER BY c.index_name, c.ordinal_position""";
    }

    @Override
    String transactionalSql() {
        return "SELECT TRUE FROM information_schema.tables WHERE table_schema = COALESCE(?, CURRENT) AND table_name = ?";
    }

    @Override
    String triggersSql() {
        return """
                SELECT trigger_name, event_manipulation
                FROM information_schema.triggers
                WHERE event_object_schema = COALESCE(?, CURRENT) AND event_object_table = ?
                ORDER BY trigger_name""";
    }

    /** None is known that does so unless it is told to. */
    @Override
    List<String> computedInAZone(TableName table) {
        return List.of();
    }

    @Override
    boolean limitsRows() {
        return false;
    }

    @Override
    String foreignKeysToSql() {
        return FOREIGN_KEYS.formatted("u.table_schema = COALESCE(?, CURRENT) AND u.table_name = ?");
    }

    @Override
    String foreignKeysOfSql() {
        return FOREIGN_KEYS.formatted("k.table_schema = COALESCE(?, CURRENT) AND k.table_name = ?");
    }

    @Override
    Column column(ResultSet row, int number) throws SQLException {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        if ("ALWAYS".equals(row.getString(7))) {
            traits.add(Trait.GENERATED);
        }
        if ("YES".equals(row.getString(8))) {
            traits.add(Trait.NULLABLE);
        }
        if ("YES".equals(row.getString(9))) {
            traits.add(Trait.NUMBERED);
        }
        return new Column(row.getString(1), type(row), Optional.empty(), traits);
    }

    /** Every text is kept in Unicode. */
    @Override
    boolean holds(String characterSet, String text) {
        return true;
    }

    /** Texts compare alike in the whole database. */
    @Override
    Optional<String> definition(TableName table, Column column, Collation collation) {
        return Optional.empty();
    }

    @Override
    Optional<String> whenMissing(TableName table, Column column) {
        return about("""
                        SELECT column_default FROM information_schema.columns
                        WHERE table_schema = COALESCE(?, CURRENT) AND table_name = ? AND column_name = ?""", table)
                .param(3, column.name())
                .query((row, number) -> Optional.ofNullable(row.getString(1)))
                .single();
    }

    private static String type(ResultSet row) throws SQLException {
        String type = row.getString(2);
        return switch (type) {
            case "character varying", "character", "binary varying", "binary" -> type + "(" + row.getLong(3) + ")";
            case "numeric", "decimal" -> type + "(" + row.getLong(4) + ", " + row.getLong(5) + ")";
            case "timestamp", "time" -> type + "(" + row.getLong(6) + ")";
            case "timestamp with time zone", "time with time zone" ->
                type.replaceFirst(" ", "(" + row.getLong(6) + ") ");
            default -> type;
        };
    }
}
