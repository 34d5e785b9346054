package io.binday.run;

import io.binday.catalog.BoundCatalog;
import io.binday.catalog.CatalogCheck;
import io.binday.catalog.Dialect;
import io.binday.input.Inputs;
import io.binday.trash.OperationName;
import io.binday.trash.Operations;
import io.binday.trash.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes a run to an end: holds its lease, executes it, and executes it again after a failure that time or another way
 * of applying may mend, with growing waits.
 */
@Component
class Supervisor {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    private final Stores stores;
    private final Pipeline pipeline;
    private final Executions executions;
    private final Operations operations;
    private final CatalogCheck catalog;
    private final Inputs inputs;
    private final Retention retention;
    private final KeptByJobs keptByJobs;
    private final RunSettings settings;
    private final TransactionTemplate transaction;

    Supervisor(
            Stores stores,
            Pipeline pipeline,
            Executions executions,
            Operations operations,
            CatalogCheck catalog,
            Inputs inputs,
            Retention retention,
            KeptByJobs keptByJobs,
            RunSettings settings) {
        this.stores = stores;
        this.pipeline = pipeline;
        this.executions = executions;
        this.operations = operations;
        this.catalog = catalog;
        this.inputs = inputs;
        this.retention = retention;
        this.keptByJobs = keptByJobs;
        this.settings = settings;
        this.transaction = new TransactionTemplate(stores.transactions());
    }

    /**
     * Works on a run whose lease is held until it is COMPLETED, STOPPED, FAILED or AWAITING_APPROVAL; then the lease is
     * given back. One that has ended meanwhile, or waits for approval, stays so.
     *
     * @throws OwnedElsewhereException when another process took the run over meanwhile
     * @throws io.binday.catalog.RefusedException when the database does not know the run any more
     */
    void work(Lease lease, RunObserver observer, StopSignal stop) {
        try {
            AtomicBoolean begun = new AtomicBoolean();
            persistently(stop, () -> begun.set(begin(lease)));
            if (begun.get()) {
                carryOn(lease, observer, stop);
            }
        } catch (LeaseLostException e) {
            throw takenOver(lease.runId(), e);
        } catch (NoSuchElementException e) {
            throw stores.runs().isThere(lease.runId()) ? e : RunStore.gone(lease.runId());
        }
    }

    /** Makes the run RUNNING, unless it has nothing left to do; then the lease is given back. */
    private boolean begin(Lease lease) {
        return transaction.execute(status -> {
            RunStatus now = stores.runs().get(lease.runId()).status();
            stores.leases().requireHeld(lease);
            if (now.reasonFor(RunStatus.RUNNING).isEmpty() || now == RunStatus.AWAITING_APPROVAL) {
                stores.leases().release(lease);
                return false;
            }
            if (now != RunStatus.RUNNING) {
                stores.runs().change(lease.runId(), now, RunStatus.RUNNING, Optional.empty());
            }
            return true;
        });
    }

    private void carryOn(Lease lease, RunObserver observer, StopSignal stop) {
        Gate gate = new Gate(stop, observer);
        Heartbeat heartbeat = new Heartbeat(stores.leases(), stores.controls(), lease, settings.lease(), gate::heard);
        Optional<String> before = Optional.ofNullable(MDC.get("run"));
        MDC.put("run", String.valueOf(lease.runId()));
        try {
            Ending ending = attempts(lease, observer, gate);
            persistently(stop, () -> finish(lease, ending));
        } finally {
            before.ifPresentOrElse(run -> MDC.put("run", run), () -> MDC.remove("run"));
            heartbeat.close();
        }
    }

    private Ending attempts(Lease lease, RunObserver observer, Gate gate) {
        Suspect suspect = new Suspect();
        List<JobExecution> own = new ArrayList<>();
        int failures = 0;
        long settled = 0;
        while (true) {
            Result result = attempt(lease, suspect, observer, gate, own);
            if (result.status() != RunStatus.FAILED) {
                boolean stopped = result.status() == RunStatus.STOPPED;
                return new Ending(result.status(), stopped ? gate.stoppedBy() : Optional.empty());
            }
            Throwable failure = result.failure().orElseThrow();
            Fault fault = Fault.of(failure);
            if (fault == Fault.LEASE_LOST) {
                Run run = stores.runs().get(lease.runId());
                own.forEach(execution -> executions.closeOwn(run, execution));
                throw new LeaseLostException(lease.runId());
            }
            long now = settledItems(lease.runId());
            suspect.warn();
            failures = now > settled ? 1 : failures + 1;
            settled = Math.max(settled, now);
            if (!worthAnother(fault, suspect) || failures >= settings.maxAttempts()) {
                String tries = failures > 1 && fault != Fault.FINAL
                        ? " (" + failures + " attempts in a row without progress)"
                        : "";
                return new Ending(RunStatus.FAILED, Optional.of(FailureText.of(failure) + tries));
            }
            if (fault.mayBeOfOneItem()) {
                suspect.failed();
            }
            Duration wait = settings.wait(failures);
            LOG.debug("run {}: attempt failed", lease.runId(), failure);
            observer.retrying(FailureText.of(failure), wait);
            if (gate.sleep(wait)) {
                return new Ending(RunStatus.STOPPED, Optional.of(FailureText.of(failure)));
            }
        }
    }

    /** A failure that is not transient is worth another attempt only where a single item may be the cause. */
    private static boolean worthAnother(Fault fault, Suspect suspect) {
        return switch (fault) {
            case TRANSIENT, CHANGED -> true;
            case DATA, OTHER ->
                suspect.current().isPresent()
                        && !suspect.isPoisoned(suspect.current().getAsLong());
            case FINAL, LEASE_LOST -> false;
        };
    }

