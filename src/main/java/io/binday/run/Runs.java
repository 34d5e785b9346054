package io.binday.run;

import io.binday.catalog.CatalogCheck;
import io.binday.input.AssetIdInput;
import io.binday.input.InputRefusedException;
import io.binday.input.InputSpec;
import io.binday.job.UnknownNameException;
import io.binday.trash.OperationName;
import io.binday.trash.Plan;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** The door to runs: create, work on, approve, restart and look at them. */
@Component
public class Runs {

    private final Stores stores;
    private final Supervisor supervisor;
    private final CatalogCheck catalog;
    private final RunSettings settings;
    private final TransactionTemplate transaction;
    private final Ownership ownership;
    private final Situations situations;
    private final RunReports reports;

    Runs(
            Stores stores,
            Supervisor supervisor,
            CatalogCheck catalog,
            RunSettings settings,
            Ownership ownership,
            Situations situations,
            RunReports reports) {
        this.stores = stores;
        this.supervisor = supervisor;
        this.catalog = catalog;
        this.settings = settings;
        this.transaction = new TransactionTemplate(stores.transactions());
        this.ownership = ownership;
        this.situations = situations;
        this.reports = reports;
    }

    /** What this process's user asks for, not approved, in chunks of the size that is set. */
    public RunRequest request(OperationName operation, AssetIdInput input, String reason) {
        return new RunRequest(operation, operation.word(), reason, who(), input, chunkSize(), false);
    }

    /**
     * Records a new run, of which nothing is staged yet.
     *
     * @param again whether content that was completed before is to be run once more
     * @throws InputRefusedException naming the earlier run, when it is not
     * @throws io.binday.catalog.CatalogRefusedException when no run may start on this database
     */
    public long create(RunRequest request, boolean again) {
        catalog.requireReady();
        refuseUnfinished(request);
        if (!again) {
            refuseCompleted(request);
        }
        return transaction.execute(status -> {
            long runId = insert(request);
            stores.leases().create(runId);
            if (request.approved()) {
                leaveToOperators(request.input().spec(), request.who());
            }
            return runId;
        });
    }

    /** With a number that the job repository does not know, or Spring Batch would take what it has done for this run. */
    private long insert(RunRequest request) {
        long runId = stores.runs().insert(request);
        return stores.runs().isTaken(runId) ? stores.runs().renumber(runId) : runId;
    }

    /** What a run trashes while another one takes its assets back would stay in the trash without a word. */
    private void refuseUnfinished(RunRequest request) {
        request.input().spec().trashedBy().map(this::find).ifPresent(this::refuseUnfinished);
    }

    private void refuseUnfinished(Run run) {
        if (run.status() == RunStatus.AWAITING_APPROVAL) {
            throw new InputRefusedException(
                    "run %d is a plan that nobody has approved: it has trashed nothing that could be restored"
                            .formatted(run.id()));
        }
        if (situations.of(run).isWorkedOn()) {
            throw new InputRefusedException(
                    "run %1$d is still at work; wait for its end, or stop it first: binday run stop %1$d"
                            .formatted(run.id()));
        }
        if (run.status() == RunStatus.RUNNING) {
            throw new InputRefusedException(
                    ("the process of run %1$d is gone, and a daemon or an operator may go on with it; give it up first: binday run"
                                    + " abandon %1$d")
                            .formatted(run.id()));
        }
    }

    /** Whose assets somebody takes back is not gone on with by a schedule. */
    private void leaveToOperators(InputSpec input, String who) {
        input.trashedBy()
                .map(this::find)
                .filter(run -> run.status() == RunStatus.STOPPED || run.status() == RunStatus.FAILED)
                .ifPresent(run -> stores.controls().stop(run.id(), who));
    }

    private void refuseCompleted(RunRequest request) {
        if (!(request.input().spec() instanceof InputSpec.Csv)) {
            return;
        }
        stores.runs().completedWith(request).ifPresent(earlier -> {
            throw new InputRefusedException("%s was completed before, as run %d; to run it once more add --again"
                    .formatted(request.input().digest().shownName(), earlier));
        });
    }

    /**
     * Works on a run until it has ended or waits for approval.
     *
     * @throws OwnedElsewhereException when another process that is alive works on it
     */
    public RunReport work(long runId, RunObserver observer, StopSignal stop) {
        Lease lease = ownership.take(runId);
        supervisor.work(lease, observer, stop);
        return report(runId);
    }

