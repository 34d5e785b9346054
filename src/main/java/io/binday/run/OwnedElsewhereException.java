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
                "run %d is owned by %s, last heard of %s ago; nothing was done here"
                        .formatted(runId, state.owner().orElse("another process"), seconds(state.silence())),
                cause);
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + " s";
    }
}
