package io.binday.catalog;

import java.util.Locale;

/**
 * Where asset IDs stand: in a column of a table, perhaps in some of its rows only.
 *
 * @param column the column with the asset ID
 * @param where which rows are meant
 */
public record Site(TableName table, String column, Where where) {

    /** For a person: {@code page.hero where type is file}. What means the same is the same. It is kept with plans. */
    String move() {
        return (table + "." + column).toLowerCase(Locale.ROOT) + where.inOrder();
    }

    /** Whether one value of one row may be meant by both. */
    boolean mayShareRowsWith(Site other) {
        return table.isSame(other.table) && column.equalsIgnoreCase(other.column) && !where.excludes(other.where);
    }
}
