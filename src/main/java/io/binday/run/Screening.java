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

    private final Attempt attempt;
    private final Stores stores;
    private final TransactionTemplate transaction;
    private final Companion screener = new Companion("binday-screening");
    private final Queue<Future<?>> running = new ArrayDeque<>();

    Screening(Attempt attempt, Stores stores) {
        this.attempt = attempt;
        this.stores = stores;
        this.transaction = new TransactionTemplate(stores.transactions());
    }

    /** Screens the items between two lines some time later; throws what has gone wrong with earlier ones. */
    void later(long from, long to) {
        running.add(screener.submit(() -> {
            screen(from, to);
            return true;
        }));
        while (!running.isEmpty() && running.element().isDone()) {
            Companion.await(running.remove());
        }
    }

    /** Waits until all batches are screened. */
    void finish() {
        while (!running.isEmpty()) {
            Companion.await(running.remove());
        }
    }

    private void screen(long from, long to) {
        transaction.executeWithoutResult(status -> {
            stores.items().spell(attempt.runId(), from, to, attempt.operation()::spelling);
            stores.items().rejectScreened(attempt.runId(), from, to, attempt.operation()::screening);
            stores.leases().hold(attempt.lease());
        });
    }

    @Override
    public void close() {
        screener.close();
    }
}
