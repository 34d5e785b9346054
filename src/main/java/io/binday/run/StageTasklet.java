package io.binday.run;

import io.binday.input.AssetIdInput;
import io.binday.input.InputRefusedException;
import java.util.Map;
import java.util.Optional;
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

/**
 * Streams the input into work items, a batch a transaction, while the next batch is read and the last one screened beside
 * it. Interrupted, it starts over; once finished it never does.
 */
final class StageTasklet implements Tasklet, StepExecutionListener {

    /** Large enough that a round trip costs little, small enough to be nothing in a heap of 128 MB. */
    private static final int BATCH = 10_000;

    private final Attempt attempt;
    private final Stores stores;
    private final Supplier<AssetIdInput> input;
    private final Optional<Pattern> idPattern;
    private final Screening screening;
    private @Nullable ReadAhead batches;
    private boolean cleared;
    /** The batch of the transaction before, which is committed by now. */
    private WorkItemBatch last = WorkItemBatch.NONE;

    private boolean ended;
    private long staged;

    StageTasklet(Attempt attempt, Stores stores, Supplier<AssetIdInput> input, Optional<Pattern> idPattern) {
        this.attempt = attempt;
        this.stores = stores;
        this.input = input;
        this.idPattern = idPattern;
        this.screening = new Screening(attempt, stores);
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        if (batches == null) {
            return RepeatStatus.FINISHED;
        }
        screening.later(last);
        last = WorkItemBatch.NONE;
        RepeatStatus status = next(batches, contribution);
        stores.leases().hold(attempt.lease());
        return status;
    }

    private RepeatStatus next(ReadAhead open, StepContribution contribution) {
        if (ended) {
            return finish(open);
        }
        if (cleared) {
            stageBatch(open, contribution);
        } else {
            cleared = !stores.items().clearSome(attempt.runId());
        }
        return RepeatStatus.CONTINUABLE;
    }

    private void stageBatch(ReadAhead open, StepContribution contribution) {
        WorkItemBatch batch = open.next();
        if (!batch.isEmpty()) {
            stores.items().insert(attempt.runId(), batch);
        }
        contribution.incrementWriteCount(batch.size());
        staged += batch.size();
        attempt.observer().staged(staged);
        last = batch;
        ended = batch.size() < BATCH;
    }

    private RepeatStatus finish(ReadAhead open) {
        screening.finish();
        boolean exact = attempt.operation().form().exact();
        stores.items().rejectDuplicates(attempt.runId(), exact ? open.suspects() : Optional.empty());
        stores.runs().markStaged(attempt.runId());
        ItemCounts counts = stores.items().counts(attempt.runId());
        stores.tallies()
                .add(
                        attempt.runId(),
                        0,
                        Map.of(TallyStore.ITEMS, counts.total(), TallyStore.REJECTED, counts.rejected()));
        return RepeatStatus.FINISHED;
    }

    /** An asset ID as it is kept; empty when the value is none. */
    private Optional<String> canonical(String given) {
        return idPattern.filter(pattern -> !pattern.matcher(given).matches()).isPresent()
                ? Optional.empty()
                : attempt.operation().form().canonical(given);
    }

    /** The input is opened before the first transaction, because a query may take its time. */
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
        batches = new ReadAhead(opened.open(), this::canonical, stores.items()::batch, BATCH);
    }

    @Override
    public @Nullable ExitStatus afterStep(StepExecution execution) {
        screening.close();
        if (batches != null) {
            batches.close();
        }
        return null;
    }
}
