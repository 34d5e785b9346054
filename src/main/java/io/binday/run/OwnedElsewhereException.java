package io.binday.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A run is worked on by another process; this one changes nothing of it, or nothing more. */
public final class OwnedElsewhereException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OwnedElsewhereException(long runId, LeaseState state) {
        this(runId, state, null);
    }

    OwnedElsewhereException(long runId, LeaseState state, @Nullable Throwable cause) {
        super(
                ("run %1$d is owned by %2$s, last heard of %3$s ago; nothing was done here."
                                + " Legal now: binday run watch %1$d, binday run stop %1$d, and where it is paused binday run resume %1$d")
                        .formatted(runId, state.owner().orElse("another process"), seconds(state.silence())),
                cause);
    }

    private OwnedElsewhereException(String message, Throwable cause) {
        super(message, cause);
    }

    /** This process has worked on the run, and then another one has taken it over. */
    static OwnedElsewhereException takenOver(long runId, LeaseState state, Throwable cause) {
        String by = state.owner()
                .map(owner -> owner + ", last heard of " + seconds(state.silence()) + " ago")
                .orElse("another process, which has left it since");
        return new OwnedElsewhereException(
                ("run %1$d was taken over by %2$s; what was committed before stays, and nothing more is done here."
                                + " See where it is: binday run show %1$d")
                        .formatted(runId, by),
                cause);
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + " s";
    }
}
