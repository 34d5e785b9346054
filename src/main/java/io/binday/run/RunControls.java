package io.binday.run;

import io.binday.input.Inputs;
import io.binday.job.UnknownNameException;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What operators may ask of a run, wherever it is worked on. {@link RunAction} says what is legal when; whatever is not
 * changes nothing.
 */
@Component
public final class RunControls {

    private final Stores stores;
    private final Situations situations;
    private final Ownership ownership;
    private final Executions executions;
    private final Inputs inputs;
    private final HousekeepingStore housekeeping;
    private final RunSettings settings;
    private final TransactionTemplate transaction;

    RunControls(
            Stores stores,
            Situations situations,
            Ownership ownership,
            Executions executions,
            Inputs inputs,
            HousekeepingStore housekeeping,
            RunSettings settings) {
        this.stores = stores;
        this.situations = situations;
        this.ownership = ownership;
        this.executions = executions;
        this.inputs = inputs;
        this.housekeeping = housekeeping;
        this.settings = settings;
        this.transaction = new TransactionTemplate(stores.transactions());
    }

    /**
     * Has the process that works on a run end it after the chunks it has begun.
     *
     * @throws IllegalRunStateException when nobody works on it, here and with every other request
     * @throws UnknownNameException when there is no such run
     */
    public void stop(long runId, String who) {
        ask(runId, RunAction.STOP, () -> stores.controls().stop(runId, who));
    }

    /** Has the process that works on a run wait after the chunks it has begun, until it is resumed or stopped. */
    public void pause(long runId, String who) {
        ask(runId, RunAction.PAUSE, () -> stores.controls().pause(runId, who));
    }

    /** Lets a paused run go on. */
    public void resume(long runId) {
        ask(runId, RunAction.RESUME, () -> stores.controls().resume(runId));
    }

    /** Sets how fast a run may be from its next chunk on; empty for as fast as it can. */
    public void throttle(long runId, Optional<Control.Pace> pace) {
        ask(
                runId,
                RunAction.THROTTLE,
                () -> pace.ifPresentOrElse(
                        wanted -> stores.controls().throttle(runId, wanted),
                        () -> stores.controls().unthrottle(runId)));
    }

    private void ask(long runId, RunAction action, Runnable change) {
        situations.require(run(runId), action);
        transaction.executeWithoutResult(status -> change.run());
    }

    /**
     * Records that the process of a run is gone: its last attempt becomes FAILED with the counters that the tables prove,
     * and so does the run. Nothing goes on by itself.
     *
     * @throws OwnedElsewhereException when the owner is heard of again
     */
    public ItemCounts recover(long runId, String who, RunObserver observer, StopSignal stop) {
        return end(runId, RunAction.RECOVER, observer, stop, run -> fail(run, who));
    }

    /** As {@link #recover}, for attempts of which the job repository does not know how they ended; also of an ended run. */
    public ItemCounts resolve(long runId, String who, RunObserver observer, StopSignal stop) {
        if (housekeeping.tidiedAt(runId).isPresent()) {
            throw new IllegalRunStateException(
                    runId,
                    situations.of(run(runId)),
                    RunAction.RESOLVE,
                    "housekeeping has removed its items, so there is nothing to count again");
        }
        return end(runId, RunAction.RESOLVE, observer, stop, run -> fail(run, who));
    }

    /**
     * Gives a run up for good: what was committed stays, the rest is never done.
     *
     * @throws OwnedElsewhereException when a process that is alive works on it
     */
    public ItemCounts abandon(long runId, String who, RunObserver observer, StopSignal stop) {
        ItemCounts counts = end(runId, RunAction.ABANDON, observer, stop, run -> {
            fail(run, who);
            RunStatus now = run.status() == RunStatus.RUNNING ? RunStatus.FAILED : run.status();
            stores.runs().change(runId, now, RunStatus.ABANDONED, Optional.of("given up by " + who));
        });
        inputs.discardSpool(run(runId).input());
        return counts;
    }

    private void fail(Run run, String who) {
        if (run.status() == RunStatus.RUNNING) {
            stores.runs()
                    .change(
                            run.id(),
                            RunStatus.RUNNING,
                            RunStatus.FAILED,
                            Optional.of("its process was lost; recorded by " + who));
        }
        if (run.status() != RunStatus.COMPLETED && run.status() != RunStatus.ABANDONED) {
            // So that no schedule goes on with it either.
            stores.controls().stop(run.id(), who);
        }
    }

    /** Ends something about a run that nobody works on, and leaves it to nobody. */
    private ItemCounts end(long runId, RunAction action, RunObserver observer, StopSignal stop, Consumer<Run> change) {
        Run asked = run(runId);
        if (asked.status() != RunStatus.RUNNING) {
            situations.require(asked, action);
        }
        Lease lease = ownership.takeFromTheDead(runId, observer, stop);
        Heartbeat heartbeat = new Heartbeat(stores.leases(), stores.controls(), lease, settings.lease(), control -> {});
        try {
            Run run = run(runId);
            situations.requireOwned(run, action);
            transaction.executeWithoutResult(status -> {
                stores.leases().requireHeld(lease);
                change.accept(run);
            });
            executions.closeAll(run, action == RunAction.ABANDON);
            return stores.items().counts(runId);
        } catch (LeaseLostException e) {
            throw new OwnedElsewhereException(runId, ownership.state(runId), e);
        } finally {
            heartbeat.close();
            transaction.executeWithoutResult(status -> stores.leases().release(lease));
        }
    }

    private Run run(long runId) {
        return stores.runs().get(runId);
    }
}
