package io.binday.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A run is worked on by another process that is alive; this one has changed nothing. */
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

    private static String seconds(Duration duration) {
        return duration.toSeconds() + " s";
    }
}
