package io.binday.cli;

import io.binday.binary.FileState;
import io.binday.input.InputSpec;
import io.binday.run.AttemptReport;
import io.binday.run.Control;
import io.binday.run.LeaseState;
import io.binday.run.Run;
import io.binday.run.RunAction;
import io.binday.run.RunReport;
import io.binday.run.RunSituation;
import io.binday.trash.Fate;
import io.binday.trash.OperationName;
import io.binday.trash.Plan;
import io.binday.trash.Reject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A run as {@code -o json} shows it; fields may be added but never change their meaning.
 *
 * @param detached references detached so far, by table
 * @param reattached references put back so far, by table
 * @param notReattached references that a restore has not put back, by table and reason
 * @param rejects values by the reason for which they were rejected; null once housekeeping has removed them
 * @param onHold of a trash run: assets it has trashed that are on hold now
 * @param purged references gone for good, by table
 * @param files for a purge: how many files are in which state
 * @param filesWaitFor why files of a purge wait that are not deleted yet
 * @param situation its status, and for a RUNNING one what it is in
 * @param stopBy who has asked for a stop
 * @param pausedBy who has paused it
 * @param rate values a second that it may settle at most
 * @param rateBy who has set that
 * @param attemptReports its executions in the job repository
 * @param legal what may be done with it now
 * @param bytes the size of the files of the assets done so far; null where the catalog does not say where that is
 */
record RunJson(
        long run,
        String operation,
        String job,
        String status,
        Items items,
        Optional<Map<Reject, Long>> rejects,
        Map<String, Long> detached,
        Map<String, Long> reattached,
        Map<String, Map<Fate, Long>> notReattached,
        Optional<Long> bytes,
        Optional<Long> onHold,
        Map<String, Long> purged,
        Map<FileState, Long> files,
        Optional<String> filesWaitFor,
        int attempts,
        Input input,
        String reason,
        String who,
        Instant requestedAt,
        Optional<Instant> finishedAt,
        Optional<String> approvedBy,
        int chunkSize,
        Optional<Plan> plan,
        Optional<String> message,
        Optional<Owner> owner,
        RunSituation situation,
        Optional<String> stopBy,
        Optional<String> pausedBy,
        Optional<Integer> rate,
        Optional<String> rateBy,
        Optional<Double> seconds,
        List<Attempt> attemptReports,
        List<String> legal,
        Optional<Instant> tidiedAt) {

    record Items(long total, long done, long rejected, long pending) {}

    record Input(String kind, String name, String sha256, long bytes, Optional<Map<String, Object>> parameters) {}

    record Attempt(
            int attempt,
            long execution,
            String status,
            Optional<Instant> startedAt,
            Optional<Instant> endedAt,
            List<Step> steps) {}

    record Step(String name, String status, long read, long written, long filtered, Optional<Double> seconds) {}

    record Owner(Optional<String> name, boolean alive, long silentSeconds) {}

    static RunJson of(RunReport report) {
        Run run = report.run();
        return new RunJson(
                run.id(),
                run.operation().word(),
                run.job(),
                run.status().name(),
                new Items(
                        report.items().total(),
                        report.items().done(),
                        report.items().rejected(),
                        report.items().pending()),
                Optional.<Map<Reject, Long>>of(new TreeMap<>(report.items().rejects()))
                        .filter(reasons -> report.tidiedAt().isEmpty()),
                report.references(Fate.DETACHED),
                report.references(Fate.REATTACHED),
                notReattached(report),
                report.bytes(),
                Optional.of(report.onHold()).filter(held -> run.operation() == OperationName.TRASH),
                report.references(Fate.PURGED),
                report.files().states(),
                RunText.filesWaitFor(report.files()),
                run.attempts(),
                new Input(
                        run.digest().kind(),
                        run.digest().name(),
                        run.digest().sha256(),
                        run.digest().bytes(),
                        parameters(run)),
                run.reason(),
                run.who(),
                run.requestedAt(),
                run.finishedAt(),
                run.approvedBy(),
                run.chunkSize(),
                run.plan(),
                run.message().map(Launcher::spellOut),
                report.lease().map(RunJson::owner),
                report.situation(),
                report.control().stopBy().filter(who -> report.situation().isOfAStop()),
                report.control().pausedBy(),
                report.control().pace().map(Control.Pace::rate),
                report.control().pace().map(Control.Pace::by),
                Optional.of(report.worked())
                        .filter(time -> !time.isZero()
                                || !(report.situation().isWorkedOn()
                                        || report.tidiedAt().isPresent()))
                        .map(RunJson::seconds),
                report.attempts().stream().map(RunJson::attempt).toList(),
                report.legal().stream().map(RunAction::word).toList(),
                report.tidiedAt());
    }

    /** Those of a query; null where there are none to have. */
    private static Optional<Map<String, Object>> parameters(Run run) {
        return run.input() instanceof InputSpec.Query query
                ? Optional.of(new TreeMap<>(query.parameters()))
                : Optional.empty();
    }

    /** References that a restore did not put back, by table and by the reason. */
    private static Map<String, Map<Fate, Long>> notReattached(RunReport report) {
        Map<String, Map<Fate, Long>> tables = new TreeMap<>();
        for (Fate fate : Fate.NOTED) {
            report.references(fate).forEach((table, count) -> {
                if (count > 0) {
                    tables.computeIfAbsent(table, any -> new TreeMap<>()).put(fate, count);
                }
            });
        }
        return tables;
    }

    private static Attempt attempt(AttemptReport attempt) {
        return new Attempt(
                attempt.number(),
                attempt.executionId(),
                attempt.status(),
                attempt.startedAt(),
                attempt.endedAt(),
                attempt.steps().stream()
                        .map(step -> new Step(
                                step.name(),
                                step.status(),
                                step.read(),
                                step.written(),
                                step.filtered(),
                                step.duration().map(RunJson::seconds)))
                        .toList());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }

    private static Owner owner(LeaseState lease) {
        return new Owner(lease.owner(), lease.alive(), lease.silence().toSeconds());
    }
}
