package io.binday.binary;

import io.binday.binary.OutboxStore.Entry;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Deletes the files of purged assets, after the commit that purged them. A file that is not there is done; one that
 * cannot be deleted is tried again later, with growing waits; one that another asset uses stays.
 */
@Component
public final class Outbox {

    private static final long FIRST_WAIT_SECONDS = 60;
    private static final long LONGEST_WAIT_SECONDS = 24 * 3_600;

    /** So many files are asked about at once, because the CMS may have no index on the keys of its binaries. */
    private static final int AT_ONCE = 2_000;

    /** The answer is relied on for no longer, and the transaction ends then. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final OutboxStore store;
    private final Optional<BinaryStore> binaries;

    Outbox(OutboxStore store, BinarySettings settings, Optional<BinaryStore> binaries) {
        this.store = store;
        this.binaries = binaries.map(place -> new PatientStore(place, settings.timeout()));
    }

    /**
     * The files of a run.
     *
     * @param states how many are {@code PENDING}, {@code DELETED}, {@code MISSING}, {@code SHARED}
     * @param error the last error of those that wait
     * @param configured whether Binday knows where the files are
     */
    public record Files(Map<String, Long> states, Optional<String> error, boolean configured) {}

    /**
     * Deletes some files whose time has come, within the caller's transaction; a crash in between deletes them again,
     * which changes nothing.
     *
     * @param inUse which of some keys are used by an asset; nothing is deleted where it cannot say
     * @return whether there may be more
     */
    public boolean work(Function<Collection<String>, Optional<Set<String>>> inUse) {
        return work(AT_ONCE, LONGEST, inUse);
    }

    /** The same, with at most so many files, and no further one after so long. */
    boolean work(int limit, Duration longest, Function<Collection<String>, Optional<Set<String>>> inUse) {
        if (binaries.isEmpty()) {
            return false;
        }
        List<Entry> due = store.due(limit);
        if (due.isEmpty()) {
            return false;
        }
        Optional<Set<String>> used =
                inUse.apply(due.stream().map(Entry::key).distinct().toList());
        if (used.isEmpty()) {
            return false;
        }
        Set<String> shared = used.get();
        long begun = System.nanoTime();
        for (Entry entry : due) {
            if (!entry.equals(due.get(0)) && System.nanoTime() - begun >= longest.toNanos()) {
                return true;
            }
            if (shared.contains(entry.key())) {
                store.settle(entry.id(), "SHARED");
            } else {
                delete(binaries.get(), entry);
            }
        }
        return due.size() == limit;
    }

    /** Whether there are files that can be deleted now. */
    public boolean isDue() {
        return binaries.isPresent() && !store.due(1).isEmpty();
    }

    private void delete(BinaryStore from, Entry entry) {
        try {
            store.settle(entry.id(), from.delete(entry.key()) ? "DELETED" : "MISSING");
        } catch (IOException e) {
            long wait = Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS << Math.min(entry.attempts(), 20));
            store.postpone(entry.id(), e.toString(), wait);
        }
    }

    /** What became of the files of a run. */
    public Files of(long runId) {
        return new Files(store.states(runId), store.error(runId), binaries.isPresent());
    }

    /** How many files wait to be deleted. */
    public long pending() {
        return store.pending();
    }
}
