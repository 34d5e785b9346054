package io.binday.trash;

import io.binday.catalog.IdForm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a chunk of every operation is: lock the rows, look again at what can be done under the lock, and do that. */
abstract class LockingOperation implements Operation {

    private final String event;
    private final EventStore events;
    private final Spelling spelling;

    /**
     * An operation.
     *
     * @param event what is recorded for each asset it has done
     * @param spelling how asset IDs are spelled where the operation finds them
     */
    LockingOperation(String event, EventStore events, Spelling spelling) {
        this.spelling = spelling;
        this.event = event;
        this.events = events;
    }

    /** Locks the rows that decide, in ascending order of the asset ID; assets without one are missing in the answer. */
    abstract Map<String, Locked> lock(AssetIds ids);

    /** Those that cannot be done, looked at under the lock, each with its reason. */
    abstract Map<String, Rejection> rejections(AssetIds ids, Map<String, Locked> locked);

    /** Does assets that can be done, events included; tells what became of references. */
    abstract Map<Fate, Map<String, Long>> carryOut(AssetIds ids, Stamp stamp);

    @Override
    public final IdForm form() {
        return spelling.form();
    }

    @Override
    public final Optional<String> spelling(Selection selection) {
        return spelling.query(selection);
    }

    @Override
    public final Outcome apply(List<String> assetIds, Stamp stamp) {
        AssetIds all = AssetIds.of(assetIds);
        Map<String, Locked> locked = lock(all);
        Map<String, Rejection> rejected = rejections(all, locked);
        AssetIds doing = all.without(rejected.keySet());
        if (doing.isEmpty()) {
            return Outcome.nothing(rejected);
        }
        Map<Fate, Map<String, Long>> fates = carryOut(doing, stamp);
        locked.keySet().retainAll(doing.values());
        long bytes = locked.values().stream().mapToLong(Locked::bytes).sum();
        return new Outcome(Set.copyOf(doing.values()), rejected, fates, bytes);
    }

    @Override
    public final long recorded(long runId) {
        return events.count(runId, event);
    }

    /** Records the event of assets that are in the trash. */
    final void record(AssetIds trashed, Stamp stamp) {
        events.addForTrashed(trashed, event, stamp.runId());
    }
}
