package io.binday.trash;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives trashed assets back: the asset row as it was except for what the catalog maps, and every reference whose place is
 * still there and free.
 */
final class RestoreOperation extends LockingOperation {

    private final RestoreStore store;
    private final List<ReferenceStore> references;
    private final HoldStore holds;
    private final PlanStore plans;

    RestoreOperation(
            RestoreStore store,
            List<ReferenceStore> references,
            HoldStore holds,
            PlanStore plans,
            EventStore events,
            Spelling spelling) {
        super("RESTORED", events, spelling);
        this.store = store;
        this.references = references;
        this.holds = holds;
        this.plans = plans;
    }

    @Override
    public String screening(Selection selection) {
        return store.screening(selection);
    }

    @Override
    public Plan plan(Selection selection) {
        return plans.planOfRestore(selection);
    }

    @Override
    public boolean mayBeDoneSideBySide() {
        return references.stream().allMatch(ReferenceStore::isGuarded);
    }

    @Override
    Map<String, Locked> lock(AssetIds ids) {
        if (!mayBeDoneSideBySide()) {
            store.waitForOtherRestores();
        }
        return store.lockTrashed(ids);
    }

    @Override
    Map<Fate, Map<String, Long>> carryOut(AssetIds ids, Stamp stamp) {
        store.insertAssets(ids, stamp);
        Fates fates = new Fates();
        references.forEach(reference -> fates.addAll(reference.reattach(ids, stamp)));
        record(ids, stamp);
        // What kept the purge off them has served.
        holds.release(ids, "restored by run " + stamp.runId(), stamp.who());
        store.leaveTrash(ids);
        return fates.counts();
    }

    @Override
    Map<String, Rejection> rejections(AssetIds ids, Map<String, Locked> trashed) {
        Map<String, Rejection> rejected = new LinkedHashMap<>();
        AssetIds absent = ids.without(trashed.keySet());
        if (!absent.isEmpty()) {
            absent.values().forEach(id -> rejected.put(id, Rejection.of(Reject.NOT_IN_TRASH)));
            store.purgedAmong(absent).forEach((id, when) -> rejected.put(id, Rejection.of(Reject.PURGED, when)));
        }
        trashed.forEach((id, row) -> row.refused().ifPresent(reason -> rejected.put(id, Rejection.of(reason))));
        AssetIds orphans = AssetIds.of(trashed.entrySet().stream()
                .filter(row -> row.getValue().refused().equals(Optional.of(Reject.PARENT_MISSING)))
                .map(Map.Entry::getKey)
                .toList());
        if (!orphans.isEmpty()) {
            store.withoutParent(orphans)
                    .forEach((id, parent) ->
                            rejected.put(id, new Rejection(Reject.PARENT_MISSING, Optional.ofNullable(parent))));
        }
        return rejected;
    }
}
