package io.binday.trash;

import java.util.Collection;
import java.util.HashSet;
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

    TrashOperation(TrashStore store) {
        this.store = store;
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
        return store.plan(selection);
    }

    @Override
    public Outcome apply(List<String> assetIds, Stamp stamp) {
        List<String> sorted = assetIds.stream().sorted().toList();
        Map<String, Long> live = store.lockLive(sorted);
        Map<String, Rejection> rejected = rejections(sorted, live.keySet());
        List<String> moving =
                sorted.stream().filter(id -> !rejected.containsKey(id)).toList();
        if (moving.isEmpty()) {
            return new Outcome(Set.of(), rejected, Map.of(), 0);
        }
        Map<String, Long> detached = store.detach(moving);
        store.move(moving, stamp);
        long bytes = moving.stream().mapToLong(id -> live.getOrDefault(id, 0L)).sum();
        return new Outcome(Set.copyOf(moving), rejected, detached, bytes);
    }

    @Override
    public long recorded(long runId) {
        return store.events(runId);
    }

    /** An asset that is in the trash stays as it is there, even if the CMS has a live one of the same ID again. */
    private Map<String, Rejection> rejections(Collection<String> assetIds, Set<String> live) {
        Set<String> trashed = store.trashedAmong(assetIds);
        Map<String, Rejection> rejected = new LinkedHashMap<>();
        for (String id : new HashSet<>(assetIds)) {
            if (trashed.contains(id)) {
                rejected.put(id, Rejection.of(Reject.ALREADY_IN_TRASH));
            } else if (!live.contains(id)) {
                rejected.put(id, Rejection.of(Reject.NOT_FOUND));
            }
        }
        return rejected;
    }
}
