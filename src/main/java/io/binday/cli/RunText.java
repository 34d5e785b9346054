package io.binday.cli;

import io.binday.binary.FileState;
import io.binday.binary.Outbox;
import io.binday.input.InputSpec;
import io.binday.run.Control;
import io.binday.run.ItemCounts;
import io.binday.run.LeaseState;
import io.binday.run.Run;
import io.binday.run.RunAction;
import io.binday.run.RunReport;
import io.binday.run.RunStatus;
import io.binday.run.ShellWord;
import io.binday.trash.Fate;
import io.binday.trash.OperationName;
import io.binday.trash.Plan;
import io.binday.trash.Reject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A run in lines for a person. */
final class RunText {

    private static final String INDENT = "  ";

    private RunText() {}

    /** What a plan would touch, and what of its input it leaves alone. */
    static List<String> plan(Run run, ItemCounts items, Plan plan) {
        List<String> lines = new ArrayList<>();
        lines.add("Run %d would %s %s%s"
                .formatted(
                        run.id(),
                        run.operation(),
                        Sizes.count(plan.assets(), "asset"),
                        plan.bytes()
                                .map(bytes -> " (" + Sizes.bytes(bytes) + ")")
                                .orElse("")));
        boolean back = run.operation() == OperationName.RESTORE;
        String verb = back ? "reattach" : run.operation() == OperationName.PURGE ? "purge" : "detach";
        plan.references()
                .forEach((table, count) -> lines.add(field(
                        verb, Sizes.count(count) + " of " + table + (back ? ", where their place is free" : ""))));
        plan.dropped().forEach((table, count) -> lines.add(field("leave off", Sizes.count(count) + " of " + table)));
        if (!plan.owners().isEmpty()) {
            List<String> owners = new ArrayList<>();
            plan.owners().forEach((label, count) -> owners.add(Sizes.count(count) + " " + label));
            lines.add(field("affects", String.join(", ", owners)));
        }
        lines.addAll(rejects(items));
        if (!plan.examples().isEmpty()) {
            lines.add(field("for example", ""));
            Table table = new Table("asset", "bytes", "label");
            plan.examples()
                    .forEach(example -> table.add(
                            example.assetId(),
                            example.bytes().map(Sizes::bytes).orElse(""),
                            example.label().orElse("")));
            table.lines().forEach(line -> lines.add(INDENT + INDENT + line));
        }
        return lines;
    }

    /** What became of a run. */
    static List<String> report(RunReport report) {
        Run run = report.run();
        List<String> lines = new ArrayList<>();
        lines.add("Run %d · %s · %s%s"
                .formatted(run.id(), run.job(), report.situation().words(), when(run)));
        lines.add(field("input", input(run)));
        if (run.input() instanceof InputSpec.Query query && !query.parameters().isEmpty()) {
            lines.add(field("with", new TreeMap<>(query.parameters()).toString()));
        }
        lines.add(field("who", run.who() + " · " + run.reason()));
        report.lease().flatMap(RunText::owner).ifPresent(owner -> lines.add(field("owner", owner)));
        if (report.situation().isWorkedOn()) {
            lines.addAll(asked(report.control()));
        }
        if (!run.staged()) {
            lines.add(field(
                    "staged",
                    Sizes.count(report.items().total(), "value")
                            + " so far; the input is not read to its end, so nothing was touched"));
            run.message().ifPresent(message -> lines.add(field("error", Launcher.spellOut(message))));
            return lines;
        }
        lines.add(field(
                "done",
                Sizes.count(report.items().done(), "asset")
                        + report.bytes().map(bytes -> ", " + Sizes.bytes(bytes)).orElse("")));
        AttemptText.took(report).ifPresent(took -> lines.add(field("took", took)));
        lines.addAll(rejects(report.items()));
        if (report.items().pending() > 0) {
            lines.add(field("pending", Sizes.count(report.items().pending())));
        }
        report.references()
                .forEach((fate, tables) -> tables.forEach((table, count) -> {
                    if (count > 0 || fate == Fate.DETACHED || fate == Fate.REATTACHED) {
                        lines.add(field(fate.words(), Sizes.count(count) + " of " + table));
                    }
                }));
        report.tidiedAt()
                .ifPresent(when -> lines.add(
                        field("tidied", "its items and attempts were removed by housekeeping, " + seconds(when))));
        if (report.onHold() > 0) {
            lines.add(field("on hold", Sizes.count(report.onHold()) + " of its assets in the trash"));
        }
        lines.addAll(files(report.files()));
        run.message().ifPresent(message -> lines.add(field(word(run.status()), Launcher.spellOut(message))));
        return lines;
    }

    /** What operators want from the process that works on it. */
    private static List<String> asked(Control control) {
        List<String> lines = new ArrayList<>();
        control.stopBy().ifPresent(who -> lines.add(field("stop", "asked for by " + who)));
        control.pausedBy().ifPresent(who -> lines.add(field("paused", "by " + who)));
        control.pace()
                .ifPresent(
                        pace -> lines.add(field("pace", Sizes.count(pace.rate()) + "/s at most, set by " + pace.by())));
        return lines;
    }

