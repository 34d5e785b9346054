package io.binday.run;

import java.util.Optional;

/** What a run is in, as an operator sees it: its status, whether anybody works on it, and what was asked of that one. */
public enum RunSituation {
    /** A plan that waits for approval. */
    PLANNED("AWAITING_APPROVAL"),
    /** A living process works on it. */
    WORKING("RUNNING"),
    /** A living process waits until it may go on. */
    PAUSED("RUNNING, paused"),
    /** A living process ends it after the chunks it has begun. */
    STOPPING("RUNNING, stopping"),
    /** Nobody has been heard of for longer than a lease, so its process is gone. */
    ORPHANED("RUNNING, but its process is gone"),
    /** As orphaned or failed, and the job repository does not know how its last attempt ended. */
    UNKNOWN("UNKNOWN: how its last attempt ended"),
    STOPPED("STOPPED"),
    FAILED("FAILED"),
    COMPLETED("COMPLETED"),
    ABANDONED("ABANDONED");

    private final String words;

    RunSituation(String words) {
        this.words = words;
    }

    /** Whether a living process works on it, be it paused. */
    public boolean isWorkedOn() {
        return this == WORKING || this == PAUSED || this == STOPPING;
    }

    /** Whether nobody will ever go on with it. */
    public boolean isFinal() {
        return this == COMPLETED || this == ABANDONED;
    }

    /** For a person. */
    public String words() {
        return words;
    }

    /** Whether it is about a stop, so that who has asked for one is worth telling. */
    public boolean isOfAStop() {
        return this == STOPPING || this == STOPPED;
    }

    /**
     * The situation of a run.
     *
     * @param owner who has its lease
     * @param lastAttemptUnknown whether the job repository does not know how the last attempt ended
     */
    static RunSituation of(RunStatus status, Optional<LeaseState> owner, Control control, boolean lastAttemptUnknown) {
        boolean alive = owner.map(LeaseState::alive).orElse(false);
        return switch (status) {
            case AWAITING_APPROVAL -> PLANNED;
            case STOPPED -> lastAttemptUnknown ? UNKNOWN : STOPPED;
            case COMPLETED -> COMPLETED;
            case ABANDONED -> ABANDONED;
            case FAILED -> lastAttemptUnknown ? UNKNOWN : FAILED;
            case RUNNING -> {
                if (!alive) {
                    yield lastAttemptUnknown ? UNKNOWN : ORPHANED;
                }
                yield control.stopBy().isPresent()
                        ? STOPPING
                        : control.pausedBy().isPresent() ? PAUSED : WORKING;
            }
        };
    }
}
