package io.binday.run;

import io.binday.trash.Reject;
import java.util.Map;

/**
 * The work items of a run by state.
 *
 * @param rejects the rejected ones by reason
 */
public record ItemCounts(long total, long done, long rejected, long pending, Map<Reject, Long> rejects) {

    /** The same with these reasons, which may say of more items by now that they are rejected. */
    ItemCounts with(Map<Reject, Long> reasons) {
        long sum = reasons.values().stream().mapToLong(Long::longValue).sum();
        return new ItemCounts(total, done, sum, total - done - sum, reasons);
    }
}
