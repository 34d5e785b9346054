package io.binday.trash;

import io.binday.catalog.CatalogCheck;
import io.binday.catalog.CatalogRefusedException;
import io.binday.catalog.MovedTable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps the purge off trashed assets, and lets it at them again; 1,000 assets a transaction. */
@Component
public final class Holds {

    private static final int BATCH = 1_000;

    private final HoldStore store;
    private final AssetLookupStore lookup;
    private final CatalogCheck catalog;
    private final TransactionTemplate transaction;
    private final DatabaseClock clock;

    Holds(
            HoldStore store,
            AssetLookupStore lookup,
            CatalogCheck catalog,
            PlatformTransactionManager transactions,
            DatabaseClock clock) {
        this.store = store;
        this.lookup = lookup;
        this.catalog = catalog;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * What became of a request.
     *
     * @param changed assets that were put on hold or released
     * @param left asset IDs that could not be: not in the trash, or not on hold; at most 1,000 of them
     */
    public record Result(long changed, List<String> left) {

        public Result {
            left = List.copyOf(left);
        }
    }

    /**
     * Why, who, and for how long.
     *
     * @param until when the hold is over; empty for one that lasts until it is released
     */
    public record Note(String reason, String who, Optional<Instant> until) {

        public Note {
            reason = Reason.of(reason);
        }
    }

    /**
     * Puts assets on hold; one that is on hold already gets one more hold.
     *
     * @throws IllegalArgumentException when the hold would be over already, by the database's clock
     */
    public Result hold(Collection<String> assetIds, Note note) {
        requireFuture(note);
        return each(List.copyOf(assetIds), ids -> hold(ids, note));
    }

    /** As {@link #hold}, for all that a run has trashed and that is still in the trash; what is purged already is left. */
    public Result holdRun(long runId, Note note) {
        requireFuture(note);
        long held = eachOfRun(runId, ids -> hold(ids, note));
        return new Result(held, store.purgedOfRun(runId, BATCH));
    }

    /** Ends every hold of these assets, also those whose time is over, so that nobody is told of them any more. */
    public Result release(Collection<String> assetIds, Note note) {
        return each(List.copyOf(assetIds), ids -> release(ids, note));
    }

    /** As {@link #release}, for all that a run has trashed and that is on hold. */
    public Result releaseRun(long runId, Note note) {
        return new Result(eachOfRun(runId, ids -> release(ids, note)), List.of());
    }

    /** How many of the assets that a run has trashed are on hold. */
    public long countOfRun(long runId) {
        return store.countOfRun(runId);
    }

    private void requireFuture(Note note) {
        note.until().filter(until -> !until.isAfter(clock.now())).ifPresent(until -> {
            throw new IllegalArgumentException("the hold would be over already: its last day is "
                    + LocalDate.ofInstant(until.minusSeconds(1), ZoneOffset.UTC) + " (UTC)");
        });
    }

    private Set<String> hold(AssetIds ids, Note note) {
        Set<String> trashed = store.lockTrashed(ids);
        store.hold(AssetIds.of(trashed), note.reason(), note.who(), note.until());
        return trashed;
    }

    private Set<String> release(AssetIds ids, Note note) {
        store.lockTrashed(ids);
        Set<String> held = store.unreleasedAmong(ids);
        if (!held.isEmpty()) {
            store.release(AssetIds.of(held), note.reason(), note.who());
        }
        return held;
    }

    private long eachOfRun(long runId, Function<AssetIds, Set<String>> change) {
        long changed = 0;
        List<String> page = store.ofRun(runId, "", BATCH);
        while (!page.isEmpty()) {
            changed += change(page, change).size();
            page = store.ofRun(runId, page.get(page.size() - 1), BATCH);
        }
        return changed;
    }

    private Result each(List<String> all, Function<AssetIds, Set<String>> change) {
        List<String> distinct = all.stream().distinct().sorted().toList();
        List<String> left = new ArrayList<>();
        long changed = 0;
        for (int from = 0; from < distinct.size(); from += BATCH) {
            List<String> batch = distinct.subList(from, Math.min(from + BATCH, distinct.size()));
            Set<String> settled = change(batch, change);
            changed += settled.size();
            List<String> unknown =
                    batch.stream().filter(id -> !settled.contains(id)).toList();
            Map<String, String> spelled = spelled(unknown);
            Set<String> others = new TreeSet<>(spelled.values());
            others.removeAll(settled);
            Set<String> also = others.isEmpty() ? Set.of() : change(others, change);
            changed += also.size();
            unknown.stream()
                    .filter(id -> !settled.contains(spelled.getOrDefault(id, id))
                            && !also.contains(spelled.getOrDefault(id, id))
                            && left.size() < BATCH)
                    .forEach(left::add);
        }
        return new Result(changed, left);
    }

    private Set<String> change(Collection<String> ids, Function<AssetIds, Set<String>> change) {
        return transaction.execute(status -> change.apply(AssetIds.of(ids)));
    }

    /** Which assets are meant by what is none to the letter. */
    private Map<String, String> spelled(List<String> unknown) {
        Map<String, String> spelled = new HashMap<>();
        if (!unknown.isEmpty()) {
            try {
                MovedTable asset = catalog.bind().asset();
                unknown.forEach(given -> spelled.put(given, lookup.idOf(given, asset)));
            } catch (CatalogRefusedException e) {
                // Then they are taken to the letter: a hold must not wait for a catalog that fits.
                spelled.clear();
            }
        }
        spelled.entrySet().removeIf(entry -> entry.getKey().equals(entry.getValue()));
        return spelled;
    }
}
