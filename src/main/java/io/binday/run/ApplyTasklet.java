package io.binday.run;

import io.binday.trash.Outcome;
import io.binday.trash.Reject;
import io.binday.trash.Rejection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Hands the pending items to the operation, a chunk a transaction; the states of the items change in the transaction
 * that changes the assets, so the pending ones are the position.
 */
final class ApplyTasklet implements Tasklet, StepExecutionListener {

    private final Attempt attempt;
    private final Stores stores;
    /** Items up to this line were settled in this attempt: reading on from here spares reading them again. */
    private long position;

    ApplyTasklet(Attempt attempt, Stores stores) {
        this.attempt = attempt;
        this.stores = stores;
    }

    @Override
    public void beforeStep(StepExecution execution) {
        attempt.observer().applying(attempt.run(), stores.items().counts(attempt.runId()));
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        List<WorkItem> chunk =
                stores.items().pending(attempt.runId(), position, attempt.run().chunkSize());
        if (chunk.isEmpty()) {
            return endOfItems();
        }
        long first = chunk.get(0).seq();
        attempt.suspect().entering(first);
        Settled settled = attempt.suspect().isPoisoned(first)
                ? oneByOne(chunk, contribution)
                : together(chunk, contribution.getStepExecution().getJobExecutionId());
        count(contribution, settled);
        position = chunk.get(chunk.size() - 1).seq();
        afterCommit(() -> {
            attempt.suspect().left();
            attempt.gate().settled(settled.done() + settled.rejected());
            attempt.observer().applied(settled.done(), settled.rejected());
        });
        return RepeatStatus.CONTINUABLE;
    }

    /** Before the end is believed, it is looked at from the start once more. */
    private RepeatStatus endOfItems() {
        attempt.suspect().left();
        if (position == 0) {
            return RepeatStatus.FINISHED;
        }
        position = 0;
        return RepeatStatus.CONTINUABLE;
    }

    private Settled together(List<WorkItem> chunk, long executionId) {
        Outcome outcome =
                attempt.operation().apply(chunk.stream().map(WorkItem::assetId).toList(), attempt.stamp());
        List<Long> done = chunk.stream()
                .filter(item -> outcome.done().contains(item.assetId()))
                .map(WorkItem::seq)
                .toList();
        stores.items().done(attempt.runId(), executionId, done);
        for (WorkItem item : chunk) {
            Rejection rejection = outcome.rejected().get(item.assetId());
            if (rejection != null) {
                stores.items().rejected(attempt.runId(), executionId, item.seq(), rejection);
            }
        }
        Map<String, Long> amounts = amounts(outcome);
        if (!amounts.isEmpty()) {
            stores.tallies().add(attempt.runId(), amounts);
        }
        // Last, so that the lease's row is locked for as short as possible: the heartbeat needs it too.
        stores.leases().hold(attempt.lease());
        return new Settled(done.size(), chunk.size() - done.size());
    }

    private static Map<String, Long> amounts(Outcome outcome) {
        Map<String, Long> amounts = new LinkedHashMap<>();
        if (!outcome.rejected().isEmpty()) {
            amounts.put(TallyStore.REJECTED, (long) outcome.rejected().size());
        }
        if (outcome.done().isEmpty()) {
            return amounts;
        }
        amounts.put(TallyStore.ASSETS, (long) outcome.done().size());
        amounts.put(TallyStore.BYTES, outcome.bytes());
        outcome.references()
                .forEach((fate, tables) ->
                        tables.forEach((table, count) -> amounts.put(TallyStore.reference(fate, table), count)));
        return amounts;
    }

    /** Each item in a transaction of its own; those the database refuses are rejected when that is not all of them. */
    private Settled oneByOne(List<WorkItem> chunk, StepContribution contribution) {
        long executionId = contribution.getStepExecution().getJobExecutionId();
        TransactionTemplate own = new TransactionTemplate(stores.transactions());
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        Map<WorkItem, RuntimeException> refused = new LinkedHashMap<>();
        int done = 0;
        int rejected = 0;
        for (WorkItem item : chunk) {
            try {
                Settled one = own.execute(status -> together(List.of(item), executionId));
                done += one.done();
                rejected += one.rejected();
            } catch (RuntimeException e) {
                Fault fault = Fault.of(e);
                if (fault != Fault.DATA && fault != Fault.OTHER) {
                    throw e;
                }
                refused.put(item, e);
            }
        }
        boolean othersWorked = refused.size() < chunk.size();
        refused.forEach((item, failure) -> {
            if (!othersWorked && (chunk.size() > 1 || Fault.of(failure) != Fault.DATA)) {
                throw failure;
            }
            own.executeWithoutResult(status -> {
                stores.leases().hold(attempt.lease());
                Rejection rejection = Rejection.of(Reject.REFUSED_BY_DATABASE, Fault.message(failure));
                stores.items().rejected(attempt.runId(), executionId, item.seq(), rejection);
                stores.tallies().add(attempt.runId(), Map.of(TallyStore.REJECTED, 1L));
            });
        });
        return new Settled(done, rejected + refused.size());
    }

    private static void count(StepContribution contribution, Settled settled) {
        for (int i = 0; i < settled.done() + settled.rejected(); i++) {
            contribution.incrementReadCount();
        }
        contribution.incrementWriteCount(settled.done());
        contribution.incrementFilterCount(settled.rejected());
    }

    private static void afterCommit(Runnable action) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                action.run();
            }
        });
    }

    /** A commit whose answer was lost is in the tables but not in the counters, so they are counted again. */
    @Override
    public @Nullable ExitStatus afterStep(StepExecution execution) {
        Executions.recount(execution, stores.items().settledBy(attempt.runId(), execution.getJobExecutionId()));
        return null;
    }

    private record Settled(int done, int rejected) {}
}
