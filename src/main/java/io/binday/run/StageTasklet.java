package io.binday.run;

import io.binday.input.AssetIdInput;
import io.binday.input.AssetIdInput.Values;
import io.binday.input.InputRefusedException;
import io.binday.input.InputValue;
import io.binday.trash.Reject;
import io.binday.trash.Rejection;
import java.util.ArrayList;
import java.util.List;
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
 * Streams the input into work items, a batch a transaction. Interrupted, it starts over; once finished it never does.
 */
final class StageTasklet implements Tasklet, StepExecutionListener {

    /** Large enough that a round trip costs little, small enough to be nothing in a heap of 128 MB. */
    private static final int BATCH = 10_000;

    private final Attempt attempt;
    private final Stores stores;
    private final Supplier<AssetIdInput> input;
    private final Pattern idPattern;
    private @Nullable Values values;
    private final Repeats repeats = new Repeats();
    private boolean cleared;
    private long staged;

    StageTasklet(Attempt attempt, Stores stores, Supplier<AssetIdInput> input, Pattern idPattern) {
        this.attempt = attempt;
        this.stores = stores;
        this.input = input;
        this.idPattern = idPattern;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        if (attempt.stop().isRequested()) {
            contribution.getStepExecution().setTerminateOnly();
            return RepeatStatus.CONTINUABLE;
        }
        if (values == null) {
            return RepeatStatus.FINISHED;
        }
        RepeatStatus status = cleared ? stageBatch(values, contribution) : clear();
        stores.leases().hold(attempt.lease());
        return status;
    }

    private RepeatStatus clear() {
        cleared = !stores.items().clearSome(attempt.runId());
        return RepeatStatus.CONTINUABLE;
    }

    private RepeatStatus stageBatch(Values open, StepContribution contribution) {
        List<InputValue> batch = new ArrayList<>(BATCH);
        while (batch.size() < BATCH && open.hasNext()) {
            batch.add(open.next());
        }
        stage(batch);
        contribution.incrementWriteCount(batch.size());
        staged += batch.size();
        attempt.observer().staged(staged);
        if (batch.size() == BATCH) {
            return RepeatStatus.CONTINUABLE;
        }
        stores.items().rejectDuplicates(attempt.runId(), repeats.suspects());
        stores.runs().markStaged(attempt.runId());
        return RepeatStatus.FINISHED;
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
        values = opened.open();
    }

    private void stage(List<InputValue> batch) {
        if (!batch.isEmpty()) {
            long runId = attempt.runId();
            stores.items().insert(runId, batch.stream().map(this::item).toList());
            stores.items()
                    .rejectScreened(
                            runId,
                            batch.get(0).seq(),
                            batch.get(batch.size() - 1).seq(),
                            attempt.operation()::screening);
        }
    }

    private WorkItem item(InputValue value) {
        if (isWellFormed(value.text())) {
            repeats.add(value.text());
            return WorkItem.pending(value.seq(), value.text());
        }
        return malformed(value);
    }

    private static WorkItem malformed(InputValue value) {
        String text = value.text();
        Rejection rejection = Rejection.of(Reject.MALFORMED);
        if (text.isEmpty()) {
            rejection = Rejection.of(Reject.MALFORMED, "the value is empty");
        } else if (text.length() > WorkItem.LONGEST) {
            rejection = Rejection.of(Reject.MALFORMED, "the value has " + text.length() + " characters, shown cut");
            text = cut(text);
        }
        return new WorkItem(value.seq(), text, Optional.of(rejection));
    }

    private static String cut(String text) {
        int end =
                Character.isHighSurrogate(text.charAt(WorkItem.LONGEST - 1)) ? WorkItem.LONGEST - 1 : WorkItem.LONGEST;
        return text.substring(0, end);
    }

    private boolean isWellFormed(String text) {
        return text.length() <= WorkItem.LONGEST && idPattern.matcher(text).matches();
    }

    @Override
    public @Nullable ExitStatus afterStep(StepExecution execution) {
        if (values != null) {
            values.close();
        }
        return null;
    }
}
