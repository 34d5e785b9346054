package io.binday.run;

import java.util.OptionalLong;

/** Remembers, across the attempts of one run, at which chunk it keeps failing; not thread-safe. */
final class Suspect {

    private long current;
    private long failedAt;
    private int times;
    private boolean wary;

    /** An attempt failed, for whatever reason: the next one begins with one chunk at a time. */
    void warn() {
        wary = true;
    }

    /** Whether an attempt has failed already. */
    boolean isWary() {
        return wary;
    }

    /** A chunk begins at this line. */
    void entering(long seq) {
        current = seq;
    }

    /** The chunk was committed, or there is none. */
    void left() {
        current = 0;
    }

    /** The line of the chunk that is being worked on. */
    OptionalLong current() {
        return current == 0 ? OptionalLong.empty() : OptionalLong.of(current);
    }

    /** The current chunk failed for a reason that may be one of its items. */
    void failed() {
        times = current == failedAt ? times + 1 : 1;
        failedAt = current;
    }

    /** Whether the chunk at this line failed twice, so that its items are to be tried one by one. */
    boolean isPoisoned(long seq) {
        return seq == failedAt && times >= 2;
    }
}
