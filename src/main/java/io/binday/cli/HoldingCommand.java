package io.binday.cli;

import io.binday.run.RunReport;
import io.binday.trash.Holds;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What {@code hold} and {@code release} have in common: which assets, why, and how the result is told. */
abstract class HoldingCommand extends LightCommand {

    @ArgGroup(multiplicity = "1", order = 1)
    private Source source = new Source();

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why; kept for good", order = 5)
    private String reason = "";

    HoldingCommand(Session session) {
        super(session);
    }

    /** Which assets. */
    static final class Source {

        @Option(
                names = "--id",
                paramLabel = "ID",
                arity = "1..*",
                required = true,
                description = "asset IDs",
                order = 1)
        private @Nullable List<String> ids;

        @Option(
                names = "--run",
                paramLabel = "N",
                required = true,
                description = "everything that run N has trashed",
                order = 2)
        private @Nullable Long run;
    }

    /** The answer as JSON. */
    record Answer(long changed, List<String> left) {}

    /** Does it for asset IDs. */
    abstract Holds.Result change(Holds holds, List<String> assetIds, Holds.Note note);

    /** Does it for what a run has trashed. */
    abstract Holds.Result changeRun(Holds holds, long run, Holds.Note note);

    /** What to say where the run may go on and trash more. */
    Optional<String> unfinished(RunReport report) {
        return Optional.empty();
    }

    /** For example {@code put on hold}. */
    abstract String done();

    /** For example {@code not in the trash}. */
    abstract String left();

    /** When what is noted ends. */
    Optional<Instant> until() {
        return Optional.empty();
    }

    @Override
    final int execute(Application application) {
        Terminal terminal = application.terminal();
        terminal.say(application.place());
        Holds holds = application.the(Holds.class);
        Holds.Note note = new Holds.Note(reason, application.runs().who(), until());
        Holds.Result result;
        if (source.run != null) {
            application.runs().requireRun(source.run);
            result = changeRun(holds, source.run, note);
        } else {
            result = change(holds, source.ids == null ? List.of() : source.ids, note);
        }
        if (json()) {
            application.answer(new Answer(result.changed(), result.left()));
        } else {
            terminal.print(Sizes.count(result.changed(), "asset") + " " + done() + ".");
            result.left().forEach(id -> terminal.print(Table.onOneLine(id) + ": " + left()));
        }
        boolean nothing = source.run != null && result.changed() == 0;
        if (nothing) {
            terminal.say("run " + source.run + ": what it has trashed, if anything, is " + left()
                    + "; is it the run you mean?");
        }
        Optional<String> unfinished = Optional.ofNullable(source.run)
                .flatMap(run -> unfinished(application.runs().report(run)));
        unfinished.ifPresent(terminal::say);
        return result.left().isEmpty() && !nothing && unfinished.isEmpty() ? ExitCode.DONE : ExitCode.DONE_WITH_REJECTS;
    }
}
