package io.binday.schedule;

/** A night did not come to its end; the message says what to type next. */
final class NightFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NightFailedException(String message) {
        super(message);
    }
}
