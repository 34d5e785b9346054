package io.binday.trash;

import io.binday.catalog.BoundCatalog.Use;
import io.binday.catalog.Dialect;
import io.binday.catalog.JsonPath;
import io.binday.catalog.MovedTable;
import io.binday.catalog.TableShape.Column;
import io.binday.catalog.TableShape.Trait;
import io.binday.trash.JsonDocument.Insertion;
import io.binday.trash.JsonDocument.Removal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * References that stand in JSON documents of rows that stay, on MySQL. A text column is changed by characters, so that
 * nothing else of the document moves; a JSON column by the server's own functions, so that its other values keep their
 * types. The snapshot of each ID is where it stood and what was cut out.
 */
final class DocumentReferenceStore extends ReferenceStore {

    private final String document;
    private final boolean isJson;

    DocumentReferenceStore(JdbcTemplate jdbc, Use use) {
        super(jdbc, use);
        Column column = table.source().column(reference.site().column()).orElseThrow();
        this.document = column.quoted();
        this.isJson = column.type().equalsIgnoreCase("json");
    }

    /** A document of the source, locked. */
    private record Row(List<Object> key, JsonDocument document) {}

    @Override
    Map<String, Long> detach(AssetIds ids) {
        long removed = 0;
        Set<String> wanted = new HashSet<>(ids.values());
        for (Row row : documentsWith(ids)) {
            JsonDocument now = row.document;
            Optional<Removal> removal = now.removeLast(reference.paths(), wanted);
            while (removal.isPresent()) {
                keep(row, removal.get());
                if (isJson) {
                    take(row, removal.get());
                }
                now = removal.get().after();
                removed++;
                removal = now.removeLast(reference.paths(), wanted);
            }
            if (!isJson && !now.equals(row.document)) {
                expect(1, update(document + " = ?", row.key, now.text()));
            }
        }
        return Map.of(name(), removed);
    }

    /** Locks the documents that may have one of these assets. */
    private List<Row> documentsWith(AssetIds ids) {
        String key = table.key().stream().map(Column::quoted).collect(Collectors.joining(", "));
        String overlaps = reference.paths().stream()
                .map(path -> "JSON_OVERLAPS(JSON_EXTRACT(%s, %s), CAST(? AS JSON))".formatted(document, literal(path)))
                .collect(Collectors.joining(" OR ", "(", ")"));
        String condition = isJson ? overlaps : "CASE WHEN JSON_VALID(" + document + ") THEN " + overlaps + " END";
        String candidates = candidates(ids);
        int keys = table.key().size();
        return jdbc.query(
                "SELECT %s, %s FROM %s WHERE %s%s ORDER BY %s FOR UPDATE"
                        .formatted(key, document, table.table(), condition, table.filter(""), key),
                (rs, number) -> {
                    List<Object> values = new ArrayList<>();
                    for (int i = 1; i <= keys; i++) {
                        values.add(rs.getObject(i));
                    }
                    return new Row(values, new JsonDocument(rs.getString(keys + 1)));
                },
                reference.paths().stream().map(path -> candidates).toArray());
    }