    /** One execution; every failure comes back as a result, whether Spring Batch caught it or not. */
    private Result attempt(Lease lease, Suspect suspect, RunObserver observer, Gate gate, List<JobExecution> own) {
        try {
            suspect.left();
            if (!stores.leases().renew(lease, settings.lease())) {
                throw new LeaseLostException(lease.runId());
            }
            Run run = stores.runs().get(lease.runId());
            if (run.operation() == OperationName.TRASH) {
                retention.requirePlausibleTime();
            }
            gate.heard(stores.controls().of(run.id()));
            boolean begun = TallyStore.items(stores.tallies().of(run.id())).done() > 0;
            // Only a trash removes what a key of the CMS may point at.
            Supplier<BoundCatalog> again = run.operation() == OperationName.TRASH ? catalog::bindAgain : catalog::bind;
            BoundCatalog bound = begun ? again.get() : catalog.bind();
            run.plan().ifPresent(plan -> catalog.requireAsBegun(run.id(), plan.moves(), plan.used()));
            Attempt attempt = new Attempt(
                    run,
                    lease,
                    operations.named(
                            run.operation(),
                            bound,
                            run.cutoff().map(cutoff -> retention.stillAllowed(cutoff, keptByJobs.of(run))),
                            run.input().trashedBy()),
                    suspect,
                    observer,
                    gate,
                    new TableWatch(again, bound),
                    bound.dialect() == Dialect.MYSQL ? settings.workers() : 1);
            JobExecution execution = executions.begin(run, own);
            own.add(execution);
            stores.runs().countAttempts(run.id(), execution.getJobInstanceId());
            pipeline.job(attempt).execute(execution);
            Result result = result(execution);
            if (result.failure().isEmpty() && result.status() != RunStatus.STOPPED) {
                requireProven(run.id(), execution);
            }
            return result;
        } catch (RuntimeException | JobInterruptedException e) {
            return new Result(RunStatus.FAILED, Optional.of(e));
        }
    }

    /**
     * What the job repository calls done may be of another run of this number, or of a later time than the run's own tables, where
     * only some of the tables came from a backup. An execution that reconciled has looked at the items itself.
     */
    private void requireProven(long runId, JobExecution execution) {
        boolean reconciled =
                execution.getStepExecutions().stream().anyMatch(step -> Pipeline.RECONCILE.equals(step.getStepName()));
        boolean ended = execution.getStatus() == BatchStatus.COMPLETED && !reconciled;
        if (!stores.runs().get(runId).staged()
                || (ended && stores.items().counts(runId).pending() > 0)) {
            throw UnprovenException.ofOtherTimes(
                    runId, "by the job repository it has done what by its own tables it has not");
        }
    }

    private Result result(JobExecution execution) {
        if (execution.getStatus() == BatchStatus.COMPLETED) {
            return new Result(RunStatus.COMPLETED, Optional.empty());
        }
        if (execution.getStatus() == BatchStatus.STOPPED) {
            boolean waits = execution.getStepExecutions().stream()
                    .anyMatch(step ->
                            Pipeline.APPROVE.equals(step.getStepName()) && step.getStatus() == BatchStatus.STOPPED);
            return new Result(waits ? RunStatus.AWAITING_APPROVAL : RunStatus.STOPPED, Optional.empty());
        }
        Throwable failure = Fault.mostTelling(execution.getAllFailureExceptions())
                .orElseGet(() ->
                        new IllegalStateException("the job ended " + execution.getStatus() + " without saying why"));
        return new Result(RunStatus.FAILED, Optional.of(failure));
    }

    /** How many items the run has done or rejected so far; 0 before it is staged, and when the database cannot say. */
    private long settledItems(long runId) {
        try {
            if (!stores.runs().get(runId).staged()) {
                return 0;
            }
            return stores.items().counts(runId).settled();
        } catch (RuntimeException e) {
            return 0;
        }
    }

    private void finish(Lease lease, Ending ending) {
        transaction.executeWithoutResult(status -> {
            Run run = stores.runs().get(lease.runId());
            if (run.status() == RunStatus.RUNNING) {
                stores.runs().change(run.id(), RunStatus.RUNNING, ending.status(), ending.message());
                stores.leases().requireHeld(lease);
            }
            stores.leases().release(lease);
        });
        Run run = stores.runs().get(lease.runId());
        if (run.staged()) {
            inputs.discardSpool(run.input());
        }
    }

    /** What must be recorded is tried as often as an attempt; the last failure rises. */
    private void persistently(StopSignal stop, Runnable action) {
        for (int failures = 1; ; failures++) {
            try {
                action.run();
                return;
            } catch (RuntimeException e) {
                if (Fault.of(e) == Fault.LEASE_LOST || failures >= settings.maxAttempts()) {
                    throw e;
                }
                stop.sleep(settings.wait(failures));
            }
        }
    }

    private OwnedElsewhereException takenOver(long runId, LeaseLostException cause) {
        LeaseState state = stores.leases()
                .find(runId)
                .orElseGet(() -> new LeaseState(Optional.empty(), Duration.ZERO, Duration.ZERO));
        return OwnedElsewhereException.takenOver(runId, state, cause);
    }

    private record Result(RunStatus status, Optional<Throwable> failure) {}

    private record Ending(RunStatus status, Optional<String> message) {}
}
