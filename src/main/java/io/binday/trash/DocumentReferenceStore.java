package io.binday.trash;

import io.binday.catalog.BoundCatalog.Use;
import io.binday.catalog.Dialect;
import io.binday.catalog.JsonPath;
import io.binday.catalog.MovedTable;
import io.binday.catalog.Reference.OnRestore;
import io.binday.catalog.TableShape.Collation;
import io.binday.catalog.TableShape.Column;
import io.binday.trash.JsonDocument.Insertion;
import io.binday.trash.JsonDocument.Removal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * References that stand in JSON documents of rows that stay, on MySQL. A text column is changed by characters, so that
 * nothing else of the document moves; a JSON column by the server's own functions, so that its other values keep their
 * types. The snapshot of each ID is where it stood and what was cut out.
 */
final class DocumentReferenceStore extends ReferenceStore {

    /** In these no text changes on its way to this process and back. */
    private static final Set<String> UNICODE =
            Set.of("utf8mb4", "utf8mb3", "utf8", "ascii", "ucs2", "utf16", "utf16le", "utf32");

    private final String document;
    private final boolean isJson;
    /** To be read: the document as text, and whether it would be the same when written again. */
    private final String read;

    DocumentReferenceStore(JdbcTemplate jdbc, Use use) {
        super(jdbc, use);
        Column column = table.source().column(reference.site().column()).orElseThrow();
        this.document = column.quoted();
        this.isJson = column.type().equalsIgnoreCase("json");
        this.read = column.collation()
                .map(Collation::characterSet)
                .filter(set -> !UNICODE.contains(set))
                .map(set ->
                        "CONVERT(%1$s USING utf8mb4), CAST(CONVERT(CONVERT(%1$s USING utf8mb4) USING %2$s) AS BINARY) = CAST(%1$s AS BINARY)"
                                .formatted(document, set))
                .orElse(document + ", TRUE");
    }

    /**
     * A document of the source, locked.
     *
     * @param exact whether all its characters would be the same when written again
     */
    private record Row(List<Object> key, JsonDocument document, boolean exact) {}

    /** Restores change places of snapshots that stay, see {@link #closeGaps}. */
    @Override
    boolean isGuarded() {
        return false;
    }

    /** Looking for IDs in documents locks all of them for a moment, and a snapshot that goes may move others. */
    @Override
    boolean isTakenByItself() {
        return false;
    }

    @Override
    Map<String, Long> detach(AssetIds ids) {
        long removed = 0;
        Set<String> wanted = new HashSet<>(ids.values());
        for (Row row : documentsWith(ids)) {
            JsonDocument now = row.document;
            if (!row.exact) {
                throw refused(row, "has characters that its column would not take back as they are");
            }
            if (now.repeatsAKey()) {
                throw refused(row, "has a key twice in one object");
            }
            List<DocumentPlace> out =
                    new ArrayList<>(kept(row.key).stream().map(Kept::place).toList());
            Optional<Removal> removal = removal(now, wanted);
            while (removal.isPresent()) {
                DocumentPlace place = new DocumentPlace(removal.get().path()).among(out);
                out.add(place);
                keep(row, removal.get(), place);
                if (isJson) {
                    take(row, removal.get());
                }
                now = removal.get().after();
                removed++;
                removal = removal(now, wanted);
            }
            if (now.uses(wanted, reference.paths(), table.form()::canonical)) {
                throw refused(row, "has an array where a path names a value, or the other way round");
            }
            if (!isJson && !now.equals(row.document)) {
                expect(1, update(document + " = ?", row.key, now.text()));
            }
        }
        return Map.of(name(), removed);
    }

    private Optional<Removal> removal(JsonDocument from, Set<String> wanted) {
        return from.removeLast(reference.paths(), wanted, table.form()::canonical);
    }

    private DataIntegrityViolationException refused(Row row, String why) {
        return new DataIntegrityViolationException("the document of table %s that uses the asset, of the row %s, %s"
                .formatted(table.name(), row.key, why));
    }

    /** A snapshot that a document has, whichever asset it is of. */
    private record Kept(long number, DocumentPlace place) {}

    /** Locks all snapshots of a document. */
    private List<Kept> kept(List<Object> key) {
        return jdbc.query(
                "SELECT `binday_row`, %s FROM %s WHERE %s ORDER BY `binday_row` FOR UPDATE"
                        .formatted(Dialect.quote(MovedTable.DOCUMENT_PATH), table.mirror(), rowCondition()),
                (rs, number) -> new Kept(rs.getLong(1), new DocumentPlace(rs.getString(2))),
                key.toArray());
    }

