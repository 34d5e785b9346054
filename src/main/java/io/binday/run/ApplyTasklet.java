package io.binday.run;

import io.binday.trash.Outcome;
import io.binday.trash.Rejection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Hands the pending items to the operation, a chunk a transaction; the states of the items change in the transaction
 * that changes the assets, so the pending ones are the position.
 *
 * <p>On MySQL several workers do a chunk each, in a transaction of their own; that of Spring Batch then only counts. After a
 * failure one chunk is done at a time for a while, and so it is at a pace that an operator has set.
 */
final class ApplyTasklet implements Tasklet, StepExecutionListener {

    /** After a failure so many chunks are done one at a time. */
    private static final int CAUTION = 50;

    /** So many chunks a worker does in one transaction of Spring Batch, whose commit all of them wait for. */
    private static final int CHUNKS_EACH = 16;

    private static final Duration LONGEST_TOGETHER = Duration.ofSeconds(2);

    private final Attempt attempt;
    private final Stores stores;
    private final Agenda agenda;

    /** Chunks done one at a time in this attempt. */
    private int alone;

    private final Workers workers;

    ApplyTasklet(Attempt attempt, Stores stores) {
        this.attempt = attempt;
        this.stores = stores;
        this.agenda = new Agenda(stores.items(), attempt.runId());
        this.workers = new Workers(attempt.workers());
    }

    @Override
    public void beforeStep(StepExecution execution) {
        ItemCounts counts = stores.items().counts(attempt.runId());
        long staged = stores.tallies().of(attempt.runId()).getOrDefault(TallyStore.ITEMS, 0L);
        if (!stores.runs().get(attempt.runId()).staged() || counts.total() != staged) {
            throw UnprovenException.ofOtherTimes(
                    attempt.runId(), "%d items were staged, but there are %d".formatted(staged, counts.total()));
        }
        attempt.observer().applying(attempt.run(), counts);
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        attempt.tables().requireUnchanged(attempt.gate().wasPaused());
        int size = attempt.run().chunkSize();
        List<WorkItem> items = agenda.take(isSideBySide() ? size * attempt.workers() * CHUNKS_EACH : size);
        if (items.isEmpty()) {
            return endOfItems();
        }
        Settled settled = items.size() > size ? sideBySide(items, size, contribution) : alone(items, contribution);
        count(contribution, settled);
        afterCommit(() -> {
            attempt.suspect().left();
            attempt.gate().settled(settled.done() + settled.rejected());
            attempt.observer().applied(settled.done(), settled.rejected());
        });
        return RepeatStatus.CONTINUABLE;
    }

    private boolean isSideBySide() {
        return attempt.workers() > 1
                && attempt.operation().mayBeDoneSideBySide()
                && !attempt.gate().isPaced()
                && (!attempt.suspect().isWary() || alone >= CAUTION);
    }

    /** Before the end is believed, it is looked at from the start once more. */
    private RepeatStatus endOfItems() {
        attempt.suspect().left();
        if (!agenda.isBegun()) {
            return RepeatStatus.FINISHED;
        }
        agenda.startOver();
        return RepeatStatus.CONTINUABLE;
    }

    private Settled alone(List<WorkItem> chunk, StepContribution contribution) {
        alone++;
        long first = chunk.get(0).seq();
        attempt.suspect().entering(first);
        return attempt.suspect().isPoisoned(first)
                ? oneByOne(chunk, contribution)
                : together(chunk, contribution.getStepExecution().getJobExecutionId(), 0);
    }

    /** What was asked for meanwhile holds from the next chunk on; and Spring Batch's connection is not to be idle for long. */
    private boolean isTooLateFor(List<WorkItem> chunk, List<WorkItem> items, long begun) {
        boolean first = chunk.get(0).seq() == items.get(0).seq();
        return attempt.gate().isClosed()
                || (!first && (attempt.gate().isPaced() || System.nanoTime() - begun > LONGEST_TOGETHER.toNanos()));
    }

