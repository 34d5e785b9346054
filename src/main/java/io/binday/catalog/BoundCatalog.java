package io.binday.catalog;

import java.util.List;
import java.util.Optional;

/**
 * A catalog that was compared with the database and found true, with the tables as they are: what operations build
 * their statements from.
 *
 * @param references those whose whole rows move first, and each kind in the order of the catalog, so that a row that moves
 *     as a whole is never emptied before
 */
public record BoundCatalog(Catalog catalog, Dialect dialect, MovedTable asset, List<Use> references) {

    /** 1 PiB. */
    private static final long LARGEST_FILE = 1L << 50;

    /** A reference of the catalog, and its table as the database has it. */
    public record Use(Reference reference, MovedTable table) {

        public String name() {
            return reference.name();
        }
    }

    /**
     * The size of an asset's file in bytes, of rows of an alias: a whole number; null where none is known, or one that no file has and no
     * sum could take.
     */
    public String bytes(String alias) {
        return catalog.asset()
                .bytes()
                .map(name -> alias + "." + Dialect.quote(name))
                .map(size -> "CASE WHEN %1$s BETWEEN 0 AND %2$d THEN ROUND(%1$s) END".formatted(size, LARGEST_FILE))
                .orElse("NULL");
    }

    /** What an operator knows an asset by, of rows of an alias; null where there is nothing, or bytes that are no text. */
    public String label(String alias) {
        return catalog.asset()
                .label()
                .flatMap(asset.source()::column)
                .map(column -> dialect.text(alias, column))
                .orElse("NULL");
    }

    /** Those whose rows belong to the rows of another one. */
    public List<Use> below(Use above) {
        return references.stream()
                .filter(use -> use.reference()
                        .under()
                        .filter(under -> under.reference().equals(above.name()))
                        .isPresent())
                .toList();
    }

    /** The one whose rows the rows of another belong to. */
    public Optional<Use> above(Use below) {
        return below.reference()
                .under()
                .flatMap(under -> references.stream()
                        .filter(use -> use.name().equals(under.reference()))
                        .findFirst());
    }

    public BoundCatalog {
        references = List.copyOf(references);
    }
}
