package io.binday.trash;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a run would touch, counted before anything is changed.
 *
 * @param references references that would be detached, or reattached where their place is free, by table, in the order
 *     of the catalog
 * @param dropped references that would not come back, by table, because the catalog says so
 * @param owners who uses the assets, for example entries and environments, by the catalog's label
 * @param bytes the size of the assets' files
 * @param examples the first assets, in the order of the input
 */
public record Plan(
        long assets,
        Map<String, Long> references,
        Map<String, Long> dropped,
        Map<String, Long> owners,
        long bytes,
        List<Example> examples) {

    /** Older plans know no dropped references. */
    public Plan {
        dropped = Objects.requireNonNullElse(dropped, Map.of());
    }

    /** One asset of a plan. */
    public record Example(String assetId, String label, long bytes) {}
}
