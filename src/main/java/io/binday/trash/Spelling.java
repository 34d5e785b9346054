package io.binday.trash;

import io.binday.catalog.IdForm;
import io.binday.catalog.MovedTable;
import java.util.Optional;

/**
 * How asset IDs are spelled where the assets are, for columns that take several spellings for one ID.
 *
 * @param asset the asset table
 * @param side where the assets are, quoted: the table or its mirror
 */
record Spelling(MovedTable asset, String side) {

    IdForm form() {
        return asset.form();
    }

    /**
     * Among selected work items, those that are spelled differently there: columns {@code seq} and {@code asset_id}; empty
     * where that cannot be. To the byte, because our own columns, too, take a blank at the end for nothing.
     */
    Optional<String> query(Selection selection) {
        if (form().exact()) {
            return Optional.empty();
        }
        String there = asset.exactText("s");
        return Optional.of("""
                SELECT w.seq AS seq, %1$s AS asset_id FROM (%2$s) w JOIN %3$s s ON s.%4$s = %5$s
                WHERE CAST(%1$s AS BINARY) <> CAST(w.asset_id AS BINARY)""".formatted(there, selection.sql(), side, asset.asset(), asset.comparable("w.asset_id")));
    }
}
