package io.binday.binary;

/** What became of the file of a purged asset. */
public enum FileState {
    DELETED,
    /** It was not there, though others are. */
    MISSING,
    /** It waits to be deleted, or to be tried again. */
    PENDING,
    /** Another asset uses it, so it stays. */
    SHARED
}