    /**
     * Places are those in the document with all its IDs: when some never come back, those behind them in the same array move up.
     *
     * @param leaving the snapshots that are about to be removed
     * @param lost the places of those that do not come back
     */
    private void closeGaps(List<Object> key, Set<Long> leaving, List<DocumentPlace> lost) {
        if (lost.stream().noneMatch(DocumentPlace::isElement)) {
            return;
        }
        for (Kept kept : kept(key)) {
            DocumentPlace place = kept.place.without(lost);
            if (!leaving.contains(kept.number) && !place.equals(kept.place)) {
                expect(
                        1,
                        jdbc.update(
                                "UPDATE %s SET %s = ? WHERE `binday_row` = ?"
                                        .formatted(table.mirror(), Dialect.quote(MovedTable.DOCUMENT_PATH)),
                                place.path(),
                                kept.number));
            }
        }
    }

    @Override
    Map<String, Long> forget(AssetIds ids) {
        Documents documents = new Documents();
        Map<Long, List<Snapshot>> lost = new LinkedHashMap<>();
        snapshots(ids)
                .forEach(snapshot -> lost.computeIfAbsent(documents.of(snapshot), any -> new ArrayList<>())
                        .add(snapshot));
        lost.values()
                .forEach(some -> closeGaps(
                        some.get(0).key,
                        some.stream().map(Snapshot::number).collect(Collectors.toSet()),
                        some.stream().map(Snapshot::place).toList()));
        return super.forget(ids);
    }

    @Override
    Fates reattach(AssetIds ids, Stamp stamp) {
        if (reference.onRestore() == OnRestore.DROP) {
            return super.reattach(ids, stamp);
        }
        Fates fates = settle(ids, stamp);
        expect(fates.of(name()), empty(ids));
        return fates;
    }

    private String rowCondition() {
        return table.key().stream().map(column -> column.quoted() + " = ?").collect(Collectors.joining(" AND "));
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
                        .formatted(key, read, table.table(), condition, table.filter(""), key),
                (rs, number) -> {
                    List<Object> values = new ArrayList<>();
                    for (int i = 1; i <= keys; i++) {
                        values.add(rs.getObject(i));
                    }
                    return new Row(values, new JsonDocument(rs.getString(keys + 1)), rs.getBoolean(keys + 2));
                },
                reference.paths().stream().map(path -> candidates).toArray());
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

    private static String literal(JsonPath path) {
        return "'" + path + "'";
    }

    private void keep(Row row, Removal removal, DocumentPlace place) {
        List<String> columns =
                new ArrayList<>(table.key().stream().map(Column::quoted).toList());
        columns.add(Dialect.quote(MovedTable.ASSET));
        columns.add(Dialect.quote(MovedTable.DOCUMENT_PATH));
        columns.add(Dialect.quote(MovedTable.DOCUMENT_CUT));
        columns.add(Dialect.quote(MovedTable.DOCUMENT_AROUND));
        List<Object> values = new ArrayList<>(row.key);
        values.add(table.form().argument(removal.id()));
        values.add(place.path());
        values.add(removal.cut());
        values.add(removal.around());
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
        List<Object> arguments = new ArrayList<>(List.of(values));
        arguments.addAll(key);
        return jdbc.update(
                "UPDATE %s SET %s%s WHERE %s".formatted(table.table(), assignment, table.unchanged(""), rowCondition()),
                arguments.toArray());
    }

    /** One ID that was cut out. */
    private record Snapshot(long number, String id, DocumentPlace place, String cut, String around, List<Object> key) {}

    /** Tells which snapshots are of one document, whatever the spelling of its key was when each was taken. */
    private final class Documents {
        private final Map<String, Long> known = new HashMap<>();

        /** The number of the first snapshot of the document, which stands for it. */
        Long of(Snapshot snapshot) {
            return known.computeIfAbsent(
                    JsonDocument.quote(snapshot.key), any -> kept(snapshot.key).get(0).number);
        }
    }

    /** A document that IDs go back into. */
    private static final class Target {
        private final List<Object> key;
        /** The places of IDs that are still out. */
        private final List<DocumentPlace> out;
        /** Those of them that do not come back. */
        private final List<DocumentPlace> lost = new ArrayList<>();

        private final Set<Long> settled = new HashSet<>();

        private final Map<String, Integer> returned = new HashMap<>();
        /** Whether assets may be in it: an editor may have turned its row into something else, or given it odd characters. */
        private final boolean meant;

        private JsonDocument now;
        private boolean changed;

        private Target(List<Object> key, JsonDocument now, boolean meant, List<DocumentPlace> out) {
            this.key = key;
            this.now = now;
            this.meant = meant;
            this.out = new ArrayList<>(out);
        }
    }

