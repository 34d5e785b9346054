package io.binday.run;

import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes the leases of runs for this process. */
@Component
class Ownership {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final Stores stores;
    private final RunSettings settings;
    private final String owner;
    private final TransactionTemplate transaction;

    Ownership(Stores stores, RunSettings settings, ProcessName process) {
        this.stores = stores;
        this.settings = settings;
        this.owner = process.value();
        this.transaction = new TransactionTemplate(stores.transactions());
    }

    /**
     * Takes a lease that nobody holds, or whose owner has been silent for too long.
     *
     * @throws OwnedElsewhereException when somebody does
     */
    Lease take(long runId) {
        return taken(runId, stores.controls()::renew)
                .orElseThrow(() -> new OwnedElsewhereException(runId, state(runId)));
    }

    /**
     * Takes a lease, also from an owner that has died: one that is silent is waited for until the lease has run out. What was
     * asked of that owner, also meanwhile, is asked of the new one.
     *
     * @throws OwnedElsewhereException when the owner is heard of again
     */
    Lease takeFromTheDead(long runId, RunObserver observer, StopSignal stop) {
        return takeWhenSilent(runId, observer, stop, anyRun -> {});
    }

    /** As {@link #takeFromTheDead}, for an operator who wants it to go on: a stop or a pause that was asked for is over. */
    Lease takeAnew(long runId, RunObserver observer, StopSignal stop) {
        return takeWhenSilent(runId, observer, stop, stores.controls()::renew);
    }

    private Lease takeWhenSilent(long runId, RunObserver observer, StopSignal stop, LongConsumer also) {
        Optional<LeaseStore.Beat> first = stores.leases().lastBeat(runId);
        boolean told = false;
        while (true) {
            Optional<Lease> taken = takenUnlessLocked(runId, also);
            if (taken.isPresent()) {
                return taken.get();
            }
            boolean heard = !stores.leases().lastBeat(runId).equals(first);
            LeaseState now = state(runId);
            if (heard || stop.sleep(LOOK_AGAIN)) {
                throw new OwnedElsewhereException(runId, now);
            }
            if (!told) {
                observer.waitingForOwner(now);
                told = true;
            }
        }
    }

    /**
     * Who has the lease of a run.
     *
     * @throws NoSuchElementException naming the run, when there is none
     */
    LeaseState state(long runId) {
        return stores.leases().find(runId).orElseThrow(() -> RunStore.none(runId));
    }

    /** An owner that stands still in the middle of a commit keeps the lease's row locked, and so is not dead yet. */
    private Optional<Lease> takenUnlessLocked(long runId, LongConsumer also) {
        try {
            return taken(runId, also);
        } catch (PessimisticLockingFailureException e) {
            throw new OwnedElsewhereException(runId, state(runId), e);
        }
    }

    /** In one transaction, so that the token read is the one that was written. */
    private Optional<Lease> taken(long runId, LongConsumer also) {
        return transaction.execute(status -> {
            Optional<Lease> lease = stores.leases().take(runId, owner, settings.lease());
            lease.ifPresent(mine -> also.accept(runId));
            return lease;
        });
    }
}
