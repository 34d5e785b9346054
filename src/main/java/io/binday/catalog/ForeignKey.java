package io.binday.catalog;

/**
 * A foreign key as the database has it.
 *
 * @param table the referencing table
 * @param onDelete what the database does with referencing rows, for example {@code CASCADE}
 */
public record ForeignKey(String name, String table, String referenced, String onDelete) {}
