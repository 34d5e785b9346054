package io.binday.run;

import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds out what situation a run is in. */
@Component
class Situations {

    private final Stores stores;
    private final Executions executions;

    Situations(Stores stores, Executions executions) {
        this.stores = stores;
        this.executions = executions;
    }

    RunSituation of(Run run) {
        return RunSituation.of(
                run.status(), stores.leases().find(run.id()), stores.controls().of(run.id()), isUnknown(run));
    }

    /**
     * Makes sure that something may be done with a run now.
     *
     * @throws IllegalRunStateException saying why not and what may be done instead
     */
    void require(Run run, RunAction action) {
        require(run, of(run), action);
    }

    /** As {@link #require}, for a run whose lease this process has taken, so that nobody else works on it. */
    void requireOwned(Run run, RunAction action) {
        require(run, RunSituation.of(run.status(), Optional.empty(), Control.NONE, isUnknown(run)), action);
    }

    private static void require(Run run, RunSituation situation, RunAction action) {
        if (action.reasonIn(situation).isEmpty()) {
            throw new IllegalRunStateException(run.id(), situation, action);
        }
    }

    private boolean isUnknown(Run run) {
        return (run.status() == RunStatus.RUNNING
                        || run.status() == RunStatus.STOPPED
                        || run.status() == RunStatus.FAILED)
                && executions.isLastUnknown(run);
    }
}
