package io.binday.run;

import io.binday.binary.Outbox;
import io.binday.catalog.CatalogCheck;
import io.binday.input.InputRefusedException;
import io.binday.trash.Holds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The door to runs: create, work on, approve, restart and look at them. */
@Component
public class Runs {

    private static final Outbox.Files NO_FILES = new Outbox.Files(Map.of(), Optional.empty(), false);

    private final Stores stores;
    private final Supervisor supervisor;
    private final CatalogCheck catalog;
    private final Holds holds;
    private final Outbox outbox;
    private final RunSettings settings;
    private final TransactionTemplate transaction;
    private final String owner;

    Runs(
            Stores stores,
            Supervisor supervisor,
            CatalogCheck catalog,
            Holds holds,
            Outbox outbox,
            RunSettings settings,
            ProcessName process) {
        this.stores = stores;
        this.supervisor = supervisor;
        this.catalog = catalog;
        this.holds = holds;
        this.outbox = outbox;
        this.settings = settings;
        this.transaction = new TransactionTemplate(stores.transactions());
        this.owner = process.value();
    }

    /**
     * Records a new run, of which nothing is staged yet.
     *
     * @param again whether content that was completed before is to be run once more
     * @throws InputRefusedException naming the earlier run, when it is not
     * @throws io.binday.catalog.CatalogRefusedException when no run may start on this database
     */
    public long create(RunRequest request, boolean again) {
        catalog.bind();
        if (!again) {
            refuseCompleted(request);
        }
        Long id = transaction.execute(status -> {
            long runId = stores.runs().insert(request);
            stores.leases().create(runId);
            return runId;
        });
        return Optional.ofNullable(id).orElseThrow();
    }

    private void refuseCompleted(RunRequest request) {
        if (!"csv".equals(request.input().digest().kind())) {
            return;
        }
        stores.runs()
                .completedWith(request.operation(), request.input().digest().sha256())
                .ifPresent(earlier -> {
                    throw new InputRefusedException(
                            "%s was completed before, as run %d; to run it once more add --again"
                                    .formatted(request.input().digest().name(), earlier));
                });
    }

    /**
     * Works on a run until it has ended or waits for approval.
     *
     * @throws OwnedElsewhereException when another process that is alive works on it
     */
    public RunReport work(long runId, RunObserver observer, StopSignal stop) {
        Lease lease = take(runId).orElseThrow(() -> new OwnedElsewhereException(runId, lease(runId)));
        supervisor.work(lease, observer, stop);
        return report(runId);
    }

    /**
     * Approves a plan; {@link #work} then goes on with that very run.
     *
     * @throws IllegalRunStateException when the run is no plan that waits for approval
     */
    public void approve(long runId, String who) {
        transaction.executeWithoutResult(status -> {
            Run run = find(runId);
            if (!stores.runs().approve(runId, who)) {
                throw notApproved(run);
            }
            stores.runs().change(runId, RunStatus.AWAITING_APPROVAL, RunStatus.RUNNING, Optional.empty());
        });
    }

    /**
     * Makes sure that a run is a plan that waits for approval.
     *
     * @throws IllegalRunStateException when it is not
     * @throws OwnedElsewhereException when a process works on it
     */
    public void requirePlan(long runId) {
        Run run = find(runId);
        if (run.status() != RunStatus.AWAITING_APPROVAL) {
            throw notApproved(run);
        }
    }

    private RuntimeException notApproved(Run run) {
        LeaseState lease = lease(run.id());
        if (run.status() == RunStatus.RUNNING && lease.alive()) {
            return new OwnedElsewhereException(run.id(), lease);
        }
        return new IllegalRunStateException(
                run,
                "approved",
                run.status() == RunStatus.COMPLETED
                        ? "it has nothing left to do"
                        : "it is no plan any more; go on with it: binday run restart " + run.id());
    }

