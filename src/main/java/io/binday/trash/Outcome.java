package io.binday.trash;

import java.util.Map;
import java.util.Set;

/**
 * What one chunk came to, inside its still open transaction.
 *
 * @param done the asset IDs that were changed
 * @param rejected the asset IDs that could not be, each with its reason; together with {@code done} the whole chunk
 * @param detached references taken off, by table
 * @param bytes the size of the changed assets' files
 */
public record Outcome(Set<String> done, Map<String, Rejection> rejected, Map<String, Long> detached, long bytes) {

    public Outcome {
        done = Set.copyOf(done);
        rejected = Map.copyOf(rejected);
        detached = Map.copyOf(detached);
    }
}
