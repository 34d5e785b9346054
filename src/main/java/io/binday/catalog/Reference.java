package io.binday.catalog;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A table whose rows use assets.
 *
 * @param table the referencing table
 * @param asset its column with the asset ID
 * @param owner what the reference belongs to, for the counts of a plan
 * @param place the columns that say where an asset was used; they must be free again to reattach it
 */
public record Reference(
        String table, String asset, Detach detach, OnRestore onRestore, Optional<Owner> owner, List<String> place) {

    /** What detaching does to the referencing row. */
    public enum Detach {
        /** The row moves to the trash as a whole. */
        DELETE_ROW
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

    public Reference {
        place = List.copyOf(place);
    }

    /** Every column the catalog names, to be checked against the database. */
    public List<String> namedColumns() {
        return Stream.concat(Stream.concat(Stream.of(asset), owner.map(Owner::column).stream()), place.stream())
                .distinct()
                .toList();
    }
}
