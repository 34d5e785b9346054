package io.binday.catalog;

import io.binday.catalog.TableShape.Column;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The columns of an asset table whose names suggest what they are; of several the most telling one.
 *
 * @param shape the asset table
 */
record AssetColumns(TableShape shape) {

    private static final Pattern TEXT = Pattern.compile("(?i)((var)?char|character|(tiny|medium|long)?text).*");
    private static final Pattern NUMBER =
            Pattern.compile("(?i)((tiny|small|medium|big)?int|integer|decimal|numeric|double).*");
    private static final Pattern TIME = Pattern.compile("(?i)(datetime|timestamp).*");

    Optional<Column> label() {
        return named(
                TEXT,
                "title",
                "label",
                "post_title",
                "name",
                "filename_download",
                "file_name",
                "filename",
                "original_name");
    }

    Optional<Column> bytes() {
        return named(NUMBER, "filesize", "file_size", "size_bytes", "byte_size", "bytes", "size");
    }

    Optional<Column> binaryKey() {
        return named(
                TEXT,
                "filename_disk",
                "file_key",
                "storage_key",
                "binary_key",
                "file_path",
                "path",
                "uri",
                "url",
                "key");
    }

    Optional<Column> version() {
        return named(NUMBER, "version", "_version", "revision", "lock_version");
    }

    Optional<Column> updatedAt() {
        return named(TIME, "updated_at", "modified_on", "modified_at", "changed_at", "date_updated", "updated");
    }

    Optional<Column> updatedBy() {
        return named(TEXT, "updated_by", "modified_by", "changed_by");
    }

    private Optional<Column> named(Pattern type, String... names) {
        return List.of(names).stream()
                .flatMap(name -> shape.column(name).stream())
                .filter(column -> type.matcher(column.type()).matches())
                .findFirst();
    }
}
