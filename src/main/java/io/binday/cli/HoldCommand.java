package io.binday.cli;

import io.binday.run.RunReport;
import io.binday.run.RunSituation;
import io.binday.trash.Holds;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hold}: keeps the purge off trashed assets. */
@Command(name = "hold", description = "Keeps the purge off assets in the trash.")
final class HoldCommand extends HoldingCommand {

    /** The day after has to be one that a database can keep. */
    private static final Pattern DAY = Pattern.compile("(?!9999-12-31)[0-9]{4}-[0-9]{2}-[0-9]{2}");

    @Option(
            names = "--until",
            paramLabel = "DATE",
            description = "the last day of the hold, for example 2026-12-31 (UTC); without it, until it is released",
            order = 6)
    private @Nullable String until;

    HoldCommand(Session session) {
        super(session);
    }

    @Override
    Optional<Instant> until() {
        return Optional.ofNullable(until)
                .map(HoldCommand::day)
                .map(day -> day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
    }

    private static LocalDate day(String text) {
        if (DAY.matcher(text).matches()) {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeParseException e) {
                // told below: the same sentence helps in both cases
            }
        }
        throw new IllegalArgumentException("--until must be a date like 2026-12-31 but was '" + text + "'");
    }

    @Override
    Holds.Result change(Holds holds, List<String> assetIds, Holds.Note note) {
        return holds.hold(assetIds, note);
    }

    @Override
    Holds.Result changeRun(Holds holds, long run, Holds.Note note) {
        return holds.holdRun(run, note);
    }

    @Override
    Optional<String> unfinished(RunReport report) {
        boolean goesOn = report.situation().isWorkedOn()
                || (report.items().pending() > 0 && report.situation() != RunSituation.ABANDONED);
        return Optional.of("run " + report.run().id() + " has not ended: what it trashes from now on is not on hold;"
                        + " give this command again when it has ended")
                .filter(said -> goesOn);
    }

    @Override
    String done() {
        return "put on hold";
    }

    @Override
    String left() {
        return "not in the trash";
    }
}
