package io.binday.run;

import io.binday.job.UnknownNameException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes the leases of runs for this process. */
@Component
class Ownership {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    /** For a sign of life that is on its way. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

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
        return taken(
                        () -> stores.leases().take(runId, owner, settings.lease()),
                        () -> stores.controls().renew(runId))
                .orElseThrow(() -> new OwnedElsewhereException(runId, state(runId)));
    }

    /**
     * Takes a lease, also from an owner that has died: one that is silent is waited for until the lease has run out. What was
     * asked of that owner, also meanwhile, is asked of the new one.
     *
     * @throws OwnedElsewhereException when the owner is heard of again
     */
    Lease takeFromTheDead(long runId, RunObserver observer, StopSignal stop) {
        return takeWhenSilent(runId, observer, stop, () -> {});
    }

    /**
     * As {@link #takeFromTheDead}, for an operator who wants it to go on: a stop or a pause that was asked for before is over; one
     * that is asked for meanwhile, where there was none, holds.
     */
    Lease takeAnew(long runId, RunObserver observer, StopSignal stop) {
        Control before = stores.controls().of(runId);
        return takeWhenSilent(runId, observer, stop, () -> stores.controls().renew(runId, before));
    }

    private Lease takeWhenSilent(long runId, RunObserver observer, StopSignal stop, Runnable also) {
        long begun = System.nanoTime();
        Optional<LeaseStore.Beat> first = stores.leases().lastBeat(runId);
        boolean told = false;
        while (true) {
            Optional<Lease> taken = takenUnlessLocked(runId, () -> take(runId, first, begun), also);
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
     * @throws UnknownNameException naming the run, when there is none
     */
    LeaseState state(long runId) {
        return stores.leases().find(runId).orElseThrow(() -> RunStore.none(runId));
    }

    /**
     * A database whose clock was ahead for a while leaves leases that end in a far future. One whose owner was not heard of here for
     * as long as it was given is taken, too.
     */
    private Optional<Lease> take(long runId, Optional<LeaseStore.Beat> last, long since) {
        Optional<Lease> usual = stores.leases().take(runId, owner, settings.lease());
        if (usual.isPresent() || last.isEmpty()) {
            return usual;
        }
        Duration here = Duration.ofNanos(System.nanoTime() - since);
        LeaseState now = state(runId);
        Duration given = now.silence().plus(now.remaining());
        return here.compareTo(given.plus(MARGIN)) > 0
                ? stores.leases().takeSilent(runId, last.get(), owner, settings.lease())
                : Optional.empty();
    }

    /** An owner that stands still in the middle of a commit keeps the lease's row locked, and so is not dead yet. */
    private Optional<Lease> takenUnlessLocked(long runId, Supplier<Optional<Lease>> take, Runnable also) {
        try {
            return taken(take, also);
        } catch (PessimisticLockingFailureException e) {
            throw new OwnedElsewhereException(runId, state(runId), e);
        }
    }

    /** In one transaction, so that the token read is the one that was written. */
    private Optional<Lease> taken(Supplier<Optional<Lease>> take, Runnable also) {
        return transaction.execute(status -> {
            Optional<Lease> lease = take.get();
            lease.ifPresent(mine -> also.run());
            return lease;
        });
    }
}
