package io.binday.cli;

import io.binday.run.Control;
import io.binday.run.RunLine;
import io.binday.run.RunSituation;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A run in one line as {@code -o json} shows it; fields may be added but never change their meaning.
 *
 * @param situation its status, and for a RUNNING one what it is in
 */
record RunLineJson(
        long run,
        String operation,
        String job,
        String status,
        RunSituation situation,
        Items items,
        Instant requestedAt,
        Optional<Instant> finishedAt,
        String who,
        String reason,
        String input,
        Optional<String> stopBy,
        Optional<String> pausedBy,
        Optional<Integer> rate,
        Optional<String> message) {

    /** How many values; total and pending are null while the input is being staged. */
    record Items(Optional<Long> total, long done, long rejected, Optional<Long> pending) {}

    static RunLineJson of(RunLine line) {
        return new RunLineJson(
                line.id(),
                line.operation().word(),
                line.job(),
                line.status().name(),
                line.situation(),
                new Items(boxed(line.total()), line.done(), line.rejected(), boxed(line.pending())),
                line.requestedAt(),
                line.finishedAt(),
                line.who(),
                line.reason(),
                line.input(),
                line.control().stopBy().filter(by -> line.situation().isOfAStop()),
                line.control().pausedBy(),
                line.control().pace().map(Control.Pace::rate),
                line.message().map(Launcher::spellOut));
    }

    private static Optional<Long> boxed(OptionalLong number) {
        return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
    }
}
