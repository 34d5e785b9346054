package io.binday.trash;

import io.binday.catalog.BoundCatalog.Use;
import io.binday.catalog.Reference.OnRestore;
import io.binday.trash.DocumentSnapshotStore.Snapshot;
import io.binday.trash.DocumentStore.Row;
import io.binday.trash.JsonDocument.Removal;
import io.binday.trash.ReturningDocument.Return;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;

/** References that stand in JSON documents of rows that stay, on MySQL: nothing else of a document changes. */
final class DocumentReferenceStore extends ReferenceStore {

    private final DocumentStore documents;
    private final DocumentSnapshotStore snapshots;

    DocumentReferenceStore(JdbcTemplate jdbc, Use use) {
        super(jdbc, use);
        this.documents = new DocumentStore(jdbc, reference, table);
        this.snapshots = new DocumentSnapshotStore(jdbc, table);
    }

    /** Restores change places of snapshots that stay. */
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
        for (Row row : documents.with(ids)) {
            removed += detach(wanted, row);
        }
        return Map.of(name(), removed);
    }

    private long detach(Set<String> wanted, Row row) {
        JsonDocument before = row.document();
        JsonDocument now = before;
        if (!row.exact()) {
            throw refused(row, "has characters that its column would not take back as they are");
        }
        if (now.repeatsAKey()) {
            throw refused(row, "has a key twice in one object");
        }
        List<DocumentPlace> out = new ArrayList<>(snapshots.places(row.key()));
        long removed = 0;
        Optional<Removal> removal = removal(now, wanted);
        while (removal.isPresent()) {
            DocumentPlace place = new DocumentPlace(removal.get().path()).among(out);
            out.add(place);
            snapshots.add(row.key(), removal.get(), place);
            documents.take(row.key(), removal.get());
            now = removal.get().after();
            removed++;
            removal = removal(now, wanted);
        }
        if (now.uses(wanted, reference.paths(), table.form()::canonical)) {
            throw refused(row, "has an array where a path names a value, or the other way round");
        }
        documents.finish(row.key(), before, now);
        return removed;
    }

    private Optional<Removal> removal(JsonDocument from, Set<String> wanted) {
        return from.removeLast(reference.paths(), wanted, table.form()::canonical);
    }

    private DataIntegrityViolationException refused(Row row, String why) {
        return new DataIntegrityViolationException("the document of table %s that uses the asset, of the row %s, %s"
                .formatted(table.name(), row.key(), why));
    }

    @Override
    Map<String, Long> forget(AssetIds ids) {
        snapshots
                .byDocument(ids)
                .forEach(lost -> snapshots.closeGaps(
                        lost, lost.stream().map(Snapshot::place).toList()));
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

    @Override
    Fates settle(AssetIds ids, Stamp stamp) {
        Map<Fate, List<Long>> settled = new EnumMap<>(Fate.class);
        snapshots.byDocument(ids).forEach(some -> putBack(some, settled));
        Fates fates = new Fates();
        settled.forEach((fate, numbers) -> fates.add(
                fate, name(), fate == Fate.REATTACHED ? numbers.size() : note(ids, stamp, fate, those(numbers))));
        return fates;
    }

    /** Puts the IDs of one document back. */
    private void putBack(List<Snapshot> some, Map<Fate, List<Long>> settled) {
        List<Object> key = some.get(0).key();
        Row row = documents.of(key).orElseGet(() -> new Row(key, "", true, true));
        JsonDocument before = row.document();
        ReturningDocument document = new ReturningDocument(
                reference.paths(), table.form()::canonical, before, row.exact() && row.meant(), snapshots.places(key));
        for (Snapshot snapshot : some) {
            Return result = document.putBack(snapshot);
            result.insertion().ifPresent(insertion -> documents.give(key, insertion));
            settled.computeIfAbsent(result.fate(), any -> new ArrayList<>()).add(snapshot.number());
        }
        documents.finish(key, before, document.now());
        snapshots.closeGaps(some, document.lost());
    }
}
