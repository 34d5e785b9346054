package io.binday.platform;

import io.binday.binary.Outbox;
import io.binday.run.JobRunStore;
import io.binday.run.Totals;
import io.binday.trash.OperationName;
import io.binday.trash.TrashListStore;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * What all processes together have done and what waits, read from the database when it is asked for: a counter of one
 * process would forget the runs of the others.
 */
@Component
final class Metrics implements MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);

    /** So long the database is not asked again after it could not be: a scrape asks ten times, and each waits for a connection. */
    private static final Duration REST = Duration.ofSeconds(10);

    /** So long the totals are not added up again. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final JobRunStore runs;
    private final TrashListStore trash;
    private final Outbox outbox;
    private volatile long restsUntil = System.nanoTime();

    private Map<OperationName, Totals> totals = Map.of();
    private long totalsUntil = System.nanoTime();

    Metrics(JobRunStore runs, TrashListStore trash, Outbox outbox) {
        this.runs = runs;
        this.trash = trash;
        this.outbox = outbox;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (OperationName operation : OperationName.values()) {
            FunctionCounter.builder(
                            "binday.assets.done",
                            runs,
                            known(all -> totals(operation).done()))
                    .description("assets an operation has done")
                    .tag("operation", operation.word())
                    .register(registry);
            FunctionCounter.builder(
                            "binday.assets.rejected",
                            runs,
                            known(all -> totals(operation).rejected()))
                    .description("values an operation has rejected, without plans that nobody has approved")
                    .tag("operation", operation.word())
                    .register(registry);
            Gauge.builder("binday.last.success.timestamp", runs, known(all -> seconds(all, operation)))
                    .description("when a run of the operation was completed last, in seconds since 1970; 0 for never")
                    .baseUnit("seconds")
                    .tag("operation", operation.word())
                    .register(registry);
        }
        Gauge.builder("binday.trash.size", trash, known(TrashListStore::size))
                .description("assets in the trash")
                .register(registry);
        Gauge.builder("binday.trash.oldest.age", trash, known(TrashListStore::oldestSeconds))
                .description("how long the oldest asset has been in the trash")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("binday.outbox.pending", outbox, known(Outbox::pending))
                .description("files that wait to be deleted")
                .register(registry);
    }

    /** What is not known while the database is away is no number; the other metrics are needed most just then. */
    private <T> ToDoubleFunction<T> known(ToDoubleFunction<T> question) {
        return of -> {
            if (System.nanoTime() - restsUntil < 0) {
                return Double.NaN;
            }
            try {
                return question.applyAsDouble(of);
            } catch (DataAccessException | TransactionException e) {
                LOG.debug("the database cannot be asked", e);
                restsUntil = System.nanoTime() + REST.toNanos();
                return Double.NaN;
            }
        };
    }

    /** A scrape asks for six numbers of one answer. */
    private synchronized Totals totals(OperationName operation) {
        if (System.nanoTime() - totalsUntil >= 0) {
            totals = runs.totals();
            totalsUntil = System.nanoTime() + FRESH.toNanos();
        }
        return totals.getOrDefault(operation, Totals.NONE);
    }

    private static double seconds(JobRunStore runs, OperationName operation) {
        return (double)
                runs.lastCompleted(operation).map(Instant::getEpochSecond).orElse(0L);
    }
}
