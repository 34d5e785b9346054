package io.binday.trash;

import io.binday.catalog.JsonPath;
import io.binday.trash.DocumentSnapshotStore.Snapshot;
import io.binday.trash.JsonDocument.Insertion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A document while asset IDs go back into it, one after the other; its caller writes what it becomes. */
final class ReturningDocument {

    private final List<JsonPath> paths;
    private final Function<String, Optional<String>> canonical;
    /** Whether assets may be in it: an editor may have turned its row into something else, or given it odd characters. */
    private final boolean open;
    /** The places of IDs that are still out. */
    private final List<DocumentPlace> out;
    /** Those of them that do not come back. */
    private final List<DocumentPlace> lost = new ArrayList<>();
    /** How often an ID has come back to an array. */
    private final Map<String, Integer> returned = new HashMap<>();

    private JsonDocument now;

    /**
     * A document before the first one goes back.
     *
     * @param document empty when it is gone
     * @param open whether assets may be in it
     * @param out the places of all IDs that are out of it
     */
    ReturningDocument(
            List<JsonPath> paths,
            Function<String, Optional<String>> canonical,
            JsonDocument document,
            boolean open,
            List<DocumentPlace> out) {
        this.paths = paths;
        this.canonical = canonical;
        this.now = document;
        this.open = open;
        this.out = new ArrayList<>(out);
    }

    /** What became of one ID, and of the document if it went back. */
    record Return(Fate fate, Optional<Insertion> insertion) {

        private static Return not(Fate fate) {
            return new Return(fate, Optional.empty());
        }
    }

    JsonDocument now() {
        return now;
    }

    /** The places of those that did not go back. */
    List<DocumentPlace> lost() {
        return lost;
    }

    /** Puts an ID back; the last one that was cut out goes first, so that each stands where it stood, blanks included. */
    Return putBack(Snapshot snapshot) {
        out.remove(snapshot.place());
        Return result = where(snapshot);
        if (result.insertion().isEmpty()) {
            out.add(snapshot.place());
            lost.add(snapshot.place());
        }
        return result;
    }

    private Return where(Snapshot snapshot) {
        if (!now.isReadable()) {
            return Return.not(Fate.ENTRY_GONE);
        }
        DocumentPlace place = snapshot.place().without(out);
        if (!open || now.repeatsAKey() || !now.isAround(snapshot.around(), place.path(), paths)) {
            return Return.not(Fate.SLOT_TAKEN);
        }
        String twin =
                snapshot.id() + " " + (place.isElement() ? snapshot.place().array() : place.path());
        int twins = returned.getOrDefault(twin, 0);
        Optional<Insertion> insertion = now.insert(snapshot.id(), place.path(), snapshot.cut(), twins, canonical);
        insertion.ifPresent(made -> {
            returned.put(twin, twins + 1);
            now = made.after();
        });
        return insertion.isPresent() ? new Return(Fate.REATTACHED, insertion) : Return.not(Fate.SLOT_TAKEN);
    }
}
