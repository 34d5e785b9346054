package io.binday.run;

import java.time.Duration;

/** Follows a run as it goes; called on the thread that works on it. */
public interface RunObserver {

    /** So many values of the input are work items now. */
    default void staged(long items) {}

    /** The plan is made. */
    default void planned(Run run, ItemCounts counts) {}

    /** The apply step begins, with so many items settled before. */
    default void applying(Run run, ItemCounts counts) {}

    /** A chunk was committed. */
    default void applied(int done, int rejected) {}

    /** Operators ask for something else than before: a stop, a pause, a pace. */
    default void asked(Control control) {}

    /** An attempt failed and another will follow. */
    default void retrying(String failure, Duration wait) {}

    /** A run is left by an owner that is silent but may be alive. */
    default void waitingForOwner(LeaseState owner) {}
}
