package io.binday.binary;

import io.binday.binary.OutboxStore.Entry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

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

    private static final TransactionDefinition OWN =
            new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

    /** The answer is relied on for no longer, and the transaction ends then. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final OutboxStore store;
    private final Optional<BinaryStore> binaries;
    /** What is committed whatever becomes of the caller's transaction. */
    private final TransactionOperations own;

    @Autowired
    Outbox(
            OutboxStore store,
            BinarySettings settings,
            Optional<BinaryStore> binaries,
            PlatformTransactionManager transactions) {
        this(store, settings, binaries, new TransactionTemplate(transactions, OWN));
    }

    Outbox(OutboxStore store, BinarySettings settings, Optional<BinaryStore> binaries, TransactionOperations own) {
        this.store = store;
        this.binaries = binaries.map(place -> new PatientStore(place, settings.timeout()));
        this.own = own;
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
     * Deletes some files whose time has come, within the caller's transaction. That an attempt begins is committed before, for where
     * that transaction is lost, the next attempt finds no files, and says that they were deleted all the same.
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
        List<Entry> due = begin(limit);
        if (due.isEmpty()) {
            return false;
        }
        Optional<Set<String>> used =
                inUse.apply(due.stream().map(Entry::key).distinct().toList());
        List<Entry> locked = store.lock(due);
        if (used.isEmpty()) {
            store.leave(locked);
            return false;
        }
        Set<String> shared = used.get();
        long begun = System.nanoTime();
        for (int i = 0; i < locked.size(); i++) {
            if (i > 0 && System.nanoTime() - begun >= longest.toNanos()) {
                store.leave(locked.subList(i, locked.size()));
                return true;
            }
            Entry entry = locked.get(i);
            if (shared.contains(entry.key())) {
                store.settle(entry.id(), "SHARED");
            } else {
                delete(binaries.get(), entry);
            }
        }
        return due.size() == limit;
    }

    private List<Entry> begin(int limit) {
        List<Entry> due = new ArrayList<>();
        own.executeWithoutResult(status -> {
            due.addAll(store.due(limit));
            if (!due.isEmpty()) {
                store.begin(due);
            }
        });
        return due;
    }

    /** Whether there are files that can be deleted now. */
    public boolean isDue() {
        return binaries.isPresent() && !store.due(1).isEmpty();
    }

    private void delete(BinaryStore from, Entry entry) {
        try {
            boolean deleted = from.delete(entry.key()) || entry.interrupted();
            store.settle(entry.id(), deleted ? "DELETED" : "MISSING");
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
