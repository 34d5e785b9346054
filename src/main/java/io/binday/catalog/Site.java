package io.binday.catalog;

/**
 * Where asset IDs stand: in a column of a table, perhaps in some of its rows only.
 *
 * @param column the column with the asset ID
 * @param where which rows are meant
 */
public record Site(TableName table, String column, Where where) {

    /** For a person: {@code page.hero where type is file}. */
    @Override
    public String toString() {
        return table + "." + column + where;
    }

    /** Whether one value of one row may be meant by both. */
    boolean mayShareRowsWith(Site other) {
        return table.isSame(other.table) && column.equalsIgnoreCase(other.column) && !where.excludes(other.where);
    }
}
