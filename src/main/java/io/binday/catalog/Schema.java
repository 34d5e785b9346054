package io.binday.catalog;

import io.binday.catalog.TableShape.Collation;
import io.binday.catalog.TableShape.Column;
import io.binday.catalog.TableShape.Keys;
import io.binday.catalog.TableShape.Trigger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the database's own description of tables; reads only. The first parameter of each query is the schema, null for
 * the current one, and the second the table's name.
 */
abstract class Schema {

    final JdbcClient jdbc;

    Schema(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    static Schema of(Dialect dialect, JdbcClient jdbc) {
        return switch (dialect) {
            case MYSQL -> new MySqlSchema(jdbc);
            case H2 -> new H2Schema(jdbc);
        };
    }

    /** A table, if it is there. */
    final Optional<TableShape> table(TableName name) {
        List<Column> columns = about(columnsSql(), name).query(this::column).list();
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        boolean transactional =
                about(transactionalSql(), name).query(Boolean.class).optional().orElse(false);
        List<Trigger> triggers = about(triggersSql(), name)
                .query((rs, row) -> new Trigger(rs.getString(1), rs.getString(2)))
                .list();
        return Optional.of(new TableShape(name, columns, transactional, keys(name), triggers));
    }

    private Keys keys(TableName table) {
        Map<String, List<IndexPart>> indexes = about(indexesSql(), table)
                .query((rs, row) -> new IndexPart(
                        rs.getString(1),
                        rs.getString(2),
                        rs.getBoolean(3),
                        rs.getBoolean(4),
                        rs.getBoolean(5),
                        rs.getBoolean(6)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(IndexPart::index, LinkedHashMap::new, Collectors.toList()));
        List<String> primary = new ArrayList<>();
        Set<String> indexed = new HashSet<>();
        Set<List<String>> unique = new LinkedHashSet<>();
        for (List<IndexPart> parts : indexes.values()) {
            IndexPart first = parts.get(0);
            List<String> columns = parts.stream()
                    .flatMap(part -> Optional.ofNullable(part.column).stream())
                    .toList();
            if (columns.size() < parts.size()) {
                continue;
            }
            if (first.usable) {
                indexed.add(columns.get(0));
            }
            if (first.unique && parts.stream().noneMatch(IndexPart::partial)) {
                unique.add(columns);
            }
            if (first.primary) {
                primary.addAll(columns);
            }
        }
        return new Keys(primary, indexed, unique);
    }

    /** One column of an index; an index on an expression has none. */
    private record IndexPart(
            String index, @Nullable String column, boolean unique, boolean primary, boolean partial, boolean usable) {}

    /** Every foreign key that points at a table, from any schema this user may see. */
    final List<ForeignKey> foreignKeysTo(TableName table) {
        return foreignKeys(foreignKeysToSql(), table);
    }

    /** The foreign keys of a table. */
    final List<ForeignKey> foreignKeysOf(TableName table) {
        return foreignKeys(foreignKeysOfSql(), table);
    }

    private List<ForeignKey> foreignKeys(String sql, TableName table) {
        Map<String, List<KeyPart>> parts = about(sql, table)
                .query((rs, row) -> new KeyPart(
                        rs.getString(1),
                        name(rs.getString(2), rs.getString(3)),
                        rs.getString(4),
                        name(rs.getString(5), rs.getString(6)),
                        rs.getString(7),
                        rs.getString(8)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        part -> part.table + "\n" + part.name, LinkedHashMap::new, Collectors.toList()));
        return parts.values().stream().map(KeyPart::join).toList();
    }

    private static TableName name(@Nullable String schema, String table) {
        return new TableName(Optional.ofNullable(schema), table);
    }

    /** One column of a foreign key. */
    private record KeyPart(
            String name, TableName table, String column, TableName referenced, String key, String onDelete) {

        static ForeignKey join(List<KeyPart> parts) {
            KeyPart first = parts.get(0);
            return new ForeignKey(
                    first.name,
                    first.table,
                    parts.stream().map(KeyPart::column).toList(),
                    first.referenced,
                    parts.stream().map(KeyPart::key).toList(),
                    first.onDelete);
        }
    }

    /** The tables of the current schema, by name. */
    final List<String> tables() {
        return tables(Optional.empty());
    }

    /** The tables of a schema, the current one unless another is named, by name. */
    final List<String> tables(Optional<String> schema) {
        return jdbc.sql("""
                        SELECT table_name FROM information_schema.tables
                        WHERE table_schema = COALESCE(?, %s) AND table_type = 'BASE TABLE' ORDER BY table_name""".formatted(currentSql()))
                .param(schema.orElse(null))
                .query(String.class)
                .list();
    }

    /** Whether two rows of a table of the current schema for which a condition holds have the same in these columns. */
    final boolean hasTwins(String table, String condition, List<Column> columns) {
        String known = columns.stream()
                .map(column -> " AND " + column.quoted() + " IS NOT NULL")
                .collect(Collectors.joining());
        String group = columns.isEmpty()
                ? ""
                : columns.stream().map(Column::quoted).collect(Collectors.joining(", ", " GROUP BY ", ""));
        return !jdbc.sql("SELECT COUNT(*) FROM %s WHERE %s%s%s HAVING COUNT(*) > 1 LIMIT 1"
                        .formatted(Dialect.quote(table), condition, known, group))
                .query(Long.class)
                .list()
                .isEmpty();
    }

    /** Whether a condition holds for a row of a table of the current schema. */
    final boolean has(String table, String condition) {
        return !jdbc.sql("SELECT 1 FROM %s WHERE %s LIMIT 1".formatted(Dialect.quote(table), condition))
                .query(Integer.class)
                .list()
                .isEmpty();
    }

    /** The schema that the connection is in. */
    final String current() {
        return jdbc.sql("SELECT " + currentSql()).query(String.class).single();
    }

    final JdbcClient.StatementSpec about(String sql, TableName table) {
        return jdbc.sql(sql.replace("CURRENT", currentSql()))
                .param(1, table.schema().orElse(null))
                .param(2, table.name());
    }

    /** The expression for the current schema; stands for CURRENT in the other statements. */
    abstract String currentSql();

    /** The columns of a table, in order. */
    abstract String columnsSql();

    /** The columns of a table whose values the database has computed in the time zone of whoever wrote the row, and keeps. */
    abstract List<String> computedInAZone(TableName table);

    /** Name, column, whether unique, primary, of a part of the value, and of use to find rows, of each part of each index. */
    abstract String indexesSql();

    /** Whether a text can be kept in a character set as it is. */
    abstract boolean holds(String characterSet, String text);

    /** Whether the server gives a statement only so many of its rows, where nobody says otherwise. */
    abstract boolean limitsRows();

    /** Whether a table's engine can roll back. */
    abstract String transactionalSql();

    /** Name and event of a table's triggers. */
    abstract String triggersSql();

    /**
     * Name, schema (null for the current one), table, column, schema, table and column pointed at, and the delete rule of
     * each part of the foreign keys to a table, in order.
     */
    abstract String foreignKeysToSql();

    /** The same of the foreign keys of a table. */
    abstract String foreignKeysOfSql();

    /**
     * The default of a column, as a statement says it: an expression begins with a parenthesis or is the time; empty where it has
     * none, or null
     */
    abstract Optional<String> whenMissing(TableName table, Column column);

    /** The definition of a column, as it would be with another collation and the same in all else; empty where there is none. */
    abstract Optional<String> definition(TableName table, Column column, Collation collation);

    /** One row of {@link #columnsSql()}. */
    abstract Column column(ResultSet row, int number) throws SQLException;
}
