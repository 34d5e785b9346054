package io.binday.catalog;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A foreign key of a table: its rows can only be where the row they point at is.
 *
 * @param columns the columns that point
 * @param table what they point at; with its schema where that is another one
 * @param key the columns that are pointed at, in the same order
 */
public record Dependency(List<String> columns, List<String> table, List<String> key) {

    public Dependency {
        columns = List.copyOf(columns);
        table = List.copyOf(table);
        key = List.copyOf(key);
    }

    /** Whether it points at a table of the CMS's own schema. */
    boolean pointsAt(String name) {
        return table.size() == 1 && table.get(0).equalsIgnoreCase(name);
    }

    /** The condition that the row of an alias has what it points at; a null points at nothing and needs nothing. */
    public String satisfied(String alias) {
        String target = table.stream().map(Dialect::quote).collect(Collectors.joining("."));
        String nulls = columns.stream()
                .map(column -> alias + "." + Dialect.quote(column) + " IS NULL OR ")
                .collect(Collectors.joining());
        String same = IntStream.range(0, columns.size())
                .mapToObj(i -> "d." + Dialect.quote(key.get(i)) + " = " + alias + "." + Dialect.quote(columns.get(i)))
                .collect(Collectors.joining(" AND "));
        return "(%sEXISTS (SELECT 1 FROM %s d WHERE %s))".formatted(nulls, target, same);
    }
}
