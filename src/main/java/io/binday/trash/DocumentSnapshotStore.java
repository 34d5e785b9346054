package io.binday.trash;

import io.binday.catalog.Dialect;
import io.binday.catalog.MovedTable;
import io.binday.catalog.TableShape.Column;
import io.binday.trash.JsonDocument.Removal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The mirror of a column of documents, on MySQL: where each ID stood, and what was cut out. Places are those in the document
 * with all its IDs. What is read is locked, for what becomes of one snapshot may move others. The caller has the transaction.
 */
final class DocumentSnapshotStore {

    private static final String PATH = Dialect.quote(MovedTable.DOCUMENT_PATH);
    private static final String CUT = Dialect.quote(MovedTable.DOCUMENT_CUT);
    private static final String AROUND = Dialect.quote(MovedTable.DOCUMENT_AROUND);

    private final JdbcTemplate jdbc;
    private final MovedTable table;

    DocumentSnapshotStore(JdbcTemplate jdbc, MovedTable table) {
        this.jdbc = jdbc;
        this.table = table;
    }

    /**
     * One ID that was cut out.
     *
     * @param key the primary key of the row, as it was spelled then
     */
    record Snapshot(long number, String id, DocumentPlace place, String cut, String around, List<Object> key) {}

    /** A snapshot that a document has, whichever asset it is of. */
    private record Kept(long number, DocumentPlace place) {}

    /** Keeps what was cut out of the document of a row. */
    void add(List<Object> key, Removal removal, DocumentPlace place) {
        List<String> columns = Stream.concat(
                        table.key().stream().map(Column::quoted), Stream.of(table.asset(), PATH, CUT, AROUND))
                .toList();
        List<Object> values = new ArrayList<>(key);
        values.addAll(List.of(table.form().argument(removal.id()), place.path(), removal.cut(), removal.around()));
        jdbc.update(
                "INSERT INTO %s (%s) VALUES (%s)"
                        .formatted(
                                table.mirror(),
                                String.join(", ", columns),
                                columns.stream().map(column -> "?").collect(Collectors.joining(", "))),
                values.toArray());
    }

    /**
     * The snapshots of these assets by document, whatever the spelling of its key was when each was taken; of a document the last
     * one first.
     */
    Collection<List<Snapshot>> byDocument(AssetIds ids) {
        Map<String, Long> documents = new HashMap<>();
        Map<Long, List<Snapshot>> snapshots = new LinkedHashMap<>();
        for (Snapshot snapshot : of(ids)) {
            // The first of all that a document has stands for it.
            Long document = documents.computeIfAbsent(
                    JsonDocument.quote(snapshot.key), any -> kept(snapshot.key).get(0).number);
            snapshots.computeIfAbsent(document, any -> new ArrayList<>()).add(snapshot);
        }
        return snapshots.values();
    }

    private List<Snapshot> of(AssetIds ids) {
        String key = table.key().stream().map(column -> "m." + column.quoted()).collect(Collectors.joining(", "));
        int keys = table.key().size();
        return jdbc.query(
                "SELECT %s m.`binday_row`, %s, m.%s, m.%s, m.%s, %s FROM %s m WHERE m.%s IN (%s) ORDER BY m.`binday_row` DESC FOR UPDATE"
                        .formatted(
                                table.byAsset("m"),
                                table.assetText("m"),
                                PATH,
                                CUT,
                                AROUND,
                                key,
                                table.mirror(),
                                table.asset(),
                                ids.marks()),
                (rs, number) -> new Snapshot(
                        rs.getLong(1),
                        rs.getString(2),
                        new DocumentPlace(rs.getString(3)),
                        rs.getString(4),
                        rs.getString(5),
                        DocumentStore.values(rs, 6, keys)),
                ids.times(table, 1));
    }

    /** The places of all IDs that are out of the document of a row. */
    List<DocumentPlace> places(List<Object> key) {
        return kept(key).stream().map(Kept::place).toList();
    }

    private List<Kept> kept(List<Object> key) {
        return jdbc.query(
                "SELECT `binday_row`, %s FROM %s WHERE %s ORDER BY `binday_row` FOR UPDATE"
                        .formatted(PATH, table.mirror(), table.thatRow()),
                (rs, number) -> new Kept(rs.getLong(1), new DocumentPlace(rs.getString(2))),
                key.toArray());
    }

    /**
     * When IDs never come back, those behind them in the same array move up.
     *
     * @param leaving the snapshots of one document that are about to be removed
     * @param lost the places of those of them that do not come back
     */
    void closeGaps(List<Snapshot> leaving, List<DocumentPlace> lost) {
        if (lost.stream().noneMatch(DocumentPlace::isElement)) {
            return;
        }
        Set<Long> numbers = leaving.stream().map(Snapshot::number).collect(Collectors.toSet());
        for (Kept kept : kept(leaving.get(0).key)) {
            DocumentPlace place = kept.place.without(lost);
            if (!numbers.contains(kept.number) && !place.equals(kept.place)) {
                int changed = jdbc.update(
                        "UPDATE %s SET %s = ? WHERE `binday_row` = ?".formatted(table.mirror(), PATH),
                        place.path(),
                        kept.number);
                RowCount.require(table.name(), 1, changed);
            }
        }
    }
}