    /**
     * Approves a plan; {@link #work} then goes on with that very run.
     *
     * @throws io.binday.catalog.CatalogRefusedException when the catalog says otherwise now of what moves
     * @throws IllegalRunStateException when the run is no plan that waits for approval
     * @throws UnknownNameException when there is no such run
     */
    public void approve(long runId, String who) {
        requireAsPlanned(find(runId));
        transaction.executeWithoutResult(status -> {
            Run run = find(runId);
            if (!stores.runs().approve(runId, who)) {
                throw notApproved(run);
            }
            stores.runs().change(runId, RunStatus.AWAITING_APPROVAL, RunStatus.RUNNING, Optional.empty());
            leaveToOperators(run.input(), who);
        });
    }

    /**
     * Makes sure that a run is a plan that waits for approval, and can be carried out.
     *
     * @throws IllegalRunStateException when it is not
     * @throws io.binday.catalog.CatalogRefusedException when the catalog says otherwise now of what moves
     * @throws OwnedElsewhereException when a process works on it
     */
    public void requirePlan(long runId) {
        Run run = find(runId);
        if (run.status() != RunStatus.AWAITING_APPROVAL) {
            throw notApproved(run);
        }
        requireAsPlanned(run);
    }

    private void requireAsPlanned(Run run) {
        if (run.status() == RunStatus.AWAITING_APPROVAL) {
            run.plan().map(Plan::moves).ifPresent(moves -> catalog.requireAsPlanned(run.id(), moves));
        }
    }

    private RuntimeException notApproved(Run run) {
        LeaseState lease = ownership.state(run.id());
        if (run.status() == RunStatus.RUNNING && lease.alive()) {
            return new OwnedElsewhereException(run.id(), lease);
        }
        return new IllegalRunStateException(run.id(), situations.of(run), RunAction.APPROVE);
    }

    /**
     * Works on a run that was stopped, failed, or lost its owner, from the last committed chunk, because an operator wants
     * that: a stop or a pause that was asked for is over. An owner that is silent is waited for until its lease has run out.
     *
     * @throws OwnedElsewhereException when the owner is heard of again
     * @throws IllegalRunStateException when the run is completed or waits for approval
     * @throws RunNotTakenException when the database was lost, or refused something, before it went on
     */
    public RunReport restart(long runId, RunObserver observer, StopSignal stop) {
        supervisor.work(takenAnew(runId, observer, stop), observer, stop);
        return report(runId);
    }

    private Lease takenAnew(long runId, RunObserver observer, StopSignal stop) {
        try {
            requireThatMayGoOn(runId);
            return ownership.takeAnew(runId, observer, stop);
        } catch (DataAccessException | TransactionException e) {
            throw new RunNotTakenException(runId, FailureText.first(e));
        }
    }

    /**
     * As {@link #restart}, because it is time: a stop or a pause that an operator asks for, also meanwhile, holds.
     *
     * @throws io.binday.catalog.CatalogRefusedException when the catalog here does not fit; the run stays as it is, for a process whose
     *     catalog does
     */
    public RunReport goOn(long runId, RunObserver observer, StopSignal stop) {
        Run run = requireThatMayGoOn(runId);
        catalog.bind();
        run.plan().ifPresent(plan -> catalog.requireAsBegun(runId, plan.moves(), plan.used()));
        supervisor.work(ownership.takeFromTheDead(runId, observer, stop), observer, stop);
        return report(runId);
    }

    private Run requireThatMayGoOn(long runId) {
        Run run = find(runId);
        if (run.status() != RunStatus.RUNNING) {
            situations.require(run, RunAction.RESTART);
        }
        return run;
    }

    /**
     * A run with its counts.
     *
     * @throws UnknownNameException naming the run, when there is none
     */
    public RunReport report(long runId) {
        return reports.of(find(runId));
    }

    /**
     * Makes sure that there is such a run.
     *
     * @throws UnknownNameException naming it, when there is none
     */
    public void requireRun(long runId) {
        find(runId);
    }

    /**
     * A run whose rejected items may be tried again.
     *
     * @throws IllegalRunStateException when they may not
     */
    public Run requireRetryable(long runId) {
        Run run = find(runId);
        situations.require(run, RunAction.RETRY);
        return run;
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
        return stores.runs().get(runId);
    }
}
