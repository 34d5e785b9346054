package io.binday.trash;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Removes trashed assets for good: a row in the ledger, the file into the deletion outbox, the snapshots gone. Each is
 * looked at again under the lock of its trash row, which a restore and a hold need too.
 */
final class PurgeOperation implements Operation {

    static final String NAME = "purge";

    private static final String EVENT = "PURGED";

    private final PurgeStore store;
    private final HoldStore holds;
    private final PlanStore plans;
    private final EventStore events;

    PurgeOperation(PurgeStore store, HoldStore holds, PlanStore plans, EventStore events) {
        this.store = store;
        this.holds = holds;
        this.plans = plans;
        this.events = events;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String screening(Selection selection) {
        return store.screening(selection);
    }

    @Override
    public Plan plan(Selection selection) {
        return plans.planOfDetaching(selection);
    }

    @Override
    public Outcome apply(List<String> assetIds, Stamp stamp) {
        AssetIds all = AssetIds.of(assetIds);
        Map<String, PurgeStore.Locked> locked = store.lock(all);
        Map<String, Rejection> rejected = rejections(all, locked);
        AssetIds purging = new AssetIds(
                all.values().stream().filter(id -> !rejected.containsKey(id)).toList());
        if (purging.isEmpty()) {
            return Outcome.nothing(rejected);
        }
        events.addForTrashed(purging, EVENT, stamp.runId());
        store.record(purging, stamp);
        Map<String, Long> removed = store.remove(purging);
        long bytes = locked.entrySet().stream()
                .filter(entry -> !rejected.containsKey(entry.getKey()))
                .mapToLong(entry -> entry.getValue().bytes())
                .sum();
        return new Outcome(Set.copyOf(purging.values()), rejected, Map.of(Fate.PURGED, removed), bytes);
    }

    @Override
    public long recorded(long runId) {
        return events.count(runId, EVENT);
    }

    @Override
    public Optional<Set<String>> binariesInUse(Collection<String> keys) {
        return store.binariesInUse(keys);
    }

    private Map<String, Rejection> rejections(AssetIds ids, Map<String, PurgeStore.Locked> locked) {
        Set<String> held = holds.heldAmong(ids);
        Map<String, Rejection> rejected = new LinkedHashMap<>();
        for (String id : ids.values()) {
            PurgeStore.Locked row = locked.get(id);
            if (row == null) {
                rejected.put(id, Rejection.of(Reject.NOT_IN_TRASH));
            } else if (row.refused().isPresent()) {
                rejected.put(id, Rejection.of(row.refused().get()));
            } else if (held.contains(id)) {
                rejected.put(id, Rejection.of(Reject.ON_HOLD));
            }
        }
        return rejected;
    }
}
