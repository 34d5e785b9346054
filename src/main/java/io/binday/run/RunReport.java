package io.binday.run;

import io.binday.trash.Fate;
import java.util.Map;
import java.util.Optional;

/**
 * A run with its counts, as every command shows it.
 *
 * @param references what became of references, by table
 * @param bytes the size of the files of the assets done
 * @param lease who owns it; empty for a run that has ended
 */
public record RunReport(
        Run run, ItemCounts items, Map<Fate, Map<String, Long>> references, long bytes, Optional<LeaseState> lease) {

    /** References of one fate, by table. */
    public Map<String, Long> references(Fate fate) {
        return references.getOrDefault(fate, Map.of());
    }

    /** Whether the run is RUNNING in name only: nobody has been heard of for longer than a lease. */
    public boolean abandonedByOwner() {
        return run.status() == RunStatus.RUNNING
                && !lease.map(LeaseState::alive).orElse(false);
    }
}
