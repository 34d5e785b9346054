package io.binday.run;

import io.binday.input.AssetIdInput;
import java.util.regex.Pattern;

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
        String operation, String job, String reason, String who, AssetIdInput input, int chunkSize, boolean approved) {

    /** A longer reason is refused. */
    public static final int LONGEST_REASON = 500;

    private static final Pattern LINE_BREAKS = Pattern.compile("[\\p{Cntrl}\\s]+");

    public RunRequest {
        reason = LINE_BREAKS.matcher(reason).replaceAll(" ").strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            throw new IllegalArgumentException(
                    "a reason must have 1 to %d characters but has %d".formatted(LONGEST_REASON, reason.length()));
        }
        RunSettings.requireChunkSize("chunk-size", chunkSize);
    }
}
