package io.binday.run;

import io.binday.trash.Operation;
import io.binday.trash.Stamp;

/** What the steps of one execution of a run have in common. */
record Attempt(
        Run run,
        Lease lease,
        Operation operation,
        Suspect suspect,
        RunObserver observer,
        Gate gate,
        TableWatch tables,
        int workers) {

    long runId() {
        return run.id();
    }

    Stamp stamp() {
        return new Stamp(run.id(), run.who());
    }
}
