package io.binday.catalog;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the database says about a table.
 *
 * @param columns in their order
 * @param transactional whether changes of its rows can be rolled back
 * @param indexed the columns that are the first of some index
 * @param unique the columns that a unique index has alone
 */
public record TableShape(
        String name, List<Column> columns, boolean transactional, Set<String> indexed, Set<String> unique) {

    /**
     * One column.
     *
     * @param type the full type with character set and collation, as a CREATE TABLE would say it
     * @param collation the collation clause for comparing something with it; empty where it has none
     * @param generated whether the database computes it, so that it can be neither inserted nor lost
     * @param visible whether {@code SELECT *} gives it
     */
    public record Column(String name, String type, Optional<Collation> collation, boolean generated, boolean visible) {}

    /** A character set and a collation of it. */
    public record Collation(String characterSet, String name) {}

    public TableShape {
        columns = List.copyOf(columns);
        indexed = Set.copyOf(indexed);
        unique = Set.copyOf(unique);
    }

    public Optional<Column> column(String name) {
        return columns.stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The columns that carry data of their own. */
    public List<Column> stored() {
        return columns.stream().filter(column -> !column.generated()).toList();
    }

    boolean isUnique(String column) {
        return unique.stream().anyMatch(column::equalsIgnoreCase);
    }

    boolean isIndexed(String column) {
        return indexed.stream().anyMatch(column::equalsIgnoreCase);
    }
}
