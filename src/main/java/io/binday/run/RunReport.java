package io.binday.run;

import io.binday.binary.Outbox;
import io.binday.trash.Fate;
import java.util.Map;
import java.util.Optional;

/**
 * A run with its counts, as every command shows it.
 *
 * @param references what became of references, by table
 * @param bytes the size of the files of the assets done
 * @param onHold assets it has trashed that are on hold now
 * @param files for a purge: what became of the files
 * @param lease who owns it; empty for a run that has ended
 */
public record RunReport(
        Run run,
        ItemCounts items,
        Map<Fate, Map<String, Long>> references,
        long bytes,
        long onHold,
        Outbox.Files files,
        Optional<LeaseState> lease) {

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
