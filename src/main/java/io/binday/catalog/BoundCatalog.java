package io.binday.catalog;

import java.util.List;

/**
 * A catalog that was compared with the database and found true, with the tables as they are: what operations build
 * their statements from.
 *
 * @param references in the order of the catalog
 */
public record BoundCatalog(Catalog catalog, Dialect dialect, MovedTable asset, List<MovedTable> references) {

    public BoundCatalog {
        references = List.copyOf(references);
    }

    /** What the catalog says about a table of {@link #references}. */
    public Reference reference(MovedTable table) {
        return catalog.reference(table.name()).orElseThrow();
    }
}
