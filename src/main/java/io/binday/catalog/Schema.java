package io.binday.catalog;

import io.binday.catalog.TableShape.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the database's own description of the current schema; reads only. */
abstract class Schema {

    private final JdbcClient jdbc;

    Schema(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    static Schema of(Dialect dialect, JdbcClient jdbc) {
        return switch (dialect) {
            case MYSQL -> new MySqlSchema(jdbc);
            case H2 -> new H2Schema(jdbc);
        };
    }

    /** A table of the current schema, if it is there. */
    final Optional<TableShape> table(String name) {
        List<Column> columns =
                jdbc.sql(columnsSql()).param(name).query(this::column).list();
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        Set<String> indexed =
                jdbc.sql(indexedSql()).param(name).query(String.class).set();
        boolean transactional = jdbc.sql(transactionalSql())
                .param(name)
                .query(Boolean.class)
                .optional()
                .orElse(false);
        Set<String> unique =
                jdbc.sql(uniqueSql()).param(name).query(String.class).set();
        return Optional.of(new TableShape(name, columns, transactional, indexed, unique));
    }

    /** Every foreign key that points at a table of the current schema, from any schema this user may see. */
    final List<ForeignKey> foreignKeysTo(String table) {
        return jdbc.sql(foreignKeysSql())
                .param(table)
                .query((rs, row) -> new ForeignKey(
                        rs.getString(1), rs.getString(2), rs.getString(3), table, rs.getString(4), rs.getString(5)))
                .list();
    }

    /** The foreign keys of a table of the current schema. */
    final List<Dependency> dependenciesOf(String table) {
        Map<String, List<KeyPart>> parts = jdbc
                .sql(dependenciesSql())
                .param(table)
                .query((rs, row) -> new KeyPart(
                        rs.getString(1), rs.getString(2), rs.getString(3), rs.getString(4), rs.getString(5)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(KeyPart::name, LinkedHashMap::new, Collectors.toList()));
        return parts.values().stream().map(KeyPart::join).toList();
    }

    /** One column of a foreign key; the schema is null where it is the current one. */
    private record KeyPart(
            String name, String column, @Nullable String schema, String table, String key) {

        static Dependency join(List<KeyPart> parts) {
            KeyPart first = parts.get(0);
            return new Dependency(
                    parts.stream().map(KeyPart::column).toList(),
                    first.schema == null ? List.of(first.table) : List.of(first.schema, first.table),
                    parts.stream().map(KeyPart::key).toList());
        }
    }

    /** Name, column, other schema, table and column pointed at of each part of each foreign key of a table, in order. */
    abstract String dependenciesSql();

    /** The columns of a table, in order; one parameter, the table's name. */
    abstract String columnsSql();

    /** The leading columns of a table's indexes. */
    abstract String indexedSql();

    /** The columns of a table that a unique index has alone. */
    abstract String uniqueSql();

    /** Whether a table's engine can roll back. */
    abstract String transactionalSql();

    /** Name, table, columns, referenced columns and delete rule of the foreign keys to a table. */
    abstract String foreignKeysSql();

    /** One row of {@link #columnsSql()}. */
    abstract Column column(ResultSet row, int number) throws SQLException;
}
