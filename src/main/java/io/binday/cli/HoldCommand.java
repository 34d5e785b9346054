package io.binday.cli;

import io.binday.trash.Holds;
import java.time.Instant;
import java.time.LocalDate;
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
    private @Nullable LocalDate until;

    HoldCommand(Session session) {
        super(session);
    }

    @Override
    Optional<Instant> until() {
        return Optional.ofNullable(until)
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
    String done() {
        return "put on hold";
    }

    @Override
    String left() {
        return "not in the trash";
    }
}
