package io.binday.catalog;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

    /** What the assets themselves are called among what moves. */
    static final String ASSETS = "(assets)";

    /** What a catalog that is in no file calls its source. */
    public static final String BUILT_IN = "(built in)";

    /**
     * What moves and how, in words by the names of the references, and the assets by {@value #ASSETS}: catalogs that say the
     * same move the same.
     */
    public Map<String, String> moves() {
        Map<String, String> moves = new TreeMap<>();
        references.forEach(reference -> moves.put(reference.name(), reference.move()));
        moves.put(
                ASSETS,
                asset.site().move()
                        + asset.binaryKey().map(key -> ", files by " + key).orElse(""));
        return moves;
    }

    /** What to do where this catalog does not describe the database. */
    String remedy() {
        return isBuiltIn() ? "describe your tables in config/catalog.yml" : "correct " + source;
    }

    /** The file to write in. */
    String file() {
        return isBuiltIn() ? "config/catalog.yml" : source;
    }

    private boolean isBuiltIn() {
        return BUILT_IN.equals(source);
    }
}