    /** The last one cut out goes back first, so that each stands where it stood, blanks included. */
    @Override
    Fates settle(AssetIds ids, Stamp stamp) {
        Map<Fate, List<Long>> settled = new EnumMap<>(Fate.class);
        Documents documents = new Documents();
        Map<Long, Target> targets = new LinkedHashMap<>();
        for (Snapshot snapshot : snapshots(ids)) {
            Target target = targets.computeIfAbsent(documents.of(snapshot), any -> target(snapshot.key));
            target.settled.add(snapshot.number);
            settled.computeIfAbsent(putBack(snapshot, target), any -> new ArrayList<>())
                    .add(snapshot.number);
        }
        targets.values().stream()
                .filter(target -> target.changed && !isJson)
                .forEach(target -> expect(1, update(document + " = ?", target.key, target.now.text())));
        targets.values().forEach(target -> closeGaps(target.key, target.settled, target.lost));
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
                "SELECT %s m.`binday_row`, %s, m.%s, m.%s, m.%s, %s FROM %s m WHERE m.%s IN (%s) ORDER BY m.`binday_row` DESC FOR UPDATE"
                        .formatted(
                                table.byAsset("m"),
                                table.assetText("m"),
                                Dialect.quote(MovedTable.DOCUMENT_PATH),
                                Dialect.quote(MovedTable.DOCUMENT_CUT),
                                Dialect.quote(MovedTable.DOCUMENT_AROUND),
                                key,
                                table.mirror(),
                                table.asset(),
                                ids.marks()),
                (rs, number) -> {
                    List<Object> values = new ArrayList<>();
                    for (int i = 0; i < keys; i++) {
                        values.add(rs.getObject(6 + i));
                    }
                    return new Snapshot(
                            rs.getLong(1),
                            rs.getString(2),
                            new DocumentPlace(rs.getString(3)),
                            rs.getString(4),
                            rs.getString(5),
                            values);
                },
                ids.times(table, 1));
    }

    /** Locks the document; one that is gone is empty. */
    private Target target(List<Object> key) {
        return jdbc
                .query(
                        "SELECT %s, CASE WHEN 1 = 1%s THEN TRUE ELSE FALSE END FROM %s WHERE %s FOR UPDATE"
                                .formatted(read, table.filter(""), table.table(), rowCondition()),
                        (rs, number) -> new Target(
                                key,
                                new JsonDocument(
                                        Optional.ofNullable(rs.getString(1)).orElse("")),
                                rs.getBoolean(2) && rs.getBoolean(3),
                                kept(key).stream().map(Kept::place).toList()),
                        key.toArray())
                .stream()
                .findFirst()
                .orElseGet(() -> new Target(key, new JsonDocument(""), true, List.of()));
    }

    private Fate putBack(Snapshot snapshot, Target target) {
        target.out.remove(snapshot.place);
        Fate fate = putBackWhereItWas(snapshot, target);
        if (fate != Fate.REATTACHED) {
            target.out.add(snapshot.place);
            target.lost.add(snapshot.place);
        }
        return fate;
    }

    private Fate putBackWhereItWas(Snapshot snapshot, Target target) {
        if (target.now.text().isEmpty() || !target.now.isReadable()) {
            return Fate.ENTRY_GONE;
        }
        DocumentPlace place = snapshot.place.without(target.out);
        if (!target.meant || target.now.repeatsAKey()) {
            return Fate.SLOT_TAKEN;
        }
        if (!target.now.isAround(snapshot.around, place.path(), reference.paths())) {
            return Fate.SLOT_TAKEN;
        }
        String twin = snapshot.id + " " + (place.isElement() ? snapshot.place.array() : place.path());
        int twins = target.returned.getOrDefault(twin, 0);
        Optional<Insertion> insertion =
                target.now.insert(snapshot.id, place.path(), snapshot.cut, twins, table.form()::canonical);
        if (insertion.isEmpty()) {
            return Fate.SLOT_TAKEN;
        }
        target.returned.put(twin, twins + 1);
        target.now = insertion.get().after();
        target.changed = true;
        if (isJson) {
            expect(1, give(snapshot.key, insertion.get()));
        }
        return Fate.REATTACHED;
    }

    private int give(List<Object> key, Insertion insertion) {
        String function = insertion.intoArray() ? "JSON_ARRAY_INSERT" : "JSON_SET";
        return update(
                "%s = %s(%s, ?, CAST(? AS JSON))".formatted(document, function, document),
                key,
                insertion.path(),
                insertion.value());
    }
}
