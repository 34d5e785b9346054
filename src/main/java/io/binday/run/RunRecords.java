package io.binday.run;

import io.binday.job.UnknownNameException;
import java.time.Instant;
import java.util.List;
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
     * @throws UnknownNameException naming the run, when there is none
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
}
