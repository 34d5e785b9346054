package io.binday.run;

import java.util.Map;
import java.util.Optional;

/**
 * A run with its counts, as every command shows it.
 *
 * @param detached references detached, by table
 * @param bytes the size of the files of the assets done
 * @param lease who owns it; empty for a run that has ended
 */
public record RunReport(Run run, ItemCounts items, Map<String, Long> detached, long bytes, Optional<LeaseState> lease) {

    /** Whether the run is RUNNING in name only: nobody has been heard of for longer than a lease. */
    public boolean abandonedByOwner() {
        return run.status() == RunStatus.RUNNING
                && !lease.map(LeaseState::alive).orElse(false);
    }
}
