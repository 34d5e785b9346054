package io.binday.trash;

import io.binday.catalog.IdForm;
import java.util.List;
import java.util.Optional;

/** What trash, restore and purge do differently: everything else is the pipeline's. Stateless. */
public interface Operation {

    /** How the asset table keeps asset IDs. */
    IdForm form();

    /**
     * The query that finds, among selected work items, those that the database spells differently: columns {@code seq} and
     * {@code asset_id}; empty where one ID has one spelling.
     */
    Optional<String> spelling(Selection selection);

    /**
     * The query that finds, among selected work items, those that cannot be done: columns {@code seq}, {@code reason}
     * (a {@link Reject}) and {@code detail}. It reads only.
     */
    String screening(Selection selection);

    /** Counts what doing the selected assets would touch; reads only. */
    Plan plan(Selection selection);

    /**
     * Does one chunk within the caller's READ COMMITTED transaction; whatever it throws must roll that back.
     *
     * @param assetIds distinct asset IDs
     */
    Outcome apply(List<String> assetIds, Stamp stamp);

    /**
     * Whether chunks of it may be done at the same time. What two of them want is then either locked by the first one or
     * refused to the second one by the database.
     */
    default boolean mayBeDoneSideBySide() {
        return true;
    }

    /** What says whose files must stay; for an operation that deletes files. */
    default Optional<BinaryUseStore> binaries() {
        return Optional.empty();
    }

    /** How many assets the events table says a run has changed: the proof its counters are held against. */
    long recorded(long runId);
}
