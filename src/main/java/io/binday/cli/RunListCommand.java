package io.binday.cli;

import io.binday.run.RunFilter;
import io.binday.run.RunLine;
import io.binday.run.RunRecords;
import io.binday.run.RunStatus;
import io.binday.trash.OperationName;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code run list}: the runs there were. */
@Command(name = "list", description = "Shows runs, the newest first.")
final class RunListCommand extends LightCommand {

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "at most so many (default: ${DEFAULT-VALUE})",
            defaultValue = "20",
            order = 1)
    private int limit = 20;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            split = ",",
            description = "only those in one of these states: ${COMPLETION-CANDIDATES}",
            order = 2)
    private Set<RunStatus> statuses = EnumSet.noneOf(RunStatus.class);

    @Option(names = "--operation", paramLabel = "NAME", description = "only trash, restore or purge", order = 3)
    private @Nullable String operation;

    @Option(names = "--job", paramLabel = "NAME", description = "only those of this job", order = 4)
    private @Nullable String job;

    @Option(names = "--who", paramLabel = "NAME", description = "only those that this one asked for", order = 5)
    private @Nullable String who;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "only those requested within this time or since this day, for example 7d or 2026-05-01 (UTC)",
            order = 6)
    private @Nullable String since;

    @Option(
            names = "--before",
            paramLabel = "N",
            description = "only those with a smaller number: the next page",
            order = 7)
    private @Nullable Long before;

    RunListCommand(Session session) {
        super(session);
    }

    /** The answer as JSON. */
    record Answer(List<RunLineJson> runs) {}

    @Override
    int execute(Application application) {
        if (limit < 1 || limit > 1_000) {
            throw new IllegalArgumentException("--limit must be 1 to 1000 but was " + limit);
        }
        RunFilter filter = filter(application);
        List<RunLine> found = application.the(RunRecords.class).newest(filter, limit + 1);
        List<RunLine> lines = found.subList(0, Math.min(limit, found.size()));
        Terminal terminal = application.terminal();
        if (json()) {
            Answer answer = new Answer(lines.stream().map(RunLineJson::of).toList());
            application.answer(answer);
            return ExitCode.DONE;
        }
        if (lines.isEmpty()) {
            terminal.say(filter.equals(RunFilter.any()) ? "There is no run yet." : "No run is like that.");
            return ExitCode.DONE;
        }
        Table table = new Table("run", "job", "status", "done", "rejected", "pending", "requested at", "who", "input");
        lines.forEach(line -> add(table, line));
        table.lines().forEach(terminal::print);
        if (found.size() > limit) {
            terminal.say(
                    "Older ones: add --before " + lines.get(lines.size() - 1).id());
        }
        return ExitCode.DONE;
    }

    private RunFilter filter(Application application) {
        return new RunFilter(
                statuses,
                Optional.ofNullable(operation).map(RunListCommand::operation),
                Optional.ofNullable(job),
                Optional.ofNullable(who),
                Optional.ofNullable(since).map(text -> instant(text, application.the(Clock.class))),
                Optional.ofNullable(before));
    }

    private static OperationName operation(String word) {
        return OperationName.find(word)
                .orElseThrow(() -> new IllegalArgumentException(
                        "--operation must be trash, restore or purge but was '" + word + "'"));
    }

    private static Instant instant(String text, Clock clock) {
        return text.matches("[0-9]+[dhms]")
                ? clock.instant().minus(Sizes.time("--since", text))
                : Sizes.day(text)
                        .map(day -> day.atStartOfDay().toInstant(ZoneOffset.UTC))
                        .orElseThrow(() -> new IllegalArgumentException(
                                "--since must be a time like 7d or 12h, or a day like 2026-05-01, but was '" + text
                                        + "'"));
    }

    /** What has ended before it was staged has nothing pending that anybody knows of. */
    private static String pending(RunLine line) {
        return line.pending().isPresent()
                ? Sizes.count(line.pending().getAsLong())
                : line.status() == RunStatus.RUNNING ? "staging" : "-";
    }

    private static void add(Table table, RunLine line) {
        table.add(
                String.valueOf(line.id()),
                line.job(),
                line.situation().words(),
                Sizes.count(line.done()),
                Sizes.count(line.rejected()),
                pending(line),
                line.requestedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                line.who(),
                line.input());
    }
}
