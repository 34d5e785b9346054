package io.binday.binary;

import io.binday.binary.OutboxStore.Entry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
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
     * @param states how many are in which state, of those there are
     * @param error the last error of those that wait
     * @param configured whether Binday knows where the files are
     */
    public record Files(Map<FileState, Long> states, Optional<String> error, boolean configured) {}

    /**
     * Deletes some files whose time has come, a few in a transaction of its own; a crash in between deletes those again, which changes
     * nothing but that they are then missing.
     *
     * @param inUse which of some keys are used by an asset; nothing is deleted where it cannot say
     * @param examples the keys of some assets that are not purged, whose files should be there; none where nobody can say
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
        Round round = new Round();
        long end = System.nanoTime() + longest.toNanos();
        boolean late = false;
        for (int from = 0; from < due.size() && !late; from += TOGETHER) {
            List<Entry> some = due.subList(from, Math.min(from + TOGETHER, due.size()));
            own.executeWithoutResult(status -> settle(store.lock(some), shared.get(), round, end));
            late = System.nanoTime() - end >= 0;
        }
        settleMissing(round, examples);
        // What is all in the hands of somebody else is his to come to an end with.
        return round.locked > 0 && (late || due.size() == limit);
    }

    /** What came of one look at what is due. */
    private static final class Round {
        private final List<Entry> missing = new ArrayList<>();
        private final Set<String> deleted = new HashSet<>();
        private int locked;
    }

    /** At least the first one, so that there is an end. */
    private void settle(List<Entry> entries, Set<String> shared, Round round, long end) {
        round.locked += entries.size();
        for (Entry entry : entries) {
            if (!entry.equals(entries.get(0)) && System.nanoTime() - end >= 0) {
                return;
            }
            if (shared.contains(entry.key())) {
                store.settle(entry.id(), FileState.SHARED);
            } else {
                delete(binaries.orElseThrow(), entry, round);
            }
        }
    }

    /**
     * Where a share is not mounted, or the directory is another one, each file would be called missing, and stay for ever. So a file
     * is missing only if another one was there, or is, or none should be.
     */
    private void settleMissing(Round round, Supplier<List<String>> examples) {
        if (round.missing.isEmpty()) {
            return;
        }
        Optional<String> doubt = !round.deleted.isEmpty() ? Optional.empty() : doubt(examples.get());
        own.executeWithoutResult(status -> store.lock(round.missing)
                .forEach(entry -> doubt.ifPresentOrElse(
                        why -> postpone(entry, why), () -> store.settle(entry.id(), FileState.MISSING))));
    }

    private Optional<String> doubt(List<String> examples) {
        try {
            return examples.isEmpty() || !binaries.orElseThrow().lacksAll(examples)
                    ? Optional.empty()
                    : Optional.of("it is not there, nor is any file of other assets, such as '" + examples.get(0)
                            + "'; is " + binaries.orElseThrow().place() + " mounted, and the right one?");
        } catch (IOException e) {
            return Optional.of(e.toString());
        }
    }

    /** Whether there are files that can be deleted now. */
    public boolean isDue() {
        return binaries.isPresent() && !store.due(1).isEmpty();
    }

    private void delete(BinaryStore from, Entry entry, Round round) {
        try {
            // Assets that are purged together may have had the same file.
            if (round.deleted.contains(entry.key()) || from.delete(entry.key())) {
                round.deleted.add(entry.key());
                store.settle(entry.id(), FileState.DELETED);
            } else {
                round.missing.add(entry);
            }
        } catch (IOException e) {
            postpone(entry, e.toString());
        }
    }

    private void postpone(Entry entry, String why) {
        long wait = Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS << Math.min(entry.attempts(), 20));
        store.postpone(entry.id(), why, wait);
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
