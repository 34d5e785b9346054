package io.binday.trash;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What became of references: how many of each fate, by the name of the reference. */
final class Fates {

    private final Map<Fate, Map<String, Long>> counts = new EnumMap<>(Fate.class);

    Fates add(Fate fate, String name, long count) {
        counts.computeIfAbsent(fate, any -> new LinkedHashMap<>()).merge(name, count, Long::sum);
        return this;
    }

    void addAll(Fates others) {
        others.counts.forEach((fate, names) -> names.forEach((name, count) -> add(fate, name, count)));
    }

    /** How many of a name there are, whatever became of them. */
    long of(String name) {
        return counts.values().stream()
                .mapToLong(names -> names.getOrDefault(name, 0L))
                .sum();
    }

    Map<Fate, Map<String, Long>> counts() {
        return counts;
    }
}
