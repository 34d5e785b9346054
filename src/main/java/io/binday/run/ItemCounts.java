package io.binday.run;

import io.binday.trash.Reject;
import java.util.Map;

/**
 * The work items of a run by state.
 *
 * @param rejects the rejected ones by reason
 */
public record ItemCounts(long total, long done, long rejected, Map<Reject, Long> rejects) {

    /** Done or rejected. */
    public long settled() {
        return done + rejected;
    }

    /** Neither. */
    public long pending() {
        return total - settled();
    }
}
