package io.binday.catalog;

import io.binday.catalog.TableShape.Column;
import io.binday.catalog.TableShape.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The mirror of a table as the database has it, held against what it has to be.
 *
 * @param shape the mirror
 */
record Mirror(MovedTable table, TableShape shape, Schema schema) {

    /** The mirror's own key, where the asset ID is none. */
    static final String ROW = "binday_row";

    /** In what a column of the mirror is not as it has to be. */
    enum Gap {
        /** It is not there. */
        MISSING,
        /** It has another type than the source's column. */
        OTHER_TYPE,
        /** It refuses a null that the source may have. */
        REFUSES_NULLS,
        /** Some snapshots have nothing where the source must have something. */
        LACKS_VALUES,
        /** The source has it no more, and it refuses to be left out. */
        FORGOTTEN
    }

    /**
     * One column that is not as it has to be.
     *
     * @param column as the source has it, or had it
     * @param copy as the mirror has it
     */
    record Difference(Gap gap, Column column, Optional<Column> copy) {}

    /** The mirror of a table, if it is there. */
    static Optional<Mirror> of(MovedTable table, Schema schema) {
        return schema.table(TableName.of(table.mirrorName())).map(shape -> new Mirror(table, shape, schema));
    }

    /** Everything in which it is not as it has to be, in the order of its columns. */
    List<Difference> differences() {
        List<Difference> differences = new ArrayList<>();
        for (Column column : table.moved()) {
            Optional<Column> copy = shape.column(column.name());
            gap(column, copy).ifPresent(gap -> differences.add(new Difference(gap, column, copy)));
            if (copy.filter(there -> lacksValues(there, column)).isPresent()) {
                differences.add(new Difference(Gap.LACKS_VALUES, column, copy));
            }
        }
        shape.columns().stream()
                .filter(copy -> isFormer(copy) && !copy.is(Trait.NULLABLE))
                .forEach(copy -> differences.add(new Difference(Gap.FORGOTTEN, copy, Optional.of(copy))));
        return differences;
    }

    private Optional<Gap> gap(Column column, Optional<Column> copy) {
        if (copy.isEmpty()) {
            return Optional.of(Gap.MISSING);
        }
        if (!copy.get().type().equals(column.type())) {
            return Optional.of(Gap.OTHER_TYPE);
        }
        // A row whose ID is null is no asset's, and does not move.
        boolean refusesNulls =
                !copy.get().is(Trait.NULLABLE) && column.is(Trait.NULLABLE) && !column.equals(table.assetColumn());
        return refusesNulls ? Optional.of(Gap.REFUSES_NULLS) : Optional.empty();
    }

    /** What the database numbers when it returns needs no value. */
    private boolean lacksValues(Column copy, Column column) {
        return copy.is(Trait.NULLABLE)
                && !column.is(Trait.NULLABLE)
                && !column.is(Trait.NUMBERED)
                && schema.has(name(), column.quoted() + " IS NULL");
    }

    private boolean isFormer(Column copy) {
        return !copy.name().equals(ROW)
                && table.moved().stream().noneMatch(column -> column.name().equalsIgnoreCase(copy.name()));
    }

    /** The columns with values that the source has no more. */
    List<Column> former() {
        return shape.columns().stream()
                .filter(copy -> isFormer(copy)
                        && table.source().column(copy.name()).isEmpty()
                        && schema.has(name(), copy.quoted() + " IS NOT NULL"))
                .toList();
    }

