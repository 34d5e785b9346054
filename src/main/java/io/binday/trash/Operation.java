package io.binday.trash;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What trash, restore and purge do differently: everything else is the pipeline's. Stateless. */
public interface Operation {

    /** The word for it, as in {@code run list}. */
    String name();

    /**
     * Looks at asset IDs before anything is changed; reads only.
     *
     * @return the ones that cannot be done, with the reason
     */
    Map<String, Rejection> screen(Collection<String> assetIds);

    /** Counts what doing the selected assets would touch; reads only. */
    Plan plan(Selection selection);

    /**
     * Does one chunk within the caller's READ COMMITTED transaction; whatever it throws must roll that back.
     *
     * @param assetIds distinct asset IDs
     */
    Outcome apply(List<String> assetIds, Stamp stamp);

    /** How many assets the events table says a run has changed: the proof its counters are held against. */
    long recorded(long runId);
}
