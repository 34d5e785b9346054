package io.binday.catalog;

/**
 * A foreign key as the database has it.
 *
 * @param table the referencing table
 * @param columns the referencing columns, separated by commas
 * @param referencedColumns the columns they point at, separated by commas
 * @param onDelete what the database does with referencing rows, for example {@code CASCADE}
 */
public record ForeignKey(
        String name, String table, String columns, String referenced, String referencedColumns, String onDelete) {}
