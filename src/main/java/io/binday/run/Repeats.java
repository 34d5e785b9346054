package io.binday.run;

import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Notices values that may have been there before, in the same memory for any number of them (a Bloom filter of 16 MB).
 * It never misses a repeated value, and of a million distinct ones it takes a handful for repeated; the database then
 * says which really are. Not thread-safe.
 */
final class Repeats {

    private static final int BITS = 1 << 27;
    /** More than this are not worth naming one by one. */
    private static final int MOST = 5_000;

    private final BitSet seen = new BitSet(BITS);
    private final Set<String> suspects = new LinkedHashSet<>();
    private boolean tooMany;

    void add(String value) {
        long hash = hash(value);
        int first = (int) hash & (BITS - 1);
        int second = (int) (hash >>> 32) & (BITS - 1);
        int third = (first ^ Integer.rotateLeft(second * 0x9E3779B1, 15)) & (BITS - 1);
        if (seen.get(first) && seen.get(second) && seen.get(third)) {
            tooMany |= suspects.size() >= MOST;
            if (!tooMany) {
                suspects.add(value);
            }
        }
        seen.set(first);
        seen.set(second);
        seen.set(third);
    }

    /** The values that may be repeated; empty when they are too many to name. */
    Optional<Set<String>> suspects() {
        return tooMany ? Optional.empty() : Optional.of(suspects);
    }

    private static long hash(String value) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < value.length(); i++) {
            hash = (hash ^ value.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        return hash ^ (hash >>> 29);
    }
}
