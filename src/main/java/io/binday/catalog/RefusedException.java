package io.binday.catalog;

/** What is asked for cannot be done now; the message says what somebody has to mend first. */
public final class RefusedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public RefusedException(String message) {
        super(message);
    }
}
