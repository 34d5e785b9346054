package io.binday.run;

import java.util.Map;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Proves the result before the run may be called COMPLETED: no item is pending, and all counters agree. */
final class ReconcileTasklet implements Tasklet {

    private final Attempt attempt;
    private final Stores stores;
    private final Executions executions;

    ReconcileTasklet(Attempt attempt, Stores stores, Executions executions) {
        this.attempt = attempt;
        this.stores = stores;
        this.executions = executions;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        ItemCounts counts = stores.items().counts(attempt.runId());
        requireEqual("pending items", 0, counts.pending());
        requireEqual("events", counts.done(), attempt.operation().recorded(attempt.runId()));
        Map<String, Long> tallies = stores.tallies().of(attempt.runId());
        requireEqual("items staged", counts.total(), tallies.getOrDefault(TallyStore.ITEMS, 0L));
        requireEqual("assets tallied", counts.done(), tallies.getOrDefault(TallyStore.ASSETS, 0L));
        requireEqual("rejects tallied", counts.rejected(), tallies.getOrDefault(TallyStore.REJECTED, 0L));
        requireEqual(
                "writes counted by the job repository",
                counts.done(),
                executions.written(
                        contribution.getStepExecution().getJobExecution().getJobInstance()));
        stores.leases().requireHeld(attempt.lease());
        return RepeatStatus.FINISHED;
    }

    private void requireEqual(String what, long wanted, long found) {
        if (wanted != found) {
            throw new UnprovenException(
                    "run %d cannot be called COMPLETED: by its work items there should be %d %s, but there are %d"
                            .formatted(attempt.runId(), wanted, what, found));
        }
    }
}
