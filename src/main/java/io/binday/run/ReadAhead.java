package io.binday.run;

import io.binday.input.AssetIdInput.Values;
import io.binday.input.InputValue;
import io.binday.trash.Reject;
import io.binday.trash.Rejection;
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

    private final Values values;
    private final Function<String, Optional<String>> canonical;
    private final Function<List<WorkItem>, WorkItemBatch> written;
    private final int size;
    private final Repeats repeats = new Repeats();
    private final Companion reader = new Companion("binday-read-ahead");
    private Future<WorkItemBatch> ahead;

    /**
     * Begins to read.
     *
     * @param values the input, which is closed with this
     * @param canonical the asset ID that a value is; empty when it is none
     * @param written makes items ready to be inserted
     * @param size items a batch
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
        this.ahead = reader.submit(this::read);
    }

    /**
     * The next batch; one that is not full is the last.
     *
     * @throws io.binday.input.InputRefusedException when the input cannot be read on, or proves to have changed
     */
    WorkItemBatch next() {
        WorkItemBatch batch = Companion.await(ahead);
        if (batch.size() == size) {
            ahead = reader.submit(this::read);
        }
        return batch;
    }

    /** After the last batch: the only values that can have come twice; empty when any may have. */
    Optional<Set<String>> suspects() {
        return repeats.suspects();
    }

    private WorkItemBatch read() {
        List<WorkItem> batch = new ArrayList<>(size);
        while (batch.size() < size && values.hasNext()) {
            batch.add(item(values.next()));
        }
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

    /** Waits for a read that is under way, because an input is used by one thread at a time. */
    @Override
    public void close() {
        reader.close();
        values.close();
    }
}
