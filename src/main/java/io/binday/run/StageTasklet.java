package io.binday.run;

import io.binday.input.AssetIdInput;
import io.binday.input.InputRefusedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Streams the input into work items and screens them, a batch a transaction of its own, as many at a time as there are workers,
 * while the next batch is read; that of Spring Batch only counts. Interrupted, it starts over; once finished it never does. After
 * a failed attempt it is one batch at a time.
 */
final class StageTasklet implements Tasklet, StepExecutionListener {

    /** Large enough that a round trip costs little, small enough to be nothing in a heap of 128 MB. */
    private static final int BATCH = 10_000;

    /** A slow query must not keep Spring Batch's transaction waiting: the server ends connections that say nothing. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Attempt attempt;
    private final Stores stores;
    private final Supplier<AssetIdInput> input;
    private final Optional<Pattern> idPattern;
    private final TransactionTemplate transaction;
    private final List<Companion> inserters = new ArrayList<>();
    /** The oldest first; the next one is for the thread of the oldest. */
    private final Deque<Insertion> underway = new ArrayDeque<>();

    private @Nullable ReadAhead batches;
    private boolean cleared;
    private boolean ended;
    private int begun;
    private long staged;
    private boolean finished;

    StageTasklet(Attempt attempt, Stores stores, Supplier<AssetIdInput> input, Optional<Pattern> idPattern) {
        this.attempt = attempt;
        this.stores = stores;
        this.input = input;
        this.idPattern = idPattern;
        this.transaction = new TransactionTemplate(stores.transactions());
        int atOnce = attempt.suspect().isWary() ? 1 : attempt.workers();
        for (int i = 1; i <= atOnce; i++) {
            inserters.add(new Companion("binday-inserter-" + i));
        }
    }

    /** A batch on its way into the database; the items themselves are forgotten as soon as they are there. */
    private record Insertion(int size, Future<?> end) {}

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        if (batches == null) {
            return RepeatStatus.FINISHED;
        }
        RepeatStatus status = next(batches, contribution);
        stores.leases().requireHeld(attempt.lease());
        return status;
    }

    private RepeatStatus next(ReadAhead open, StepContribution contribution) {
        if (!cleared) {
            cleared = stores.items().removeSome(attempt.runId()) == 0;
        }
        // What was removed is only gone with the transaction, and the inserters have others.
        if (cleared && !ended && open.isReady(PATIENCE)) {
            stageBatch(open, contribution);
        }
        return ended ? finish(open) : RepeatStatus.CONTINUABLE;
    }

    private void stageBatch(ReadAhead open, StepContribution contribution) {
        WorkItemBatch batch = open.next();
        while (underway.size() == inserters.size() || isOldestDone()) {
            awaitOldest(contribution);
        }
        if (!batch.isEmpty()) {
            Companion inserter = inserters.get(begun++ % inserters.size());
            Future<?> end = inserter.submit(() -> insert(batch));
            underway.add(new Insertion(batch.size(), end));
        }
        ended = open.isEnded();
        while (ended && !underway.isEmpty()) {
            awaitOldest(contribution);
        }
    }

    private boolean isOldestDone() {
        return !underway.isEmpty() && underway.element().end().isDone();
    }

    private boolean insert(WorkItemBatch batch) {
        transaction.executeWithoutResult(status -> {
            stores.staging().insert(attempt.runId(), batch);
            stores.staging().spell(attempt.runId(), batch, attempt.operation()::spelling);
            stores.staging().rejectScreened(attempt.runId(), batch, attempt.operation()::screening);
            stores.leases().requireHeld(attempt.lease());
        });
        return true;
    }

    /** What is committed is counted. */
    private void awaitOldest(StepContribution contribution) {
        Insertion oldest = underway.remove();
        Companion.await(oldest.end());
        contribution.incrementWriteCount(oldest.size());
        staged += oldest.size();
        attempt.observer().staged(staged);
    }

    private RepeatStatus finish(ReadAhead open) {
        boolean exact = attempt.operation().form().exact();
        stores.staging().rejectDuplicates(attempt.runId(), exact ? open.suspects() : Optional.empty());
        stores.runs().markStaged(attempt.runId());
        ItemCounts counts = stores.items().counts(attempt.runId());
        stores.tallies()
                .add(
                        attempt.runId(),
                        0,
                        Map.of(TallyStore.ITEMS, counts.total(), TallyStore.REJECTED, counts.rejected()));
        finished = true;
        return RepeatStatus.FINISHED;
    }

    /** An asset ID as it is kept; empty when the value is none. */
    private Optional<String> canonical(String given) {
        return idPattern.filter(pattern -> !pattern.matcher(given).matches()).isPresent()
                ? Optional.empty()
                : attempt.operation().form().canonical(given);
    }

    /** A query that takes its time does so in the thread that reads. */
    @Override
    public void beforeStep(StepExecution execution) {
        if (attempt.run().staged()) {
            return;
        }
        AssetIdInput opened = input.get();
        if (!opened.digest().sha256().equals(attempt.run().digest().sha256())) {
            throw new InputRefusedException(
                    "%s has changed since run %d was created; nothing was touched; start a new run"
                            .formatted(attempt.run().digest().name(), attempt.runId()));
        }
        batches = new ReadAhead(opened.open(), this::canonical, stores.staging()::batch, BATCH);
    }

    /** Where the step has not come to its end, batches may be in the table that nobody has counted. */
    @Override
    public @Nullable ExitStatus afterStep(StepExecution execution) {
        inserters.forEach(Companion::close);
        if (batches != null) {
            batches.close();
            if (cleared && !finished) {
                execution.setWriteCount(stores.items().counts(attempt.runId()).total());
            }
            // What it has noticed of repeated values would be in memory to the end of the run.
            batches = null;
        }
        return null;
    }
}
