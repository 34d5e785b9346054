package io.binday.catalog;

import io.binday.catalog.TableShape.Column;
import io.binday.catalog.TableShape.Trait;
import java.util.List;
import java.util.Optional;

/** The CMS's tables as the catalog names them; notes what is not as it says. */
final class SourceTables {

    /** What the catalog of the sample stack is called. */
    private static final String STACK = "stack";

    private final Catalog catalog;
    private final Dialect dialect;
    private final Schema schema;
    private final SourceRules rules;
    private final Coverage coverage;

    SourceTables(Catalog catalog, Dialect dialect, Schema schema, SourceRules rules, Coverage coverage) {
        this.catalog = catalog;
        this.dialect = dialect;
        this.schema = schema;
        this.rules = rules;
        this.coverage = coverage;
    }

    /**
     * A table, if it is there.
     *
     * @param named the columns that the catalog names
     * @param where which of its rows are meant
     */
    Optional<TableShape> source(TableName table, List<String> named, Where where) {
        Optional<TableShape> shape = schema.table(coverage.normal(table));
        if (shape.isEmpty()) {
            rules.add(
                    "TABLE_MISSING",
                    "table " + table + " does not exist, or this user may not see it",
                    catalog.remedy()
                            + (STACK.equals(catalog.name()) ? ", or create a trial stack with: binday sample" : ""));
            return Optional.empty();
        }
        named.forEach(column -> requireStored(shape.get(), column));
        rules.requireFittingValues(shape.get(), where);
        rules.requireUsableNames(shape.get());
        if (!shape.get().transactional()) {
            boolean stored = schema.tables(table.schema()).stream().anyMatch(table.name()::equalsIgnoreCase);
            rules.add(
                    "NOT_TRANSACTIONAL",
                    "table " + table + (stored ? " is not kept by InnoDB, so a move could tear" : " is a view"),
                    stored
                            ? "run: ALTER TABLE " + table.quoted() + " ENGINE = InnoDB"
                            : "name the table that it shows; " + catalog.remedy());
        }
        return shape;
    }

    /** The trash has only what is stored. */
    void requireStored(TableShape shape, String column) {
        Optional<Column> found = shape.column(column);
        if (found.isEmpty()) {
            rules.add("COLUMN_MISSING", "table " + shape.table() + " has no column " + column, catalog.remedy());
        } else if (found.get().is(Trait.GENERATED)) {
            rules.add(
                    "COLUMN_GENERATED",
                    "column " + column + " of table " + shape.table() + " is generated, so the trash does not have it",
                    "name a column that is stored, or leave it out; " + catalog.remedy());
        }
    }

    /** How a column keeps asset IDs, if it can. */
    Optional<IdForm> form(TableShape shape, Column column) {
        Optional<IdForm> form = IdForm.of(column, dialect);
        if (form.isEmpty() || column.is(Trait.GENERATED)) {
            rules.add(
                    "ID_TYPE",
                    "column %s of table %s is %s%s, which is no type of an asset ID"
                            .formatted(
                                    column.name(),
                                    shape.table(),
                                    column.is(Trait.GENERATED) ? "generated " : "",
                                    column.type()),
                    "asset IDs are whole numbers, CHAR, VARCHAR or BINARY(16); " + catalog.remedy());
            return Optional.empty();
        }
        return form;
    }

    /** What rows of a table need to come back, besides the asset that a column names. */
    List<ForeignKey> dependencies(TableShape shape, Column column) {
        return dependencies(
                shape, column.name(), coverage.normal(catalog.asset().table()));
    }

    /** The same, besides the row of a table that a column points at. A key of a computed column is the database's to hold. */
    List<ForeignKey> dependencies(TableShape shape, String pointing, TableName pointedAt) {
        return schema.foreignKeysOf(shape.table()).stream()
                .filter(key -> !(key.isOf(pointing) && key.referenced().isSame(pointedAt)))
                .filter(key -> key.columns().stream()
                        .noneMatch(name -> shape.column(name)
                                .filter(part -> part.is(Trait.GENERATED))
                                .isPresent()))
                .toList();
    }
}
