package io.binday.run;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The states of a run, and every legal change between them with the reason it can occur. */
public enum RunStatus {
    /** Owned by a process that works on it, or left behind by one that died. */
    RUNNING,
    /** Staged as a plan; nothing was touched. */
    AWAITING_APPROVAL,
    /** Every item is done or rejected, and the counters were proved. */
    COMPLETED,
    /** Stopped between two chunks. */
    STOPPED,
    /** Ended by an error; what was committed stays, the rest is pending. */
    FAILED,
    /** Given up by an operator; what was committed stays, the rest is never done. */
    ABANDONED;

    private static final Map<RunStatus, Map<RunStatus, String>> EDGES = Map.of(
            RUNNING,
            Map.of(
                    AWAITING_APPROVAL, "staged, but not approved yet",
                    COMPLETED, "reconciled",
                    STOPPED, "a stop was asked for between two chunks",
                    FAILED, "an error that trying again does not mend",
                    RUNNING, "its owner died, another process goes on"),
            AWAITING_APPROVAL,
            Map.of(RUNNING, "approved", ABANDONED, "nobody wants it carried out"),
            STOPPED,
            Map.of(RUNNING, "restarted", ABANDONED, "nobody wants the rest of it"),
            FAILED,
            Map.of(RUNNING, "restarted", ABANDONED, "nobody wants the rest of it"),
            COMPLETED,
            Map.of(),
            ABANDONED,
            Map.of());

    /**
     * The state that a table says.
     *
     * @throws IllegalStateException naming the run, when it is none
     */
    static RunStatus ofRun(long runId, String word) {
        return Arrays.stream(values())
                .filter(status -> status.name().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "run %d is '%s', which is no state that a run can have; see what else is wrong with: binday audit"
                                .formatted(runId, word)));
    }

    /** Why a run may go from this state to another; empty when it may not. */
    public Optional<String> reasonFor(RunStatus next) {
        return Optional.ofNullable(EDGES.getOrDefault(this, Map.of()).get(next));
    }
}