    private Settled sideBySide(List<WorkItem> items, int size, StepContribution contribution) {
        long executionId = contribution.getStepExecution().getJobExecutionId();
        TransactionTemplate own = new TransactionTemplate(stores.transactions());
        long begun = System.nanoTime();
        List<List<WorkItem>> chunks = new ArrayList<>();
        for (int from = 0; from < items.size(); from += size) {
            chunks.add(items.subList(from, Math.min(from + size, items.size())));
        }
        Workers.Results<List<WorkItem>, Settled> results = workers.each(
                chunks,
                (chunk, worker) -> isTooLateFor(chunk, items, begun)
                        ? Optional.empty()
                        : Optional.of(own.execute(status -> together(chunk, executionId, worker))));
        List<List<WorkItem>> refused = refused(results.failures());
        List<WorkItem> undone = new ArrayList<>();
        Settled settled = new Settled(0, 0);
        for (int i = 0; i < chunks.size(); i++) {
            Optional<Settled> answer = results.answers().get(i);
            if (answer.isEmpty() && !refused.contains(chunks.get(i))) {
                undone.addAll(chunks.get(i));
            }
            settled = settled.plus(answer.orElse(new Settled(0, 0)));
        }
        agenda.putBack(undone);
        for (List<WorkItem> chunk : refused) {
            attempt.suspect().entering(chunk.get(0).seq());
            settled = settled.plus(oneByOne(chunk, contribution));
        }
        return settled;
    }

    /** The chunks whose values the database has refused, also when they were done once more by themselves; throws what else failed. */
    private List<List<WorkItem>> refused(List<Workers.Failure<List<WorkItem>>> failures) {
        if (failures.stream().allMatch(failure -> Fault.of(failure.cause()) == Fault.DATA)) {
            return failures.stream().map(Workers.Failure::chunk).toList();
        }
        Optional<Throwable> worst = Fault.mostTelling(
                failures.stream().<Throwable>map(Workers.Failure::cause).toList());
        Workers.Failure<List<WorkItem>> telling = failures.stream()
                .filter(failure -> worst.filter(failure.cause()::equals).isPresent())
                .findFirst()
                .orElseThrow();
        attempt.suspect().entering(telling.chunk().get(0).seq());
        throw telling.cause();
    }

    private Settled together(List<WorkItem> chunk, long executionId, int worker) {
        Outcome outcome =
                attempt.operation().apply(chunk.stream().map(WorkItem::assetId).toList(), attempt.stamp());
        int rejected = 0;
        for (WorkItem item : chunk) {
            Rejection rejection = outcome.rejected().get(item.assetId());
            if (rejection != null) {
                stores.items().rejected(attempt.runId(), executionId, item.seq(), rejection);
                rejected++;
            }
        }
        List<WorkItem> done = chunk.stream()
                .filter(item -> outcome.done().contains(item.assetId()))
                .toList();
        stores.items().done(attempt.runId(), executionId, done);
        Map<String, Long> amounts = amounts(outcome, rejected);
        if (!amounts.isEmpty()) {
            stores.tallies().add(attempt.runId(), worker, amounts);
        }
        // Last, so that the lease's row is locked for as short as possible: the heartbeat needs it too.
        stores.leases().requireHeld(attempt.lease());
        return new Settled(done.size(), chunk.size() - done.size());
    }

    private static Map<String, Long> amounts(Outcome outcome, long rejected) {
        Map<String, Long> amounts = new LinkedHashMap<>();
        if (rejected > 0) {
            amounts.put(TallyStore.REJECTED, rejected);
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

    private Settled oneByOne(List<WorkItem> chunk, StepContribution contribution) {
        long executionId = contribution.getStepExecution().getJobExecutionId();
        return new Isolation(attempt, stores, executionId)
                .settle(chunk, item -> together(List.of(item), executionId, 0));
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
        workers.close();
        Executions.recount(execution, stores.items().settledBy(attempt.runId(), execution.getJobExecutionId()));
        return null;
    }
}
