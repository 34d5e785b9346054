package io.binday.run;

import io.binday.trash.DatabaseClock;
import io.binday.trash.TypedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Removes the work items and the job repository's entries of runs that ended long ago. Never of one that may go on, and
 * never the run itself, its tallies, events or the ledger. Interrupted, the next one goes on; two at once do no harm.
 */
@Component
public final class Housekeeping {

    /** Unless a job or an operator says otherwise. */
    public static final Duration USUAL_AGE = Duration.ofDays(90);

    private static final Duration LEAST_AGE = Duration.ofDays(1);
    private static final int RUNS = 500;

    private final HousekeepingStore store;
    private final WorkItemStore items;
    private final DatabaseClock clock;
    private final TransactionTemplate transaction;

    Housekeeping(HousekeepingStore store, WorkItemStore items, DatabaseClock clock, Stores stores) {
        this.store = store;
        this.items = items;
        this.clock = clock;
        this.transaction = new TransactionTemplate(stores.transactions());
    }

    /**
     * What was removed, or would be.
     *
     * @param runs that ended before
     * @param attempts entries of the job repository
     */
    public record Result(Instant before, long runs, long attempts, long items) {}

    /**
     * Counts what there is to remove; changes nothing.
     *
     * @throws IllegalArgumentException when the age is less than a day
     */
    public Result plan(Duration olderThan) {
        Instant before = before(olderThan);
        return store.plan(before);
    }

    /**
     * Removes it, in bounded transactions, until there is no more or a stop is asked for.
     *
     * @throws IllegalArgumentException when the age is less than a day
     */
    public Result work(Duration olderThan, StopSignal stop) {
        Instant before = before(olderThan);
        long runs = 0;
        long attempts = 0;
        long removed = 0;
        List<Long> batch = store.leftovers(RUNS);
        while (!stop.isRequested()) {
            if (batch.isEmpty()) {
                List<Long> next = store.ended(before, RUNS);
                if (next.isEmpty()) {
                    break;
                }
                attempts += transaction.execute(status -> store.forget(next));
                runs += next.size();
                batch = next;
            }
            for (long run : batch) {
                removed += removeItems(run, stop);
            }
            batch = List.of();
        }
        return new Result(before, runs, attempts, removed);
    }

    private long removeItems(long run, StopSignal stop) {
        long removed = 0;
        int some = 1;
        while (some > 0 && !stop.isRequested()) {
            some = transaction.execute(status -> items.removeSome(run));
            removed += some;
        }
        return removed;
    }

    private Instant before(Duration olderThan) {
        if (olderThan.compareTo(LEAST_AGE) < 0) {
            throw new IllegalArgumentException(
                    "only runs that ended at least 1d ago can be tidied up, but the age is " + TypedTime.of(olderThan));
        }
        return clock.now().minus(olderThan);
    }
}