    private static String word(RunStatus status) {
        return switch (status) {
            case AWAITING_APPROVAL, ABANDONED, STOPPED -> "note";
            case RUNNING, FAILED, COMPLETED -> "error";
        };
    }

    private static List<String> files(Outbox.Files files) {
        List<String> lines = new ArrayList<>();
        files.states().forEach((state, count) -> {
            Optional<String> why = filesWaitFor(files).filter(reason -> state == FileState.PENDING);
            lines.add(field(
                    "files",
                    Sizes.count(count, "file") + " " + state
                            + why.map(reason -> " (" + reason + ")").orElse("")));
        });
        return lines;
    }

    /** Why files wait to be deleted; empty where none does. */
    static Optional<String> filesWaitFor(Outbox.Files files) {
        if (!files.states().containsKey(FileState.PENDING)) {
            return Optional.empty();
        }
        return Optional.of(
                files.configured() ? files.error().orElse("tried again later") : "binday.binary.directory is not set");
    }

    /** What an operator may do next, as commands to type, beside looking at it. */
    static List<String> next(RunReport report) {
        long id = report.run().id();
        List<String> commands = new ArrayList<>();
        Optional<String> anew = anew(report.run());
        anew.ifPresent(commands::add);
        for (RunAction action : report.legal()) {
            boolean left = report.situation().isFinal()
                    ? action == RunAction.RESOLVE
                    : anew.isPresent() && (action == RunAction.RESTART || action == RunAction.RESOLVE);
            if (!left && action != RunAction.RETRY) {
                commands.add(action.command(id));
            }
        }
        if (report.items().rejected() > 0 && report.tidiedAt().isEmpty()) {
            commands.add("run rejects " + id);
        }
        if (report.legal().contains(RunAction.RETRY)
                && report.items().rejects().keySet().stream().anyMatch(Reject::mayPass)) {
            commands.add(RunAction.RETRY.command(id));
        }
        if (report.items().done() > 0 && report.run().operation() == OperationName.TRASH) {
            commands.add("list --run " + id);
            if (report.run().status() != RunStatus.RUNNING) {
                commands.add("restore --run " + id);
            }
        }
        if (unattached(report) > 0) {
            commands.add("run references " + id);
        }
        return commands.stream().map(Launcher::command).toList();
    }

    /** Says commands to type, if there are any. */
    static void sayNext(Terminal terminal, List<String> commands) {
        if (!commands.isEmpty()) {
            terminal.say("Next:");
            commands.forEach(command -> terminal.say("  " + command));
        }
    }

    /** References that a restore has not put back, for somebody to look at. */
    private static long unattached(RunReport report) {
        return Fate.NOTED.stream()
                .flatMap(fate -> report.references(fate).values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** A word at the beginning of a sentence. */
    static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    /** The command that starts a run once more, as the job's file says now; empty where a restart is as good. */
    private static Optional<String> anew(Run run) {
        if (!run.isToBeginAnew() || !(run.input() instanceof InputSpec.Query query)) {
            return Optional.empty();
        }
        StringBuilder command = new StringBuilder("start " + query.name());
        new TreeMap<>(query.parameters())
                .forEach((name, value) -> command.append(" --param ").append(ShellWord.of(name + "=" + value)));
        return Optional.of(
                command.append(" --reason ").append(ShellWord.of(run.reason())).toString());
    }

    private static Optional<String> owner(LeaseState lease) {
        return lease.owner()
                .map(name -> name + ", last heard of " + Sizes.duration(lease.silence()) + " ago"
                        + (lease.alive() ? "" : "; its process is gone"));
    }

    private static List<String> rejects(ItemCounts items) {
        List<String> lines = new ArrayList<>();
        if (items.rejected() > 0) {
            lines.add(field("rejected", Sizes.count(items.rejected())));
            for (Map.Entry<Reject, Long> entry : items.rejects().entrySet()) {
                lines.add(field(
                        "",
                        "%6s  %s (%s)"
                                .formatted(
                                        Sizes.count(entry.getValue()),
                                        entry.getKey(),
                                        entry.getKey().meaning())));
            }
        }
        return lines;
    }

    private static String input(Run run) {
        String name = run.digest().name();
        boolean external = run.input() instanceof InputSpec.Csv || run.input() instanceof InputSpec.Query;
        if (!external && !(run.input() instanceof InputSpec.Ids)) {
            return name;
        }
        return "%s%s, %s, sha256 %s…"
                .formatted(
                        external ? run.digest().kind() + " " : "",
                        "-".equals(name) ? "from standard input" : name,
                        Sizes.bytes(run.digest().bytes()),
                        run.digest().sha256().substring(0, 12));
    }

    private static String when(Run run) {
        return run.finishedAt()
                        .map(end -> " · finished " + seconds(end))
                        .orElseGet(() -> " · requested " + seconds(run.requestedAt()))
                + ", " + Sizes.count(run.attempts(), "attempt");
    }

    private static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static String field(String name, String value) {
        return (INDENT + "%-12s%s".formatted(name, Table.onOneLine(value))).stripTrailing();
    }
}
