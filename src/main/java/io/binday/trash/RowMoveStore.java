package io.binday.trash;

import io.binday.catalog.MovedTable;
import io.binday.catalog.TableName;
import java.util.stream.Stream;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.IncorrectUpdateSemanticsDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Moves whole rows into their mirror: {@code INSERT … SELECT} inside the server, then the removal. */
final class RowMoveStore {

    private RowMoveStore() {}

    /**
     * Moves the rows of these assets; how many they were.
     *
     * @throws IncorrectUpdateSemanticsDataAccessException when a row appeared in between, which would be lost
     */
    static long toMirror(JdbcTemplate jdbc, MovedTable table, AssetIds ids) {
        long copied = copy(jdbc, table, ids);
        long removed = remove(jdbc, table, ids);
        RowCount.require(table.name(), copied, removed);
        return copied;
    }

    /**
     * Copies the rows of these assets into the mirror and locks them.
     *
     * @throws ConcurrencyFailureException when the table has got another column, which would be lost
     */
    static long copy(JdbcTemplate jdbc, MovedTable table, AssetIds ids) {
        long copied = jdbc.update(
                "INSERT INTO %s (%s) SELECT %s FROM %s WHERE %s IN (%s)%s%s FOR UPDATE"
                        .formatted(
                                table.mirror(),
                                table.columns(),
                                table.selected(""),
                                table.table(),
                                table.asset(),
                                ids.marks(),
                                table.filter(""),
                                table.asBefore()),
                ids.times(table, 1));
        requireAllColumns(jdbc, table);
        return copied;
    }

    /** After a copy, which keeps others from changing the table until the transaction ends. */
    static void requireAllColumns(JdbcTemplate jdbc, MovedTable table) {
        if (table.mayDropColumns()) {
            TableName name = table.source().table();
            Long columns = jdbc.queryForObject(
                    "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = %s AND table_name = ? AND COALESCE(generation_expression, '') = ''"
                            .formatted(name.schema().isPresent() ? "?" : "SCHEMA()"),
                    Long.class,
                    Stream.concat(name.schema().stream(), Stream.of(name.name()))
                            .toArray());
            if (columns == null || columns != table.source().stored().size()) {
                throw new ConcurrencyFailureException(
                        "table %s changed while the run was working: %d columns in place of %d"
                                .formatted(
                                        table.name(),
                                        columns,
                                        table.source().stored().size()));
            }
        }
    }

    /** Removes the rows of these assets. */
    static long remove(JdbcTemplate jdbc, MovedTable table, AssetIds ids) {
        return jdbc.update(
                "DELETE FROM %s WHERE %s IN (%s)%s"
                        .formatted(table.table(), table.asset(), ids.marks(), table.filter("")),
                ids.times(table, 1));
    }
}