    /**
     * What its snapshots were taken by is not what they would be put back by: the restore would find none, or what it finds would be
     * more than it puts back. Empty where they were not.
     */
    Optional<Finding> otherWay() {
        if (shape.column(table.assetColumn().name()).isEmpty()) {
            // It was renamed, or is another one: what lacks a column is told as that.
            return Optional.empty();
        }
        boolean found = shape.keys().isIndexed(table.assetColumn().name());
        if (!found && isEmpty()) {
            return Optional.of(new Finding(
                    "MIRROR_OTHER",
                    "the mirror %s has no index on %s, by which its assets are found"
                            .formatted(table.mirror(), table.assetColumn().name()),
                    "it is empty; run: DROP TABLE " + table.mirror() + ", and then: binday catalog install"));
        }
        if (!found) {
            return Optional.of(
                    new Finding(
                            "MIRROR_OTHER",
                            "the mirror %s has no index on %s, so what it keeps was detached by another column"
                                    .formatted(
                                            table.mirror(), table.assetColumn().name()),
                            "give the reference its former column in the catalog until nothing of it is in the trash any more"));
        }
        Optional<Column> lacking = lackingForWholeRows().filter(column -> !isEmpty());
        if (lacking.isPresent()) {
            return lacking.map(this::partsOrOldRows);
        }
        return shape.columns().stream()
                .filter(copy -> !table.whole()
                        && isFormer(copy)
                        // Another one may be of the key that the table had.
                        && table.source()
                                .column(copy.name())
                                .filter(column -> column.is(Trait.NULLABLE))
                                .isPresent())
                .findFirst()
                .filter(copy -> !isEmpty())
                .map(
                        copy -> new Finding(
                                "MIRROR_OTHER",
                                "the mirror %s keeps whole rows (among others column %s), of which the catalog now says that only a part is detached"
                                        .formatted(table.mirror(), copy.name()),
                                "give the reference its former detach in the catalog until nothing of it is in the trash any more"));
    }

    /** A column that whole rows have, where the mirror has but the key of rows and the column that may have been emptied in them. */
    private Optional<Column> lackingForWholeRows() {
        boolean looksLikeParts = table.whole()
                && table.assetColumn().is(Trait.NULLABLE)
                && shape.columns().stream()
                        .allMatch(copy -> copy.name().equals(ROW)
                                || copy.name().equals(table.assetColumn().name())
                                || table.key().stream()
                                        .anyMatch(key -> key.name().equals(copy.name())));
        return table.moved().stream()
                .filter(column -> looksLikeParts && shape.column(column.name()).isEmpty())
                .findFirst();
    }

    /** Put back as what they are not, parts would become rows, or be lost. */
    private Finding partsOrOldRows(Column lacking) {
        return new Finding(
                "MIRROR_OTHER",
                "the mirror %s keeps the key of rows and %s only: parts of rows that stayed, or whole rows from before there was a column %s"
                        .formatted(table.mirror(), table.assetColumn().name(), lacking.name()),
                "if the catalog had detach: set-null, give the reference that again until nothing of it is in the trash any more;"
                        + " if whole rows moved, run: ALTER TABLE %s ADD COLUMN %s, and then: binday catalog install"
                                .formatted(table.mirror(), lacking.nullableDefinition()));
    }

    boolean isEmpty() {
        return !schema.has(name(), "1 = 1");
    }

    /** Whether snapshots that say nothing of a column could not all come back if they had the same value in it. */
    boolean isToldApartBy(Column column) {
        String missing = shape.column(column.name()).isPresent() ? column.quoted() + " IS NULL" : "1 = 1";
        return table.source().keys().unique().stream()
                .filter(key -> key.stream().anyMatch(column.name()::equalsIgnoreCase))
                .map(key -> key.stream()
                        .filter(name -> !name.equalsIgnoreCase(column.name()))
                        .flatMap(name -> shape.column(name).stream())
                        .toList())
                .anyMatch(others -> schema.hasTwins(name(), missing, others));
    }

    /** Whether snapshots are found by a column, be it for their asset, or for the row that they are of. */
    boolean isFoundBy(Column column) {
        return column.equals(table.assetColumn())
                || !table.whole()
                || column.name().equals(MovedTable.ABOVE);
    }

    /** The default of a column of the source, as a statement says it; empty where it has none, or null. */
    Optional<String> whenMissing(Column column) {
        return schema.whenMissing(table.source().table(), column);
    }

    private String name() {
        return table.mirrorName();
    }
}
