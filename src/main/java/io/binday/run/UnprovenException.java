package io.binday.run;

/** The counters of a run do not equal the tables, so it must not be called COMPLETED. */
final class UnprovenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnprovenException(String message) {
        super(message);
    }
}
