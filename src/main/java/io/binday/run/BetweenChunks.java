package io.binday.run;

import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.ThreadStepInterruptionPolicy;

/** Waits or stops before a chunk's transaction begins, so that a run that is paused holds nothing of the database. */
final class BetweenChunks extends ThreadStepInterruptionPolicy {

    private final Gate gate;

    private final boolean waits;

    /**
     * A policy of one step.
     *
     * @param waits whether the step heeds a pause and a pace; one that holds a query open must not
     */
    BetweenChunks(Gate gate, boolean waits) {
        this.gate = gate;
        this.waits = waits;
    }

    @Override
    public void checkInterrupted(StepExecution execution) throws JobInterruptedException {
        super.checkInterrupted(execution);
        if (waits ? gate.pass() : gate.isStopRequested()) {
            throw new JobInterruptedException("a stop was asked for");
        }
    }
}
