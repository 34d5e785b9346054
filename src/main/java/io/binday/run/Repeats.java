package io.binday.run;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Notices values that may have been there before, in the same memory for any number of them (a Bloom filter of 16 MB).
 * It never misses a repeated value, and of a million distinct ones it takes a handful for repeated; the database then
 * says which really are. Not thread-safe.
 */
final class Repeats {

    private static final int BLOCKS = 1 << 18;
    /** So many words are a line of the processor's cache, so that a value asks the memory once. */
    private static final int WORDS = 8;
    /** More than this are not worth naming one by one. */
    private static final int MOST = 5_000;

    private final long[] seen = new long[BLOCKS * WORDS];
    private final Set<String> suspects = new LinkedHashSet<>();
    private boolean tooMany;

    void add(String value) {
        long hash = hash(value);
        int block = ((int) hash & (BLOCKS - 1)) * WORDS;
        boolean again = true;
        // Three bits of the block; nine bits of the hash say which.
        for (int shift = 37; shift < 64; shift += 9) {
            int bit = (int) (hash >>> shift) & (WORDS * Long.SIZE - 1);
            long mask = 1L << bit;
            int word = block + bit / Long.SIZE;
            again &= (seen[word] & mask) != 0;
            seen[word] |= mask;
        }
        if (again) {
            tooMany |= suspects.size() >= MOST;
            if (!tooMany) {
                suspects.add(value);
            }
        }
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
