package io.binday.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;

/**
 * The pending items of a run in the order in which they are done: part by part of the input, and each part in the order of
 * the asset ID, because neighbours share pages of the CMS's tables, of the mirrors and of every index by the asset. A random
 * order makes a trash take a quarter longer, and much longer where the tables do not fit into the server's memory.
 *
 * <p>Parts begin at fixed lines, so that an attempt after a failure meets the same chunks. Not thread-safe.
 */
final class Agenda {

    /** Lines of a part; its pending items are held in memory. */
    static final int PART = 100_000;

    private static final Comparator<WorkItem> ORDER =
            Comparator.comparing(WorkItem::assetId).thenComparing(WorkItem::seq);

    private final WorkItemStore items;
    private final long runId;
    private final Deque<WorkItem> waiting = new ArrayDeque<>();

    /** Items up to this line were taken. */
    private long position;

    Agenda(WorkItemStore items, long runId) {
        this.items = items;
        this.runId = runId;
    }

    /** Whether items were taken since it began from the start. */
    boolean isBegun() {
        return position > 0;
    }

    /** Begins from the start: what is still pending comes again. */
    void startOver() {
        waiting.clear();
        position = 0;
    }

    /** Takes the next items; none when there are no more. */
    List<WorkItem> take(int most) {
        if (waiting.isEmpty()) {
            readOn();
        }
        List<WorkItem> taken = new ArrayList<>();
        while (taken.size() < most && !waiting.isEmpty()) {
            taken.add(waiting.removeFirst());
        }
        return taken;
    }

    /** Gives items back that were not done; they are the next ones again. */
    void putBack(List<WorkItem> undone) {
        for (int i = undone.size() - 1; i >= 0; i--) {
            waiting.addFirst(undone.get(i));
        }
    }

    private void readOn() {
        OptionalLong first = items.firstPending(runId, position);
        if (first.isPresent()) {
            long end = (first.getAsLong() - 1) / PART * PART + PART;
            items.pending(runId, first.getAsLong(), end).stream().sorted(ORDER).forEach(waiting::add);
            position = end;
        }
    }
}
