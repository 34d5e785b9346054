package io.binday.trash;

import java.util.Map;
import java.util.Set;

/**
 * What one chunk came to, inside its still open transaction.
 *
 * @param done the asset IDs that were changed
 * @param rejected the asset IDs that could not be, each with its reason; together with {@code done} the whole chunk
 * @param references what became of references, by table
 * @param bytes the size of the changed assets' files
 */
public record Outcome(
        Set<String> done, Map<String, Rejection> rejected, Map<Fate, Map<String, Long>> references, long bytes) {

    /** A chunk of which nothing could be done. */
    static Outcome nothing(Map<String, Rejection> rejected) {
        return new Outcome(Set.of(), rejected, Map.of(), 0);
    }

    public Outcome {
        done = Set.copyOf(done);
        rejected = Map.copyOf(rejected);
        references = Map.copyOf(references);
    }
}
