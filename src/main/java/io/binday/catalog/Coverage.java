package io.binday.catalog;

import io.binday.catalog.Reference.Detach;
import io.binday.catalog.TableShape.Trait;
import java.util.Optional;

/** Whether the catalog covers every foreign key by which the database would act on what is moved. */
final class Coverage {

    /** The code of a key that the catalog does not know of. */
    static final String FOREIGN_KEY_NOT_COVERED = "FOREIGN_KEY_NOT_COVERED";

    private final Catalog catalog;
    private final Schema schema;
    private final SourceRules rules;
    private final String current;

    Coverage(Catalog catalog, Schema schema, SourceRules rules) {
        this.catalog = catalog;
        this.schema = schema;
        this.rules = rules;
        this.current = schema.current();
    }

    /** The current schema needs no name. */
    TableName normal(TableName table) {
        return table.schema().filter(current::equals).isPresent() ? TableName.of(table.name()) : table;
    }

    /** ON DELETE CASCADE from a table nobody described would destroy what nobody can restore. */
    void requireAllOfAssets() {
        TableName assets = normal(catalog.asset().table());
        for (ForeignKey key : schema.foreignKeysTo(assets)) {
            if (catalog.references().stream().noneMatch(reference -> covers(reference, key))) {
                rules.add(FOREIGN_KEY_NOT_COVERED, key + " and is not in the catalog", remedy(key, assets));
            }
        }
    }

    private String remedy(ForeignKey key, TableName assets) {
        if (key.table().isSame(assets)) {
            return "assets that point at assets cannot be moved; drop the foreign key";
        }
        return pointsAt(key, catalog.asset().site().column())
                ? "describe it under references in " + catalog.file()
                : "assets are moved by their ID alone; drop the foreign key, or let it point at the ID";
    }

    /** The catalog moves rows by one column; a key over another one would act on rows that nobody moves. */
    private boolean covers(Reference reference, ForeignKey key) {
        return pointsAt(key, catalog.asset().site().column())
                && reference.detach() != Detach.JSON_REMOVE
                && reference.under().isEmpty()
                && isOf(reference, key);
    }

    /** Rows that are used themselves go with what uses them, or not at all. */
    void requireAllBelow(Reference reference, TableShape shape) {
        for (ForeignKey key : schema.foreignKeysTo(shape.table())) {
            if (catalog.references().stream().noneMatch(other -> covers(other, reference, key))) {
                rules.add(
                        FOREIGN_KEY_NOT_COVERED,
                        key + " and is not in the catalog",
                        remedyBelow(key, reference, shape));
            }
        }
    }

    private String remedyBelow(ForeignKey key, Reference reference, TableShape shape) {
        boolean canBeEmptied = reference.under().isEmpty()
                && shape.column(reference.site().column())
                        .filter(column ->
                                column.is(Trait.NULLABLE) && !shape.primaryKey().contains(column))
                        .isPresent();
        String otherwise =
                (canBeEmptied ? "use set-null for " + reference.name() + ", or " : "") + "drop that foreign key";
        if (key.key().size() > 1) {
            return "rows of other rows are moved by one column alone; " + otherwise;
        }
        if (key.table().isSame(key.referenced())
                || key.table().isSame(normal(catalog.asset().table()))) {
            return "rows that point at one another cannot be moved; " + otherwise;
        }
        return "if its rows are to go too, declare them with under: {reference: %s, …} in %s; otherwise %s"
                .formatted(reference.name(), catalog.file(), otherwise);
    }

    private boolean covers(Reference below, Reference above, ForeignKey key) {
        Optional<Reference.Under> under =
                below.under().filter(named -> named.reference().equals(above.name()));
        return under.filter(named -> pointsAt(key, named.key())).isPresent() && isOf(below, key);
    }

    private static boolean pointsAt(ForeignKey key, String column) {
        return key.key().size() == 1 && key.key().get(0).equalsIgnoreCase(column);
    }

    /** All rows of the table that points, by the column that points. */
    private boolean isOf(Reference reference, ForeignKey key) {
        return reference.site().where().equals(Where.ALL)
                && normal(reference.table()).isSame(key.table())
                && key.isOf(reference.site().column());
    }
}
