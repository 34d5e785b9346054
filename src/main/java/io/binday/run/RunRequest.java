package io.binday.run;

import io.binday.input.AssetIdInput;
import io.binday.trash.OperationName;
import io.binday.trash.Reason;
import java.util.Optional;

/**
 * A run somebody asks for.
 *
 * @param operation trash, restore or purge
 * @param job the job file it comes from, or the operation's name
 * @param reason why; not blank, at most 500 characters
 * @param who asks
 * @param input an input that was looked at and accepted
 * @param chunkSize assets a transaction, 1 to 1,000
 * @param approved whether it may go on without another question once it is staged
 */
public record RunRequest(
        OperationName operation,
        String job,
        String reason,
        String who,
        AssetIdInput input,
        int chunkSize,
        boolean approved) {

    public RunRequest {
        reason = Reason.of(reason);
        RunSettings.requireChunkSize("chunk-size", chunkSize);
    }

    /** The same as part of a job, whose chunks may have a size of their own. */
    public RunRequest ofJob(String name, Optional<Integer> size) {
        return new RunRequest(operation, name, reason, who, input, size.orElse(chunkSize), approved);
    }

    /** The same, and whether it may go on without another question. */
    public RunRequest withApproval(boolean given) {
        return new RunRequest(operation, job, reason, who, input, chunkSize, given);
    }
}
