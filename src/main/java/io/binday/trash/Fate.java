package io.binday.trash;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a run did with a reference. */
public enum Fate {
    /** Taken off its entry or environment, into the trash. */
    DETACHED("detached"),
    /** Put back where it was. */
    REATTACHED("reattached"),
    /** Gone for good, with its asset. */
    PURGED("purged"),
    /** Not put back, because the catalog says so: a restored asset comes back unpublished. */
    DROPPED("left off"),
    /** Not put back: its place has been filled since, and a newer edit is never overwritten. */
    SLOT_TAKEN("slot taken"),
    /** Not put back: the entry or whatever else it belonged to is gone. */
    ENTRY_GONE("entry gone");

    /** Of references that a restore has not put back; each of them is noted by itself. */
    public static final Set<Fate> NOTED = Collections.unmodifiableSet(EnumSet.of(DROPPED, SLOT_TAKEN, ENTRY_GONE));

    private final String words;

    Fate(String words) {
        this.words = words;
    }

    /** In two words. */
    public String words() {
        return words;
    }

    /** The word under which it is counted; kept with runs, so it never changes. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