    /**
     * Works on a run that was stopped, failed, or lost its owner, from the last committed chunk. An owner that is
     * silent is waited for until its lease has run out.
     *
     * @throws OwnedElsewhereException when the owner is heard of again
     * @throws IllegalRunStateException when the run is completed or waits for approval
     */
    public RunReport restart(long runId, RunObserver observer, StopSignal stop) {
        Run run = find(runId);
        if (run.status() == RunStatus.COMPLETED) {
            throw new IllegalRunStateException(run, "restarted", "it has nothing left to do");
        }
        if (run.status() == RunStatus.AWAITING_APPROVAL) {
            throw new IllegalRunStateException(run, "restarted", "approve it: binday run approve " + runId);
        }
        Lease lease = takeFromTheDead(runId, observer, stop);
        supervisor.resume(lease, observer, stop);
        return report(runId);
    }

    /** In one transaction, so that the token read is the one that was written. */
    private Optional<Lease> take(long runId) {
        Optional<Lease> taken = transaction.execute(status -> stores.leases().take(runId, owner, settings.lease()));
        return taken == null ? Optional.empty() : taken;
    }

    /** An owner that stands still in the middle of a commit keeps the lease's row locked, and so is not dead yet. */
    private Optional<Lease> takeUnlessLocked(long runId) {
        try {
            return take(runId);
        } catch (PessimisticLockingFailureException e) {
            throw new OwnedElsewhereException(runId, lease(runId), e);
        }
    }

    private Lease takeFromTheDead(long runId, RunObserver observer, StopSignal stop) {
        LeaseState first = lease(runId);
        boolean told = false;
        while (true) {
            Optional<Lease> taken = takeUnlessLocked(runId);
            if (taken.isPresent()) {
                return taken.get();
            }
            LeaseState now = lease(runId);
            boolean heard = now.token() != first.token() || now.remaining().compareTo(first.remaining()) > 0;
            if (heard || stop.sleep(Duration.ofMillis(200))) {
                throw new OwnedElsewhereException(runId, now);
            }
            if (!told) {
                observer.waitingForOwner(now);
                told = true;
            }
        }
    }

    /**
     * A run with its counts.
     *
     * @throws NoSuchElementException naming the run, when there is none
     */
    public RunReport report(long runId) {
        return report(find(runId));
    }

    private RunReport report(Run run) {
        Map<String, Long> tallies = stores.tallies().of(run.id());
        return new RunReport(
                run,
                stores.items().counts(run.id()),
                TallyStore.references(tallies),
                tallies.getOrDefault(TallyStore.BYTES, 0L),
                "trash".equals(run.operation()) ? holds.countOfRun(run.id()) : 0,
                "purge".equals(run.operation()) ? outbox.of(run.id()) : NO_FILES,
                run.status() == RunStatus.RUNNING ? stores.leases().find(run.id()) : Optional.empty());
    }

    /**
     * Makes sure that there is such a run.
     *
     * @throws NoSuchElementException naming it, when there is none
     */
    public void requireRun(long runId) {
        find(runId);
    }

    /** The newest runs first. */
    public List<RunReport> newest(int limit) {
        return stores.runs().newest(limit).stream().map(this::report).toList();
    }

    /** Rejected items after a line, in the order of the input, at most {@code limit}. */
    public List<WorkItem> rejects(long runId, long after, int limit) {
        return stores.items().rejects(runId, after, limit);
    }

    /** The runs of a job that another start can go on with, the oldest first. */
    public List<Long> unfinished(String job) {
        return stores.runs().unfinished(job);
    }

    /** The newest run of a job. */
    public Optional<Run> newestOf(String job) {
        return stores.runs().newestOf(job);
    }

    /** When a run of an operation was completed last. */
    public Optional<Instant> lastCompleted(String operation) {
        return stores.runs().lastCompleted(operation);
    }

    /** The runs of an operation that were held back for a person to look at, and after which none was completed. */
    public List<Long> heldBack(String operation) {
        return stores.runs().heldBack(operation);
    }

    /** How many assets all runs of an operation have done, and how many values they have rejected. */
    public Totals totals(String operation) {
        return stores.tallies().totals(operation);
    }

    /** Who is recorded as asking for runs. */
    public String who() {
        return settings.who();
    }

    /** Assets a transaction, unless a job says otherwise. */
    public int chunkSize() {
        return settings.chunkSize();
    }

    private Run find(long runId) {
        return stores.runs().find(runId).orElseThrow(() -> new NoSuchElementException("there is no run " + runId));
    }

    private LeaseState lease(long runId) {
        return stores.leases().find(runId).orElseThrow(() -> new NoSuchElementException("there is no run " + runId));
    }
}
