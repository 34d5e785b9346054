package io.binday.trash;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Moves live assets to the trash: the asset row into its mirror, every reference off its entry or environment into the
 * snapshot, a row into {@code binday_trash} and an event for each.
 */
final class TrashOperation implements Operation {

    static final String NAME = "trash";

    private final TrashStore store;
    private final PlanStore plans;
    private final EventStore events;

    TrashOperation(TrashStore store, PlanStore plans, EventStore events) {
        this.store = store;
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
        Map<String, Long> live = store.lockLive(all);
        Map<String, Rejection> rejected = rejections(all, live.keySet());
        AssetIds moving = new AssetIds(
                all.values().stream().filter(id -> !rejected.containsKey(id)).toList());
        if (moving.isEmpty()) {
            return Outcome.nothing(rejected);
        }
        Map<String, Long> detached = store.detach(moving);
        store.move(moving, stamp);
        long bytes = moving.values().stream()
                .mapToLong(id -> live.getOrDefault(id, 0L))
                .sum();
        return new Outcome(Set.copyOf(moving.values()), rejected, Map.of(Fate.DETACHED, detached), bytes);
    }

    @Override
    public long recorded(long runId) {
        return events.count(runId, "TRASHED");
    }

    /** An asset that is in the trash stays as it is there, even if the CMS has a live one of the same ID again. */
    private Map<String, Rejection> rejections(AssetIds ids, Set<String> live) {
        Set<String> trashed = store.trashedAmong(ids);
        Map<String, Rejection> rejected = new LinkedHashMap<>();
        for (String id : ids.values()) {
            if (trashed.contains(id)) {
                rejected.put(id, Rejection.of(Reject.ALREADY_IN_TRASH));
            } else if (!live.contains(id)) {
                rejected.put(id, Rejection.of(Reject.NOT_FOUND));
            }
        }
        return rejected;
    }
}
