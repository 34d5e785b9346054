package io.binday.catalog;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The CMS's asset table.
 *
 * @param id the column with the asset ID
 * @param idPattern what an asset ID looks like; the whole value must match
 * @param label the column an operator knows an asset by
 * @param bytes the column with the size of the file, in bytes
 * @param binaryKey the column with the key of the file in the binary store
 */
public record AssetTable(
        String table,
        String id,
        Pattern idPattern,
        Optional<String> label,
        Optional<String> bytes,
        Optional<String> binaryKey) {

    /** Every column the catalog names, to be checked against the database. */
    public List<String> namedColumns() {
        return Stream.concat(Stream.of(id), Stream.of(label, bytes, binaryKey).flatMap(Optional::stream))
                .toList();
    }
}
