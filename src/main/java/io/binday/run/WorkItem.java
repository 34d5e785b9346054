package io.binday.run;

import io.binday.trash.Rejection;
import java.util.Optional;

/**
 * One value of one run.
 *
 * @param seq the line or row it came from
 * @param assetId the value; cut when it is far too long to be an asset ID
 * @param rejection why it was turned down; empty while it is pending or done
 */
public record WorkItem(long seq, String assetId, Optional<Rejection> rejection) {

    /** A longer value is malformed in any case, and its beginning is enough to find it. */
    static final int LONGEST = 255;

    static WorkItem pending(long seq, String assetId) {
        return new WorkItem(seq, assetId, Optional.empty());
    }
}
