package io.binday.catalog;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A foreign key as the database has it.
 *
 * @param table the table whose rows point
 * @param columns the columns that point
 * @param referenced the table they point at
 * @param key the columns that are pointed at, in the same order
 * @param onDelete what the database does with pointing rows, for example {@code CASCADE}
 */
public record ForeignKey(
        String name, TableName table, List<String> columns, TableName referenced, List<String> key, String onDelete) {

    public ForeignKey {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    /** Whether the database itself empties the columns when what they point at goes. */
    public boolean emptiesItself() {
        return onDelete.equals("SET NULL");
    }

    /** Whether it is made of this column alone. */
    public boolean isOf(String column) {
        return columns.size() == 1 && columns.get(0).equalsIgnoreCase(column);
    }

    /** The condition that the row of an alias has what it points at; a null points at nothing and needs nothing. */
    public String satisfied(String alias) {
        String nulls = columns.stream()
                .map(column -> alias + "." + Dialect.quote(column) + " IS NULL OR ")
                .collect(Collectors.joining());
        String same = IntStream.range(0, columns.size())
                .mapToObj(i -> "d." + Dialect.quote(key.get(i)) + " = " + alias + "." + Dialect.quote(columns.get(i)))
                .collect(Collectors.joining(" AND "));
        return "(%sEXISTS (SELECT 1 FROM %s d WHERE %s))".formatted(nulls, referenced.quoted(), same);
    }

    @Override
    public String toString() {
        return "foreign key %s of table %s (%s) references %s (%s) ON DELETE %s"
                .formatted(name, table, String.join(", ", columns), referenced, String.join(", ", key), onDelete);
    }
}
