package io.binday.catalog;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A use of assets by the rows of a table.
 *
 * @param name what it is called in counts and messages, and after what its mirror is named; usually the table's name
 * @param site the referencing table and its column with the asset ID, or with documents that hold asset IDs
 * @param owner what the reference belongs to, for the counts of a plan
 * @param place the columns that say where an asset was used; they must be free again to reattach it
 * @param paths where in the documents of the column asset IDs stand; empty unless they do
 * @param under the reference whose rows these rows belong to; their column then names such a row, and no asset
 */
public record Reference(
        String name,
        Site site,
        Detach detach,
        OnRestore onRestore,
        Optional<Owner> owner,
        List<String> place,
        List<JsonPath> paths,
        Optional<Under> under) {

    /** Longer names do not fit into counts and mirrors. */
    static final int LONGEST_NAME = 64;

    /** A name with an ending, cut before that where it would be too long. */
    static String fitting(String name, String ending) {
        return name.substring(0, Math.min(name.length(), LONGEST_NAME - ending.length())) + ending;
    }

    /** What detaching does to the referencing row. */
    public enum Detach {
        /** The row moves to the trash as a whole. */
        DELETE_ROW,
        /** The column is emptied; the row stays. */
        SET_NULL,
        /** The ID is taken out of a JSON document; the rest of the document stays as it is. */
        JSON_REMOVE
    }

    /** What restoring the asset does with the reference. */
    public enum OnRestore {
        REATTACH,
        DROP
    }

    /**
     * Who uses the asset through this reference.
     *
     * @param label what the owners are called in a plan, for example {@code entries}
     * @param column the column that identifies the owner
     */
    public record Owner(String label, String column) {}

    /**
     * A reference whose rows are used themselves, by rows that go and come with them.
     *
     * @param reference its name
     * @param key the column of its table that is named
     */
    public record Under(String reference, String key) {}

    public Reference {
        place = List.copyOf(place);
        paths = List.copyOf(paths);
    }

    public TableName table() {
        return site.table();
    }

    /** What detaching and restoring do, for a person. It is kept with plans, so the words must not change. */
    String move() {
        return site.move()
                + ", " + detach.name().toLowerCase(Locale.ROOT).replace('_', '-')
                + under.map(above -> ", under " + above.reference() + "." + above.key())
                        .orElse("")
                + (paths.isEmpty()
                        ? ""
                        : paths.stream()
                                .map(JsonPath::toString)
                                .sorted()
                                .collect(Collectors.joining(", ", ", at ", "")))
                + (onRestore == OnRestore.DROP ? ", not put back" : "");
    }

    /** Every column the catalog names, to be checked against the database. */
    public List<String> namedColumns() {
        return Stream.of(
                        Stream.of(site.column()),
                        site.where().columns().stream(),
                        owner.map(Owner::column).stream(),
                        place.stream())
                .flatMap(columns -> columns)
                .distinct()
                .toList();
    }
}
