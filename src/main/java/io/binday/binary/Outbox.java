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
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes the files of purged assets, after the commit that purged them. A file that is not there is done, unless nothing that
 * should be there is; one that cannot be deleted is tried again later, with growing waits; one that another asset uses stays.
 */
@Component
public final class Outbox {

    private static final long FIRST_WAIT_SECONDS = 60;
    private static final long LONGEST_WAIT_SECONDS = 24 * 3_600;

    /** So many files are asked about at once, because the CMS may have no index on the keys of its binaries. */
    private static final int AT_ONCE = 2_000;

    /** So many files are deleted in a transaction: if it is lost, the next attempt finds none of them, and calls them missing. */
    private static final int TOGETHER = 50;

    /** The answer is relied on for no longer. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** Whatever becomes of the caller's transaction: the files are gone. */
    private static final TransactionDefinition OWN =
            new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

    private final OutboxStore store;
    private final Optional<BinaryStore> binaries;
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
     * Deletes some files whose time has come, a few in a transaction of its own; a crash in between deletes those again, which changes
     * nothing but that they are then missing.
     *
     * @param inUse which of some keys are used by an asset; nothing is deleted where it cannot say
     * @param examples the keys of some live assets, whose files should be there; none where nobody can say
     * @return whether there may be more
     */
    public boolean work(Function<Collection<String>, Optional<Set<String>>> inUse, Supplier<List<String>> examples) {
        return work(AT_ONCE, LONGEST, inUse, examples);
    }

    /** The same, with at most so many files, and no further one after so long. */
    boolean work(
            int limit,
            Duration longest,
            Function<Collection<String>, Optional<Set<String>>> inUse,
            Supplier<List<String>> examples) {
        if (binaries.isEmpty()) {
            return false;
        }
        List<Entry> due = store.due(limit);
        if (due.isEmpty()) {
            return false;
        }
        Optional<Set<String>> shared =
                inUse.apply(due.stream().map(Entry::key).distinct().toList());
        if (shared.isEmpty()) {
            return false;
        }
        Presence presence = new Presence(binaries.get(), examples);
        long end = System.nanoTime() + longest.toNanos();
        int locked = 0;
        for (int from = 0; from < due.size(); from += TOGETHER) {
            List<Entry> some = due.subList(from, Math.min(from + TOGETHER, due.size()));
            Integer more = own.execute(status -> settle(store.lock(some), shared.get(), presence, end));
            locked += more == null ? 0 : more;
            if (System.nanoTime() - end >= 0) {
                return locked > 0;
            }
        }
        // What is all in the hands of somebody else is his to come to an end with.
        return due.size() == limit && locked > 0;
    }

    /** At least the first one, so that there is an end; how many there are. */
    private int settle(List<Entry> entries, Set<String> shared, Presence presence, long end) {
        for (Entry entry : entries) {
            if (!entry.equals(entries.get(0)) && System.nanoTime() - end >= 0) {
                return entries.size();
            }
            if (shared.contains(entry.key())) {
                store.settle(entry.id(), "SHARED");
            } else {
                delete(binaries.orElseThrow(), entry, presence);
            }
        }
        return entries.size();
    }

    /** Whether there are files that can be deleted now. */
    public boolean isDue() {
        return binaries.isPresent() && !store.due(1).isEmpty();
    }

    private void delete(BinaryStore from, Entry entry, Presence presence) {
        try {
            boolean deleted = from.delete(entry.key());
            if (deleted) {
                presence.seen();
            } else {
                presence.require();
            }
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
