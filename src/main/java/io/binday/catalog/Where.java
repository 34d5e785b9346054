package io.binday.catalog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which rows of a table are meant: those that have one of the given values in each of these columns.
 *
 * @param values the allowed values by column; no SQL, so that a catalog cannot say more than equality
 */
public record Where(Map<String, List<String>> values) {

    /** All rows. */
    public static final Where ALL = new Where(Map.of());

    public Where {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        values.forEach((column, allowed) -> copy.put(column, List.copyOf(allowed)));
        values = Collections.unmodifiableMap(copy);
    }

    /** The columns that are looked at. */
    public List<String> columns() {
        return new ArrayList<>(values.keySet());
    }

    /** Whether no row can be meant by both. */
    boolean excludes(Where other) {
        return values.entrySet().stream()
                .anyMatch(entry -> Optional.ofNullable(other.values.get(entry.getKey()))
                        .filter(allowed -> allowed.stream()
                                .noneMatch(value -> entry.getValue().stream().anyMatch(value::equalsIgnoreCase)))
                        .isPresent());
    }

    /** {@code  AND column IN (…)} for each column, for rows of an alias, which may be empty; empty for {@link #ALL}. */
    String condition(Dialect dialect, String alias) {
        String prefix = alias.isEmpty() ? "" : alias + ".";
        return values.entrySet().stream()
                .map(entry -> entry.getValue().stream()
                        .map(dialect::literal)
                        .collect(Collectors.joining(
                                ", ", " AND " + prefix + Dialect.quote(entry.getKey()) + " IN (", ")")))
                .collect(Collectors.joining());
    }

    /** The same with names in lower case, and all in order: two that mean the same are equal. */
    Where inOrder() {
        Map<String, List<String>> ordered = new TreeMap<>();
        values.forEach((column, allowed) -> ordered.put(
                column.toLowerCase(Locale.ROOT), allowed.stream().sorted().toList()));
        return new Where(ordered);
    }

    /** For a person: {@code  where type is file or image}. */
    @Override
    public String toString() {
        return values.isEmpty()
                ? ""
                : values.entrySet().stream()
                        .map(entry -> entry.getKey() + " is " + String.join(" or ", entry.getValue()))
                        .collect(Collectors.joining(" and ", " where ", ""));
    }
}
