package io.binday.catalog;

import org.jspecify.annotations.Nullable;

/** What is asked for cannot be done now; the message says what somebody has to mend first. */
public class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RefusedException(String message) {
        this(message, null);
    }

    protected RefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
