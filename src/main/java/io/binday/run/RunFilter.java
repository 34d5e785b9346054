package io.binday.run;

import io.binday.trash.OperationName;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which runs are asked for.
 *
 * @param statuses in one of these states; empty for any
 * @param since requested at this instant or later
 * @param before with a smaller number than this, for the next page
 */
public record RunFilter(
        Set<RunStatus> statuses,
        Optional<OperationName> operation,
        Optional<String> job,
        Optional<String> who,
        Optional<Instant> since,
        Optional<Long> before) {

    public RunFilter {
        statuses = Set.copyOf(statuses);
    }

    /** Every run. */
    public static RunFilter any() {
        return new RunFilter(
                Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
