package io.binday.cli;

import io.binday.run.RunRecords;
import io.binday.run.WorkItem;
import io.binday.trash.Rejection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code run rejects}: every line that was turned down, with its reason. */
@Command(
        name = "rejects",
        description =
                "Shows the rejected lines of a run with their reasons; with -o csv as a file that can be input again.")
final class RunRejectsCommand extends LightCommand {

    private static final int PAGE = 1_000;

    private static final List<Listing.Column<WorkItem>> COLUMNS = List.of(
            new Listing.Column<>("asset_id", "value", item -> Optional.of(item.assetId())),
            new Listing.Column<>("line", "line", item -> Optional.of(item.seq())),
            new Listing.Column<>("reason", "reason", item -> item.rejection().map(Rejection::reason)),
            new Listing.Column<>("detail", "detail", item -> item.rejection().flatMap(Rejection::detail)));

    @Parameters(paramLabel = "N", description = "the run's number")
    private long run;

    RunRejectsCommand(Session session) {
        super(session);
    }

    @Override
    boolean writesCsv() {
        return true;
    }

    @Override
    int execute(Application application) {
        RunRecords runs = application.the(RunRecords.class);
        application.runs().requireRun(run);
        Optional<Instant> tidied = runs.tidiedAt(run);
        if (tidied.isPresent()) {
            String message = "Housekeeping has removed the items of run " + run + " at "
                    + tidied.get().truncatedTo(ChronoUnit.SECONDS)
                    + "; only counts are left: " + Launcher.command("run show " + run);
            application.terminal().say(message);
            if (json()) {
                application.terminal().write(Failure.json(message, ExitCode.FAILED));
            }
            return ExitCode.FAILED;
        }
        new Listing<WorkItem>(
                        "rejects",
                        "rejects",
                        COLUMNS,
                        "%9s  %-19s  %s".formatted("line", "reason", "value"),
                        RunRejectsCommand::line,
                        last -> runs.rejects(run, last.map(WorkItem::seq).orElse(0L), PAGE))
                .write(output(), run, application);
        return ExitCode.DONE;
    }

    private static String line(WorkItem item) {
        Optional<Rejection> rejection = item.rejection();
        return "%9d  %-19s  %s%s"
                .formatted(
                        item.seq(),
                        rejection.map(Rejection::reason).map(Enum::name).orElse(""),
                        item.assetId(),
                        rejection
                                .flatMap(Rejection::detail)
                                .map(detail -> "  (" + detail + ")")
                                .orElse(""));
    }
}
