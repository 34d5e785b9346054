package io.binday.trash;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Removes trashed assets for good: a row in the ledger, the file into the deletion outbox, the snapshots gone. Each is
 * looked at again under the lock of its trash row, which a restore and a hold need too.
 */
final class PurgeOperation extends LockingOperation {

    private final PurgeStore store;
    private final HoldStore holds;
    private final PlanStore plans;
    private final BinaryUseStore binaries;

    PurgeOperation(
            PurgeStore store,
            HoldStore holds,
            PlanStore plans,
            BinaryUseStore binaries,
            EventStore events,
            Spelling spelling) {
        super("PURGED", events, spelling);
        this.store = store;
        this.holds = holds;
        this.plans = plans;
        this.binaries = binaries;
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
        return store.removesByItself();
    }

    @Override
    Map<String, Locked> lock(AssetIds ids) {
        return store.lock(ids);
    }

    @Override
    Map<Fate, Map<String, Long>> carryOut(AssetIds ids, Stamp stamp) {
        record(ids, stamp);
        store.record(ids, stamp);
        return Map.of(Fate.PURGED, store.remove(ids));
    }

    @Override
    public Optional<BinaryUseStore> binaries() {
        return Optional.of(binaries);
    }

    @Override
    Map<String, Rejection> rejections(AssetIds ids, Map<String, Locked> locked) {
        Set<String> held = holds.heldAmong(ids);
        Map<String, Rejection> rejected = new LinkedHashMap<>();
        for (String id : ids.values()) {
            Locked row = locked.get(id);
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
