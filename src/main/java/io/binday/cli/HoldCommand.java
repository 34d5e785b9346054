package io.binday.cli;

import io.binday.run.RunReport;
import io.binday.run.RunSituation;
import io.binday.trash.Holds;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hold}: keeps the purge off trashed assets. */
@Command(name = "hold", description = "Keeps the purge off assets in the trash.")
final class HoldCommand extends HoldingCommand {

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
                .map(text -> Sizes.day(text)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "--until must be a date like 2026-12-31 but was '" + text + "'")))
                .map(day -> day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
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
