package io.binday.catalog;

import java.util.List;
import java.util.Optional;

/**
 * The description of the CMS's tables: the asset table and every table that references it.
 *
 * @param name what the catalog calls itself, for messages
 * @param source where it was read from, for messages
 */
public record Catalog(String name, String source, AssetTable asset, List<Reference> references) {

    public Catalog {
        references = List.copyOf(references);
    }

    /** The reference kept in a table, if the catalog has one there. */
    public Optional<Reference> reference(String table) {
        return references.stream()
                .filter(reference -> reference.table().equalsIgnoreCase(table))
                .findFirst();
    }
}
