package io.binday.run;

import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.ThreadStepInterruptionPolicy;

/** Waits or stops before a chunk's transaction begins, so that a run that is paused holds nothing of the database. */
final class BetweenChunks extends ThreadStepInterruptionPolicy {

    private final Gate gate;

    BetweenChunks(Gate gate) {
        this.gate = gate;
    }

    @Override
    public void checkInterrupted(StepExecution execution) throws JobInterruptedException {
        super.checkInterrupted(execution);
        if (gate.pass()) {
            throw new JobInterruptedException("a stop was asked for");
        }
    }
}
