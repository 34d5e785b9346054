package io.binday.catalog;

import io.binday.catalog.TableShape.Column;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * A table of the CMS whose rows move to a mirror and back, as the database has it right now.
 *
 * @param assetColumn the column with the asset ID, by which rows are found
 * @param dependencies what its rows need besides the asset
 */
public record MovedTable(TableShape source, Column assetColumn, List<Dependency> dependencies) {

    private static final String PREFIX = "binday_trash_";
    private static final int LONGEST_NAME = 64;

    public MovedTable {
        dependencies = List.copyOf(dependencies);
    }

    /** The source's name. */
    public String name() {
        return source.name();
    }

    /** The source, quoted. */
    public String table() {
        return Dialect.quote(source.name());
    }

    /** The mirror, quoted. */
    public String mirror() {
        return Dialect.quote(mirrorName());
    }

    /** The asset ID column, quoted. */
    public String asset() {
        return Dialect.quote(assetColumn.name());
    }

    /** The columns that move, quoted and separated by commas. */
    public String columns() {
        return source.stored().stream()
                .map(column -> Dialect.quote(column.name()))
                .collect(Collectors.joining(", "));
    }

    /**
     * What to select for {@link #columns()}: everything there is, where that is the same, so that a column added while
     * a run is working makes its next chunk fail instead of being dropped.
     */
    public String selected() {
        boolean all = source.columns().stream().allMatch(column -> column.visible() && !column.generated());
        return all ? "*" : columns();
    }

    /** The columns that move. */
    public List<Column> moved() {
        return source.stored();
    }

    /**
     * The expression that compares an asset ID of Binday's own tables as this column compares, so that the column's
     * index is used and both agree on what is equal.
     */
    public String comparable(String expression) {
        return assetColumn
                .collation()
                .map(c -> "CONVERT(" + expression + " USING " + c.characterSet() + ") COLLATE " + c.name())
                .orElse(expression);
    }

    /** {@code binday_trash_<table>}; a name too long for the database is cut and given a checksum. */
    String mirrorName() {
        return mirrorName(source.name());
    }

    static String mirrorName(String table) {
        String full = PREFIX + table;
        if (full.length() <= LONGEST_NAME) {
            return full;
        }
        CRC32 checksum = new CRC32();
        checksum.update(table.getBytes(StandardCharsets.UTF_8));
        return "%s_%08x".formatted(full.substring(0, LONGEST_NAME - 9), checksum.getValue());
    }
}
