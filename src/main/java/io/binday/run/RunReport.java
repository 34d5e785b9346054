package io.binday.run;

import io.binday.binary.FileState;
import io.binday.binary.Outbox;
import io.binday.run.AttemptReport.StepReport;
import io.binday.trash.Fate;
import io.binday.trash.Reject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A run with its counts, as every command shows it.
 *
 * @param references what became of references, by table
 * @param bytes the size of the files of the assets done; empty where its plan knows none either
 * @param onHold assets it has trashed that are on hold now
 * @param files for a purge: what became of the files
 * @param lease who owns it; empty for a run that has ended
 * @param control what operators have asked of it
 * @param attempts its executions in the job repository, the first one first
 * @param tidiedAt when housekeeping has removed its items and attempts; empty while they are there
 */
public record RunReport(
        Run run,
        ItemCounts items,
        Map<Fate, Map<String, Long>> references,
        Optional<Long> bytes,
        long onHold,
        Outbox.Files files,
        Optional<LeaseState> lease,
        RunSituation situation,
        Control control,
        List<AttemptReport> attempts,
        Optional<Instant> tidiedAt) {

    /** References of one fate, by table. */
    public Map<String, Long> references(Fate fate) {
        return references.getOrDefault(fate, Map.of());
    }

    /** What may be done with it now; trying rejects again only where there are some that it takes. */
    public List<RunAction> legal() {
        boolean rejects = items.rejected() > no(Reject.DUPLICATE) + no(Reject.TRASHED_AGAIN) && tidiedAt.isEmpty();
        return RunAction.legalIn(situation).stream()
                .filter(action -> rejects || action != RunAction.RETRY)
                .filter(action -> tidiedAt.isEmpty() || action != RunAction.RESOLVE)
                .toList();
    }

    private long no(Reject reason) {
        return items.rejects().getOrDefault(reason, 0L);
    }

    /** That files of a purge could not be deleted, how many and why; empty where none has failed. */
    public Optional<String> failingFiles() {
        return files.error()
                .map(why -> files.states().getOrDefault(FileState.PENDING, 0L)
                        + " of its files are not deleted yet, and tried again by themselves: " + why);
    }

    /** How long its attempts took together; those that are open do not count. */
    public Duration worked() {
        return attempts.stream()
                .flatMap(attempt ->
                        attempt
                                .startedAt()
                                .flatMap(start -> attempt.endedAt().map(end -> Duration.between(start, end)))
                                .stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** How long its attempts took to apply items, together; those that are open do not count. */
    public Duration applied() {
        return applies().flatMap(step -> step.duration().stream()).reduce(Duration.ZERO, Duration::plus);
    }

    /** How many assets it has done in a second of that time; empty while there is none. */
    public Optional<Long> speed() {
        long done = applies()
                .filter(step -> step.duration().isPresent())
                .mapToLong(StepReport::written)
                .sum();
        long millis = applied().toMillis();
        return done > 0 && millis > 0 ? Optional.of(done * 1_000 / millis) : Optional.empty();
    }

    private Stream<StepReport> applies() {
        return attempts.stream()
                .flatMap(attempt -> attempt.steps().stream())
                .filter(step -> Pipeline.APPLY.equals(step.name()));
    }
}
