package io.binday.trash;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Moves live assets to the trash: the asset row into its mirror, every reference off its entry or environment into the
 * snapshot, a row into {@code binday_trash} and an event for each.
 */
final class TrashOperation extends LockingOperation {

    private final TrashStore store;
    private final PlanStore plans;

    TrashOperation(TrashStore store, PlanStore plans, EventStore events, Spelling spelling) {
        super("TRASHED", events, spelling);
        this.store = store;
        this.plans = plans;
    }

    @Override
    public String screening(Selection selection) {
        return store.screening(selection);
    }

    @Override
    public Plan plan(Selection selection) {
        return plans.planOfAll(selection);
    }

    @Override
    public boolean mayBeDoneSideBySide() {
        return store.takesByItself();
    }

    @Override
    Map<String, Locked> lock(AssetIds ids) {
        return store.lockLive(ids);
    }

    @Override
    Map<Fate, Map<String, Long>> carryOut(AssetIds ids, Stamp stamp) {
        Map<String, Long> detached = store.detach(ids);
        store.move(ids, stamp);
        return Map.of(Fate.DETACHED, detached);
    }

    /** An asset that is in the trash stays as it is there, even if the CMS has a live one of the same ID again. */
    @Override
    Map<String, Rejection> rejections(AssetIds ids, Map<String, Locked> live) {
        Map<String, Rejection> rejected = new LinkedHashMap<>();
        AssetIds absent = ids.without(live.keySet());
        if (!absent.isEmpty()) {
            absent.values().forEach(id -> rejected.put(id, Rejection.of(Reject.NOT_FOUND)));
            store.trashedAmong(absent).forEach(id -> rejected.put(id, Rejection.of(Reject.ALREADY_IN_TRASH)));
        }
        live.forEach((id, row) -> row.refused().ifPresent(reason -> rejected.put(id, Rejection.of(reason))));
        store.trashedOtherwise(ids).forEach(id -> rejected.put(id, Rejection.of(Reject.ALREADY_IN_TRASH)));
        return rejected;
    }
}
