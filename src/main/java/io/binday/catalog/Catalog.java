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

    /** What a catalog that is in no file calls its source. */
    public static final String BUILT_IN = "(built in)";

    /** What to do where this catalog does not describe the database. */
    String remedy() {
        return BUILT_IN.equals(source) ? "describe your tables in config/catalog.yml" : "correct " + source;
    }

    /** The reference kept in a table, if the catalog has one there. */
    public Optional<Reference> reference(String table) {
        return references.stream()
                .filter(reference -> reference.table().equalsIgnoreCase(table))
                .findFirst();
    }
}