    /** A JSON array of the IDs; numbers may stand in a document as such or as text. */
    private String candidates(AssetIds ids) {
        return ids.values().stream()
                .flatMap(id -> table.form().argument(id) instanceof Number
                        ? List.of(id, JsonDocument.quote(id)).stream()
                        : List.of(JsonDocument.quote(id)).stream())
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String literal(JsonPath path) {
        return "'" + path + "'";
    }

    private void keep(Row row, Removal removal) {
        List<String> columns =
                new ArrayList<>(table.key().stream().map(Column::quoted).toList());
        columns.add(Dialect.quote(MovedTable.ASSET));
        columns.add(Dialect.quote(MovedTable.DOCUMENT_PATH));
        columns.add(Dialect.quote(MovedTable.DOCUMENT_CUT));
        List<Object> values = new ArrayList<>(row.key);
        values.add(table.form().argument(removal.id()));
        values.add(removal.path());
        values.add(removal.cut());
        jdbc.update(
                "INSERT INTO %s (%s) VALUES (%s)"
                        .formatted(
                                table.mirror(),
                                String.join(", ", columns),
                                columns.stream().map(column -> "?").collect(Collectors.joining(", "))),
                values.toArray());
    }

    private void take(Row row, Removal removal) {
        String change = removal.ofArray()
                ? "JSON_REMOVE(%s, ?)".formatted(document)
                : "JSON_SET(%s, ?, CAST('null' AS JSON))".formatted(document);
        expect(1, update(document + " = " + change, row.key, removal.path()));
    }

    /** Changes a row of the source; columns that the database sets at every change keep their values. */
    private int update(String assignment, List<Object> key, Object... values) {
        String unchanged = table.source().columns().stream()
                .filter(column -> column.is(Trait.AUTO_UPDATED))
                .map(column -> ", " + column.quoted() + " = " + column.quoted())
                .collect(Collectors.joining());
        String row =
                table.key().stream().map(column -> column.quoted() + " = ?").collect(Collectors.joining(" AND "));
        List<Object> arguments = new ArrayList<>(List.of(values));
        arguments.addAll(key);
        return jdbc.update(
                "UPDATE %s SET %s%s WHERE %s".formatted(table.table(), assignment, unchanged, row),
                arguments.toArray());
    }

    /** One ID that was cut out, and the document it should go back to, if that is there. */
    private record Snapshot(
            long number,
            String id,
            String path,
            String cut,
            List<Object> key,
            @Nullable String text) {}

    /** The last one cut out goes back first, so that each stands where it stood. */
    @Override
    Fates settle(AssetIds ids, Stamp stamp) {
        Map<Fate, List<Long>> settled = new EnumMap<>(Fate.class);
        Map<String, JsonDocument> documents = new HashMap<>();
        for (Snapshot snapshot : snapshots(ids)) {
            settled.computeIfAbsent(putBack(snapshot, documents), any -> new ArrayList<>())
                    .add(snapshot.number);
        }
        Fates fates = new Fates();
        settled.forEach((fate, numbers) -> {
            String listed = numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
            fates.add(
                    fate,
                    name(),
                    fate == Fate.REATTACHED
                            ? numbers.size()
                            : note(ids, stamp, fate, "m.`binday_row` IN (" + listed + ")", 0));
        });
        return fates;
    }

    private List<Snapshot> snapshots(AssetIds ids) {
        String key = table.key().stream().map(column -> "m." + column.quoted()).collect(Collectors.joining(", "));
        int keys = table.key().size();
        return jdbc.query(
                "SELECT m.`binday_row`, %s, m.%s, m.%s, r.%s, %s FROM %s m LEFT JOIN %s r ON %s WHERE m.%s IN (%s) ORDER BY m.`binday_row` DESC FOR UPDATE"
                        .formatted(
                                table.assetText("m"),
                                Dialect.quote(MovedTable.DOCUMENT_PATH),
                                Dialect.quote(MovedTable.DOCUMENT_CUT),
                                document,
                                key,
                                table.mirror(),
                                table.table(),
                                table.sameRow("r", "m"),
                                table.asset(),
                                ids.marks()),
                (rs, number) -> {
                    List<Object> values = new ArrayList<>();
                    for (int i = 0; i < keys; i++) {
                        values.add(rs.getObject(6 + i));
                    }
                    return new Snapshot(
                            rs.getLong(1), rs.getString(2), rs.getString(3), rs.getString(4), values, rs.getString(5));
                },
                ids.times(table, 1));
    }

    private Fate putBack(Snapshot snapshot, Map<String, JsonDocument> documents) {
        String row = JsonDocument.quote(snapshot.key);
        JsonDocument now = documents.computeIfAbsent(
                row, any -> new JsonDocument(Optional.ofNullable(snapshot.text).orElse("")));
        if (!now.isReadable() || now.text().isEmpty()) {
            return Fate.ENTRY_GONE;
        }
        Optional<Insertion> insertion = now.insert(snapshot.id, snapshot.path, snapshot.cut);
        if (insertion.isEmpty()) {
            return Fate.SLOT_TAKEN;
        }
        documents.put(row, insertion.get().after());
        expect(1, isJson ? give(snapshot, insertion.get()) : rewrite(snapshot, insertion.get()));
        return Fate.REATTACHED;
    }

    private int give(Snapshot snapshot, Insertion insertion) {
        String function = insertion.intoArray() ? "JSON_ARRAY_INSERT" : "JSON_SET";
        return update(
                "%s = %s(%s, ?, CAST(? AS JSON))".formatted(document, function, document),
                snapshot.key,
                insertion.path(),
                insertion.value());
    }

    private int rewrite(Snapshot snapshot, Insertion insertion) {
        return update(document + " = ?", snapshot.key, insertion.after().text());
    }
}
