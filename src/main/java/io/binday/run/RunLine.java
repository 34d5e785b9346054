package io.binday.run;

import io.binday.trash.OperationName;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A run in one line; cheap to read also while it is worked on.
 *
 * @param job the job file it came from, or the operation's name
 * @param total the values of its input; empty while it is being staged
 * @param done assets done so far
 * @param rejected values rejected so far
 * @param input what the input was called
 */
public record RunLine(
        long id,
        OperationName operation,
        String job,
        RunStatus status,
        RunSituation situation,
        OptionalLong total,
        long done,
        long rejected,
        Instant requestedAt,
        Optional<Instant> finishedAt,
        String who,
        String reason,
        String input,
        Control control,
        Optional<String> message) {

    /** The values that are neither done nor rejected; empty while the run is being staged. */
    public OptionalLong pending() {
        return total.isPresent() ? OptionalLong.of(total.getAsLong() - done - rejected) : OptionalLong.empty();
    }
}
