package io.binday.run;

import io.binday.trash.OperationName;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What is known about runs; reads only. */
@Component
public final class RunRecords {

    private final Stores stores;
    private final RunLineStore lines;
    private final HousekeepingStore housekeeping;

    RunRecords(Stores stores, RunLineStore lines, HousekeepingStore housekeeping) {
        this.stores = stores;
        this.lines = lines;
        this.housekeeping = housekeeping;
    }

    /** The newest runs first, at most {@code limit}. */
    public List<RunLine> newest(RunFilter filter, int limit) {
        return lines.newest(filter, limit);
    }

    /**
     * A run in one line.
     *
     * @throws NoSuchElementException naming the run, when there is none
     */
    public RunLine line(long runId) {
        return lines.find(runId).orElseThrow(() -> RunStore.none(runId));
    }

    /** When housekeeping has removed the items and attempts of a run; empty while they are there. */
    public Optional<Instant> tidiedAt(long runId) {
        return housekeeping.tidiedAt(runId);
    }

    /** Rejected items after a line, in the order of the input, at most {@code limit}. */
    public List<WorkItem> rejects(long runId, long after, int limit) {
        return stores.items().rejects(runId, after, limit);
    }

    /** The runs of a job that another start can go on with, the oldest first. */
    public List<Long> unfinished(String job) {
        return stores.runs().unfinished(job);
    }

    /** The runs of a job whose process is gone, the oldest first. */
    public List<Long> orphaned(String job) {
        return stores.runs().orphaned(job);
    }

    /** The runs of a job that no start goes on with any more, because what their query found has been lying too long. */
    public List<Long> outdated(String job) {
        return stores.runs().outdated(job);
    }

    /** The newest run of a job. */
    public Optional<Run> newestOf(String job) {
        return stores.runs().newestOf(job);
    }

    /** When a run of a job was completed last. */
    public Optional<Instant> lastCompletedOf(String job) {
        return stores.runs().lastCompletedOf(job);
    }

    /** When a run of a job was asked for first. */
    public Optional<Instant> firstOf(String job) {
        return stores.runs().firstOf(job);
    }

    /** When a run of an operation was completed last. */
    public Optional<Instant> lastCompleted(OperationName operation) {
        return stores.runs().lastCompleted(operation);
    }

    /** The runs of an operation that were held back for a person to look at, and after which none of the same job was completed. */
    public List<Long> heldBack(OperationName operation) {
        return stores.runs().heldBack(operation);
    }

    /** How many assets all runs of an operation have done, and how many values they have rejected. */
    public Totals totals(OperationName operation) {
        return stores.tallies().totals(operation);
    }
}
