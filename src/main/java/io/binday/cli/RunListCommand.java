package io.binday.cli;

import io.binday.run.Run;
import io.binday.run.RunReport;
import java.time.temporal.ChronoUnit;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code run list}: the runs there were. */
@Command(name = "list", description = "Shows runs, the newest first.")
final class RunListCommand extends BaseCommand {

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "at most so many (default: ${DEFAULT-VALUE})",
            defaultValue = "20",
            order = 1)
    private int limit = 20;

    RunListCommand(Session session) {
        super(session);
    }

    /** The answer as JSON. */
    record Answer(List<RunJson> runs) {}

    @Override
    int execute(Application application) {
        if (limit < 1 || limit > 1_000) {
            throw new IllegalArgumentException("--limit must be 1 to 1000 but was " + limit);
        }
        List<RunReport> reports = application.runs().newest(limit);
        Terminal terminal = application.terminal();
        if (json()) {
            Answer answer = new Answer(reports.stream().map(RunJson::of).toList());
            terminal.write(application.json().writeValueAsString(answer));
            return ExitCode.DONE;
        }
        if (reports.isEmpty()) {
            terminal.say("There is no run yet.");
            return ExitCode.DONE;
        }
        Table table = new Table("run", "job", "status", "done", "rejected", "pending", "requested at", "who", "input");
        reports.forEach(report -> add(table, report));
        table.lines().forEach(terminal::print);
        return ExitCode.DONE;
    }

    private static void add(Table table, RunReport report) {
        Run run = report.run();
        table.add(
                String.valueOf(run.id()),
                run.job(),
                RunText.status(report),
                Sizes.count(report.items().done()),
                Sizes.count(report.items().rejected()),
                Sizes.count(report.items().pending()),
                run.requestedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                run.who(),
                run.digest().name());
    }
}
