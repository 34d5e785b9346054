package io.binday.trash;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a run would touch, counted before anything is changed.
 *
 * @param references references that would be detached, or reattached where their place is free, by table, in the order
 *     of the catalog
 * @param dropped references that would not come back, by table, because the catalog says so
 * @param owners who uses the assets, for example entries and environments, by the catalog's label
 * @param bytes the size of the assets' files; empty where the catalog does not say where it is
 * @param examples the first assets, in the order of the input
 * @param moves what the catalog said of what moves and how, by the names of references
 */
public record Plan(
        long assets,
        Map<String, Long> references,
        Map<String, Long> dropped,
        Map<String, Long> owners,
        Optional<Long> bytes,
        List<Example> examples,
        Map<String, String> moves) {

    /** Older plans know no dropped references, and not what the catalog said. */
    public Plan {
        moves = Objects.requireNonNullElse(moves, Map.of());
        dropped = Objects.requireNonNullElse(dropped, Map.of());
    }

    /** The names of the references that there are any of. */
    public Set<String> used() {
        return Stream.of(references, dropped)
                .flatMap(counts -> counts.entrySet().stream())
                .filter(count -> count.getValue() > 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** One asset of a plan; without what the catalog does not name, or the asset does not have. */
    public record Example(String assetId, Optional<String> label, Optional<Long> bytes) {}
}
