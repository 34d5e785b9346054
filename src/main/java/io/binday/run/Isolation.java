package io.binday.run;

import io.binday.input.InputSpec;
import io.binday.trash.Reject;
import io.binday.trash.Rejection;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.dao.IncorrectUpdateSemanticsDataAccessException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finds the items that keep a chunk from being done: each is tried in a transaction of its own, and those that fail are
 * rejected when that is not all of them.
 */
final class Isolation {

    private final Attempt attempt;
    private final Stores stores;
    private final long executionId;
    private final TransactionTemplate own;

    Isolation(Attempt attempt, Stores stores, long executionId) {
        this.attempt = attempt;
        this.stores = stores;
        this.executionId = executionId;
        this.own = new TransactionTemplate(stores.transactions());
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Settles a chunk.
     *
     * @param work does one item, within a transaction that is given
     * @throws RuntimeException what has failed, when it cannot be of one item, or all have failed
     */
    Settled settle(List<WorkItem> chunk, Function<WorkItem, Settled> work) {
        Map<WorkItem, RuntimeException> refused = new LinkedHashMap<>();
        Settled settled = new Settled(0, 0);
        for (WorkItem item : chunk) {
            try {
                settled = settled.plus(patiently(item, work));
            } catch (RuntimeException e) {
                if (!Fault.of(e).mayBeOfOneItem()) {
                    throw e;
                }
                refused.put(item, e);
            }
        }
        boolean othersWorked = refused.size() < chunk.size() || areToBlame(chunk, refused.values());
        refused.forEach((item, failure) -> {
            if (!othersWorked && (chunk.size() > 1 || Fault.of(failure) != Fault.DATA)) {
                throw failure;
            }
            own.executeWithoutResult(status -> reject(item, failure));
        });
        return settled.plus(new Settled(0, refused.size()));
    }

    /** Rows that changed under a statement may be an editor's, so such an item is tried once more. */
    private Settled patiently(WorkItem item, Function<WorkItem, Settled> work) {
        try {
            return once(item, work);
        } catch (IncorrectUpdateSemanticsDataAccessException e) {
            return once(item, work);
        }
    }

    private Settled once(WorkItem item, Function<WorkItem, Settled> work) {
        return own.execute(status -> work.apply(item));
    }

    private void reject(WorkItem item, RuntimeException failure) {
        stores.leases().requireHeld(attempt.lease());
        Rejection rejection = Rejection.of(Reject.REFUSED_BY_DATABASE, FailureText.of(failure));
        stores.items().rejected(attempt.runId(), executionId, item.seq(), rejection);
        stores.tallies().add(attempt.runId(), 0, Map.of(TallyStore.REJECTED, 1L));
    }

    /**
     * Whether it is for the very values of these items that all of them are refused: they have been before, or there are fewer of
     * them than others that have worked, which is what a lost process has left of a chunk, or the end of the run.
     */
    private boolean areToBlame(List<WorkItem> chunk, Collection<RuntimeException> failures) {
        return failures.stream().allMatch(failure -> Fault.of(failure) == Fault.DATA)
                && (attempt.run().input() instanceof InputSpec.Rejects
                        || (chunk.size() < attempt.run().chunkSize()
                                && stores.items().counts(attempt.runId()).done() > 0));
    }
}
