package io.binday.trash;

import io.binday.catalog.JsonPath;
import io.binday.catalog.MovedTable;
import io.binday.catalog.Reference;
import io.binday.catalog.TableShape.Collation;
import io.binday.catalog.TableShape.Column;
import io.binday.trash.JsonDocument.Insertion;
import io.binday.trash.JsonDocument.Removal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.dao.IncorrectUpdateSemanticsDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The documents in a column of the CMS, on MySQL. A text column is written once, when all is done, so that nothing else of the
 * document moves; a JSON column is changed step by step by the server's own functions, so that its other values keep their
 * types. The caller has the transaction.
 */
final class DocumentStore {

    /** In these no text changes on its way to this process and back. */
    private static final Set<String> UNICODE =
            Set.of("utf8mb4", "utf8mb3", "utf8", "ascii", "ucs2", "utf16", "utf16le", "utf32");

    private final JdbcTemplate jdbc;
    private final MovedTable table;
    private final List<JsonPath> paths;
    private final String column;
    private final boolean isJson;
    /** To be read: the document as text, and whether it would be the same when written again. */
    private final String read;

    DocumentStore(JdbcTemplate jdbc, Reference reference, MovedTable table) {
        this.jdbc = jdbc;
        this.table = table;
        this.paths = reference.paths();
        Column documents = table.source().column(reference.site().column()).orElseThrow();
        this.column = documents.quoted();
        this.isJson = documents.type().equalsIgnoreCase("json");
        this.read = documents
                .collation()
                .map(Collation::characterSet)
                .filter(set -> !UNICODE.contains(set))
                .map(set ->
                        "CONVERT(%1$s USING utf8mb4), CAST(CONVERT(CONVERT(%1$s USING utf8mb4) USING %2$s) AS BINARY) = CAST(%1$s AS BINARY)"
                                .formatted(column, set))
                .orElse(column + ", TRUE");
    }

    /**
     * A document, locked.
     *
     * @param key the primary key of its row
     * @param exact whether all its characters would be the same when written again
     * @param meant whether its row is one that the catalog means
     */
    record Row(List<Object> key, String text, boolean exact, boolean meant) {

        /** Read anew at each call: many documents may be locked, and one with all its places takes ten times its text. */
        JsonDocument document() {
            return new JsonDocument(text);
        }
    }

    /** Locks the documents that may have one of these assets. */
    List<Row> with(AssetIds ids) {
        String overlaps = paths.stream()
                .map(path -> "JSON_OVERLAPS(JSON_EXTRACT(%s, '%s'), CAST(? AS JSON))".formatted(column, path))
                .collect(Collectors.joining(" OR ", "(", ")"));
        String condition = isJson ? overlaps : "CASE WHEN JSON_VALID(" + column + ") THEN " + overlaps + " END";
        String candidates = candidates(ids);
        return rows(
                condition + table.filter("") + " ORDER BY " + keyColumns(),
                paths.stream().map(path -> candidates).toArray());
    }

    /** Locks the document of a row; empty when the row is gone. */
    Optional<Row> of(List<Object> key) {
        return rows(table.thatRow(), key.toArray()).stream().findFirst();
    }

    private List<Row> rows(String condition, Object... arguments) {
        int keys = table.key().size();
        return jdbc.query(
                "SELECT %s, %s, CASE WHEN 1 = 1%s THEN TRUE ELSE FALSE END FROM %s WHERE %s FOR UPDATE"
                        .formatted(keyColumns(), read, table.filter(""), table.table(), condition),
                (rs, number) -> new Row(
                        values(rs, 1, keys),
                        Optional.ofNullable(rs.getString(keys + 1)).orElse(""),
                        rs.getBoolean(keys + 2),
                        rs.getBoolean(keys + 3)),
                arguments);
    }

    private String keyColumns() {
        return table.key().stream().map(Column::quoted).collect(Collectors.joining(", "));
    }

    /** So many values of a row, as the driver gives them. */
    static List<Object> values(ResultSet rs, int first, int count) throws SQLException {
        List<Object> values = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            values.add(rs.getObject(i));
        }
        return values;
    }

    /** A JSON array of the IDs; numbers may stand in a document as such or as text. */
    private String candidates(AssetIds ids) {
        return ids.values().stream()
                .flatMap(id -> {
                    Object argument = table.form().argument(id);
                    List<String> spellings = argument instanceof byte[]
                            ? List.of(
                                    id,
                                    id.toUpperCase(Locale.ROOT),
                                    id.replace("-", ""),
                                    id.replace("-", "").toUpperCase(Locale.ROOT))
                            : List.of(id);
                    Stream<String> texts = spellings.stream().map(JsonDocument::quote);
                    return argument instanceof Number ? Stream.concat(Stream.of(id), texts) : texts;
                })
                .collect(Collectors.joining(",", "[", "]"));
    }

    /**
     * Takes an ID out of a JSON column.
     *
     * @throws IncorrectUpdateSemanticsDataAccessException when the row is gone
     */
    void take(List<Object> key, Removal removal) {
        if (isJson) {
            String changed = removal.ofArray()
                    ? "JSON_REMOVE(%s, ?)".formatted(column)
                    : "JSON_SET(%s, ?, CAST('null' AS JSON))".formatted(column);
            set(changed, key, removal.path());
        }
    }

    /**
     * Puts an ID back into a JSON column.
     *
     * @throws IncorrectUpdateSemanticsDataAccessException when the row is gone
     */
    void give(List<Object> key, Insertion insertion) {
        if (isJson) {
            String function = insertion.intoArray() ? "JSON_ARRAY_INSERT" : "JSON_SET";
            set("%s(%s, ?, CAST(? AS JSON))".formatted(function, column), key, insertion.path(), insertion.value());
        }
    }

    /**
     * Writes a text column, if anything was changed.
     *
     * @throws IncorrectUpdateSemanticsDataAccessException when the row is gone
     */
    void finish(List<Object> key, JsonDocument before, JsonDocument after) {
        if (!isJson && !after.text().equals(before.text())) {
            set("?", key, after.text());
        }
    }

    /** Columns that the database sets at every change keep their values, because nobody has edited the entry. */
    private void set(String value, List<Object> key, Object... arguments) {
        int changed = jdbc.update(
                "UPDATE %s SET %s = %s%s WHERE %s"
                        .formatted(table.table(), column, value, table.unchanged(""), table.thatRow()),
                Stream.concat(Stream.of(arguments), key.stream()).toArray());
        RowCount.require(table.name(), 1, changed);
    }
}
