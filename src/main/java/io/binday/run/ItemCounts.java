package io.binday.run;

import io.binday.trash.Reject;
import java.util.Map;

/**
 * The work items of a run by state.
 *
 * @param rejects the rejected ones by reason
 */
public record ItemCounts(long total, long done, long rejected, long pending, Map<Reject, Long> rejects) {}
