package io.binday.run;

import io.binday.binary.Outbox;
import io.binday.trash.Holds;
import io.binday.trash.OperationName;
import io.binday.trash.Plan;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Adds up what is known of a run; what housekeeping has removed is told by the tallies. */
@Component
class RunReports {

    private static final Outbox.Files NO_FILES = new Outbox.Files(Map.of(), Optional.empty(), false);

    private final Stores stores;
    private final Holds holds;
    private final Outbox outbox;
    private final Situations situations;
    private final Executions executions;
    private final HousekeepingStore housekeeping;

    RunReports(
            Stores stores,
            Holds holds,
            Outbox outbox,
            Situations situations,
            Executions executions,
            HousekeepingStore housekeeping) {
        this.stores = stores;
        this.holds = holds;
        this.outbox = outbox;
        this.situations = situations;
        this.executions = executions;
        this.housekeeping = housekeeping;
    }

    RunReport of(Run run) {
        Map<String, Long> tallies = stores.tallies().of(run.id());
        Optional<Instant> tidiedAt = housekeeping.tidiedAt(run.id());
        return new RunReport(
                run,
                tidiedAt.isPresent()
                        ? TallyStore.items(tallies)
                        : stores.items().counts(run.id()),
                TallyStore.references(tallies),
                isSizeKnown(run) ? Optional.of(tallies.getOrDefault(TallyStore.BYTES, 0L)) : Optional.empty(),
                run.operation() == OperationName.TRASH ? holds.countOfRun(run.id()) : 0,
                run.operation() == OperationName.PURGE ? outbox.of(run.id()) : NO_FILES,
                run.status() == RunStatus.RUNNING ? stores.leases().find(run.id()) : Optional.empty(),
                situations.of(run),
                stores.controls().of(run.id()),
                executions.history(run),
                tidiedAt);
    }

    private static boolean isSizeKnown(Run run) {
        return run.plan().map(Plan::bytes).map(Optional::isPresent).orElse(true);
    }
}
