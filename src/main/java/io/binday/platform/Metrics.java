package io.binday.platform;

import io.binday.binary.Outbox;
import io.binday.run.RunRecords;
import io.binday.trash.TrashListStore;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * What all processes together have done and what waits, read from the database when it is asked for: a counter of one
 * process would forget the runs of the others.
 */
@Component
final class Metrics implements MeterBinder {

    private static final List<String> OPERATIONS = List.of("trash", "restore", "purge");

    private final RunRecords runs;
    private final TrashListStore trash;
    private final Outbox outbox;

    Metrics(RunRecords runs, TrashListStore trash, Outbox outbox) {
        this.runs = runs;
        this.trash = trash;
        this.outbox = outbox;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (String operation : OPERATIONS) {
            FunctionCounter.builder(
                            "binday.assets.done",
                            runs,
                            all -> all.totals(operation).done())
                    .description("assets an operation has done")
                    .tag("operation", operation)
                    .register(registry);
            FunctionCounter.builder(
                            "binday.assets.rejected",
                            runs,
                            all -> all.totals(operation).rejected())
                    .description("values an operation has rejected")
                    .tag("operation", operation)
                    .register(registry);
            Gauge.builder("binday.last.success.timestamp", runs, all -> seconds(all, operation))
                    .description("when a run of the operation was completed last, in seconds since 1970; 0 for never")
                    .baseUnit("seconds")
                    .tag("operation", operation)
                    .register(registry);
        }
        Gauge.builder("binday.trash.size", trash, TrashListStore::size)
                .description("assets in the trash")
                .register(registry);
        Gauge.builder("binday.trash.oldest.age", trash, TrashListStore::oldestSeconds)
                .description("how long the oldest asset has been in the trash")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("binday.outbox.pending", outbox, Outbox::pending)
                .description("files that wait to be deleted")
                .register(registry);
    }

    private static double seconds(RunRecords runs, String operation) {
        return (double)
                runs.lastCompleted(operation).map(Instant::getEpochSecond).orElse(0L);
    }
}
