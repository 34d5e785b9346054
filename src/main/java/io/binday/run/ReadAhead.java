package io.binday.run;

import io.binday.input.AssetIdInput.Values;
import io.binday.input.InputValue;
import io.binday.trash.Reject;
import io.binday.trash.Rejection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Turns an input into batches of work items, always one batch ahead: it reads while the database is busy with the batch
 * before. One thread asks for batches; another one of its own reads.
 */
final class ReadAhead implements AutoCloseable {

    /** The first batches are smaller, so that a small input keeps more than one inserter busy. */
    private static final int FIRST = 2_500;

    private final Values values;
    private final Function<String, Optional<String>> canonical;
    private final Function<List<WorkItem>, WorkItemBatch> written;
    private final int size;
    private final Repeats repeats = new Repeats();
    private final Companion reader = new Companion("binday-read-ahead");
    private Future<WorkItemBatch> ahead;
    /** Of the thread that reads, and seen by the other one with the batch. */
    private boolean atEnd;

    /** The size of the next batch to be read. */
    private int coming;

    private boolean ended;

    /**
     * Begins to read.
     *
     * @param values the input, which is closed with this
     * @param canonical the asset ID that a value is; empty when it is none
     * @param written makes items ready to be inserted
     * @param size items a batch, but for the first ones
     */
    ReadAhead(
            Values values,
            Function<String, Optional<String>> canonical,
            Function<List<WorkItem>, WorkItemBatch> written,
            int size) {
        this.values = values;
        this.canonical = canonical;
        this.written = written;
        this.size = size;
        this.coming = Math.min(size, FIRST);
        this.ahead = reader.submit(this::read);
    }

    /**
     * The next batch; empty, or shorter than others, only where it is the last.
     *
     * @throws io.binday.input.InputRefusedException when the input cannot be read on, or proves to have changed
     */
    WorkItemBatch next() {
        WorkItemBatch batch = Companion.await(ahead);
        ended = atEnd;
        if (!ended) {
            ahead = reader.submit(this::read);
        }
        return batch;
    }

    /** Whether the batch that was given last is the last one. */
    boolean isEnded() {
        return ended;
    }

    /** Waits for the next batch, but not longer than this; whether it is there, or has failed. */
    boolean isReady(Duration longest) {
        return Companion.isDone(ahead, longest);
    }

    /** After the last batch: the only values that can have come twice; empty when any may have. */
    Optional<Set<String>> suspects() {
        return repeats.suspects();
    }

    private WorkItemBatch read() {
        int most = coming;
        coming = Math.min(size, 2 * coming);
        List<WorkItem> batch = new ArrayList<>(most);
        while (batch.size() < most && values.hasNext()) {
            batch.add(item(values.next()));
        }
        atEnd = batch.size() < most || !values.hasNext();
        return written.apply(batch);
    }

    private WorkItem item(InputValue value) {
        boolean possible = value.text().length() <= WorkItem.LONGEST && !hasBlanksAround(value.text());
        Optional<String> id = possible ? canonical.apply(value.text()) : Optional.empty();
        id.ifPresent(repeats::add);
        return id.map(text -> WorkItem.pending(value.seq(), text)).orElseGet(() -> malformed(value));
    }

    private static WorkItem malformed(InputValue value) {
        String text = value.text();
        Rejection rejection = Rejection.of(Reject.MALFORMED);
        if (text.isEmpty()) {
            rejection = Rejection.of(Reject.MALFORMED, "the value is empty");
        } else if (hasBlanksAround(text)) {
            rejection = Rejection.of(Reject.MALFORMED, "the value begins or ends with blanks");
        } else if (text.length() > WorkItem.LONGEST) {
            rejection = Rejection.of(Reject.MALFORMED, "the value has " + text.length() + " characters, shown cut");
            text = cut(text);
        }
        return new WorkItem(value.seq(), text, Optional.of(rejection));
    }

    /** Files and command lines have none any more; what a query finds may be another asset than the one without them. */
    private static boolean hasBlanksAround(String text) {
        return !text.equals(text.strip());
    }

    private static String cut(String text) {
        int end =
                Character.isHighSurrogate(text.charAt(WorkItem.LONGEST - 1)) ? WorkItem.LONGEST - 1 : WorkItem.LONGEST;
        return text.substring(0, end);
    }

    /**
     * Waits for a read that is under way, because an input is used by one thread at a time, but has it end soon. What was not read to
     * its end is given up, for to close the rest of a query would be to read it.
     */
    @Override
    public void close() {
        if (!ahead.isDone() || !atEnd) {
            values.giveUp();
        }
        reader.close();
        values.close();
    }
}
