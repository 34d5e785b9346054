package io.binday.run;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Notices values that may have been there before, in the same memory for any number of them (a Bloom filter of 16 MB, and a
 * small one for the first, which are all of most inputs). It never misses a repeated value, and of a million distinct ones it
 * takes a handful for repeated; the database then says which really are. Not thread-safe.
 */
final class Repeats {

    private static final int BLOCKS = 1 << 18;

    private static final int FEW_BLOCKS = 1 << 12;
    /** With so many values the small filter is as full as the large one with a million. */
    private static final int FEW = 16_000;
    /** So many words are a line of the processor's cache, so that a value asks the memory once. */
    private static final int WORDS = 8;
    /** A value is three bits of its block; nine bits of the hash say which, from this one on. */
    private static final int BITS = 9;

    private static final int FIRST_BIT = Long.SIZE - 3 * BITS;
    /** More than this are not worth naming one by one. */
    private static final int MOST = 5_000;

    private final long[] few = new long[FEW_BLOCKS * WORDS];
    /** Made when it is needed: to touch so much memory for the first time takes longer than to stage a small input. */
    private long[] many = new long[0];

    private int count;
    private final Set<String> suspects = new LinkedHashSet<>();
    private boolean tooMany;

    void add(String value) {
        long hash = hash(value);
        boolean again;
        if (count < FEW) {
            count++;
            again = notice(few, hash);
        } else {
            if (many.length == 0) {
                many = new long[BLOCKS * WORDS];
            }
            again = notice(many, hash) || has(few, hash);
        }
        if (again) {
            tooMany |= suspects.size() >= MOST;
            if (!tooMany) {
                suspects.add(value);
            }
        }
    }

    /** Sets the bits of a hash in a filter; whether all were set already. */
    private static boolean notice(long[] filter, long hash) {
        int block = block(filter, hash);
        boolean again = true;
        for (int shift = FIRST_BIT; shift < Long.SIZE; shift += BITS) {
            int bit = bit(hash, shift);
            int word = block + bit / Long.SIZE;
            again &= (filter[word] & (1L << bit)) != 0;
            filter[word] |= 1L << bit;
        }
        return again;
    }

    private static boolean has(long[] filter, long hash) {
        int block = block(filter, hash);
        boolean all = true;
        for (int shift = FIRST_BIT; shift < Long.SIZE; shift += BITS) {
            int bit = bit(hash, shift);
            all &= (filter[block + bit / Long.SIZE] & (1L << bit)) != 0;
        }
        return all;
    }

    private static int block(long[] filter, long hash) {
        return ((int) hash & (filter.length / WORDS - 1)) * WORDS;
    }

    private static int bit(long hash, int shift) {
        return (int) (hash >>> shift) & (WORDS * Long.SIZE - 1);
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
