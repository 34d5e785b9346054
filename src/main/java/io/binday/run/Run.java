package io.binday.run;

import io.binday.input.InputDigest;
import io.binday.input.InputSpec;
import io.binday.trash.OperationName;
import io.binday.trash.Plan;
import java.time.Instant;
import java.util.Optional;

/**
 * A run as it is recorded.
 *
 * @param operation trash, restore or purge
 * @param job the job file it came from, or the operation's name
 * @param reason why, as the operator said
 * @param who asked for it
 * @param chunkSize assets a transaction
 * @param approvedBy who approved the plan; empty while nobody has
 * @param staged whether all work items are in place
 * @param attempts executions so far
 * @param plan what it would touch, once counted
 * @param message the last failure in plain words
 */
public record Run(
        long id,
        OperationName operation,
        String job,
        RunStatus status,
        String reason,
        String who,
        Instant requestedAt,
        InputSpec input,
        InputDigest digest,
        int chunkSize,
        Optional<String> approvedBy,
        boolean staged,
        int attempts,
        Optional<Plan> plan,
        Optional<String> message,
        Optional<Instant> finishedAt) {

    /** For a purge: what was trashed later stays. */
    public Optional<Instant> cutoff() {
        if (input instanceof InputSpec.Rejects rejects) {
            return rejects.cutoff();
        }
        return input instanceof InputSpec.Expired expired ? Optional.of(expired.cutoff()) : Optional.empty();
    }

    /** What it has rejected, for a run that is to try just that again, within the same bounds. */
    public InputSpec rejects() {
        return new InputSpec.Rejects(id, cutoff(), input.trashedBy());
    }

    /**
     * Whether it failed before anything was staged of what its query finds. It keeps the query of then, and would fail in the same way: its
     * job is to be started anew.
     */
    public boolean isToBeginAnew() {
        return status == RunStatus.FAILED && !staged && input instanceof InputSpec.Query;
    }

    public boolean approved() {
        return approvedBy.isPresent();
    }
}
