package io.binday.trash;

import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives trashed assets back: the asset row as it was except for what the catalog maps, and every reference whose place is
 * still there and free.
 */
final class RestoreOperation implements Operation {

    static final String NAME = "restore";

    private static final String EVENT = "RESTORED";

    private final RestoreStore store;
    private final ReattachStore references;
    private final PlanStore plans;
    private final EventStore events;

    RestoreOperation(RestoreStore store, ReattachStore references, PlanStore plans, EventStore events) {
        this.store = store;
        this.references = references;
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
        return plans.planOfReattaching(selection);
    }

    @Override
    public Outcome apply(List<String> assetIds, Stamp stamp) {
        AssetIds all = AssetIds.of(assetIds);
        Map<String, Long> trashed = store.lockTrashed(all);
        Map<String, Rejection> rejected = rejections(all, trashed.keySet());
        AssetIds restoring = new AssetIds(
                all.values().stream().filter(id -> !rejected.containsKey(id)).toList());
        if (restoring.isEmpty()) {
            return Outcome.nothing(rejected);
        }
        store.insertAssets(restoring, stamp);
        Map<Fate, Map<String, Long>> fates = references.reattach(restoring, stamp);
        events.addForTrashed(restoring, EVENT, stamp.runId());
        store.leaveTrash(restoring, stamp);
        long bytes = restoring.values().stream()
                .mapToLong(id -> trashed.getOrDefault(id, 0L))
                .sum();
        return new Outcome(Set.copyOf(restoring.values()), rejected, fates, bytes);
    }

    @Override
    public long recorded(long runId) {
        return events.count(runId, EVENT);
    }

    private Map<String, Rejection> rejections(AssetIds ids, Set<String> trashed) {
        Map<String, Rejection> rejected = new LinkedHashMap<>();
        AssetIds absent = new AssetIds(
                ids.values().stream().filter(id -> !trashed.contains(id)).toList());
        if (!absent.isEmpty()) {
            absent.values().forEach(id -> rejected.put(id, Rejection.of(Reject.NOT_IN_TRASH)));
            store.purgedAmong(absent)
                    .forEach((id, when) ->
                            rejected.put(id, Rejection.of(Reject.PURGED, "on " + when.toInstant(ZoneOffset.UTC))));
        }
        AssetIds present = AssetIds.of(trashed);
        if (!present.isEmpty()) {
            store.withoutParent(present)
                    .forEach((id, parent) ->
                            rejected.put(id, new Rejection(Reject.PARENT_MISSING, Optional.ofNullable(parent))));
            store.liveAmong(present).forEach(id -> rejected.put(id, Rejection.of(Reject.LIVE_AGAIN)));
        }
        return rejected;
    }
}
