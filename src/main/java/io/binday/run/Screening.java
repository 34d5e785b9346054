package io.binday.run;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Future;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Rejects the staged items that the operation turns down, a batch a transaction, beside the thread that stages the next
 * ones. Only batches that are committed may be given to it.
 */
final class Screening implements AutoCloseable {

    private final Work work;
    private final Companion screener = new Companion("binday-screening");
    private final Queue<Future<?>> running = new ArrayDeque<>();

    Screening(Work work) {
        this.work = work;
    }

    /** Screens the items of a run by its operation. */
    static Screening of(Attempt attempt, Stores stores) {
        TransactionTemplate transaction = new TransactionTemplate(stores.transactions());
        return new Screening((from, to) -> transaction.executeWithoutResult(status -> {
            stores.items().spell(attempt.runId(), from, to, attempt.operation()::spelling);
            stores.items().rejectScreened(attempt.runId(), from, to, attempt.operation()::screening);
            stores.leases().hold(attempt.lease());
        }));
    }

    /** What is done with a batch. */
    interface Work {

        /** Rejects what is turned down between two lines. */
        void on(long from, long to);
    }

    /** Screens the items between two lines some time later; throws what has gone wrong with earlier ones. */
    void later(long from, long to) {
        running.add(screener.submit(() -> {
            work.on(from, to);
            return true;
        }));
        while (!running.isEmpty() && running.element().isDone()) {
            Companion.await(running.remove());
        }
    }

    /** Waits for the oldest batch that is not screened yet; false when there is none. */
    boolean awaitNext() {
        if (running.isEmpty()) {
            return false;
        }
        Companion.await(running.remove());
        return true;
    }

    @Override
    public void close() {
        screener.close();
    }
}
