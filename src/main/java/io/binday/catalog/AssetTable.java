package io.binday.catalog;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The CMS's asset table.
 *
 * @param site the table, its column with the asset ID, and which of its rows are assets
 * @param idPattern what an asset ID looks like, the whole value must match; empty where its column's type says enough
 * @param label the column an operator knows an asset by
 * @param bytes the column with the size of the file, in bytes
 * @param binaryKey the column with the key of the file in the binary store
 * @param revision what a restore changes
 * @param parent what the asset lies in
 */
public record AssetTable(
        Site site,
        Optional<Pattern> idPattern,
        Optional<String> label,
        Optional<String> bytes,
        Optional<String> binaryKey,
        Revision revision,
        Optional<Parent> parent) {

    /**
     * The columns that a restore does not give back as they were, because it is a change itself.
     *
     * @param version a number that grows with every change
     * @param updatedAt when the asset was changed last
     * @param updatedBy who changed it last
     */
    public record Revision(Optional<String> version, Optional<String> updatedAt, Optional<String> updatedBy) {

        /** A table that keeps none of it. */
        static final Revision NONE = new Revision(Optional.empty(), Optional.empty(), Optional.empty());

        List<String> columns() {
            return Stream.of(version, updatedAt, updatedBy)
                    .flatMap(Optional::stream)
                    .toList();
        }
    }

    /**
     * What an asset lies in, usually a folder; it must still be there when the asset comes back.
     *
     * @param column the asset table's column that names the parent; null for an asset that has none
     * @param table the table of parents
     * @param key its column that is named
     */
    public record Parent(String column, TableName table, String key) {}

    public TableName table() {
        return site.table();
    }

    /** Every column the catalog names, to be checked against the database. */
    public List<String> namedColumns() {
        return Stream.of(
                        Stream.of(site.column()),
                        site.where().columns().stream(),
                        Stream.of(label, bytes, binaryKey).flatMap(Optional::stream),
                        revision.columns().stream(),
                        parent.map(Parent::column).stream())
                .flatMap(columns -> columns)
                .toList();
    }
}
