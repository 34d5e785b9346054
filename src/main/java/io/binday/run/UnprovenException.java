package io.binday.run;

/** The counters of a run do not equal the tables, so it must not be called COMPLETED. */
final class UnprovenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnprovenException(String message) {
        super(message);
    }

    /** Of a run whose tables do not fit each other, which was noticed before it did anything. */
    static UnprovenException ofOtherTimes(long runId, String what) {
        return new UnprovenException(
                "run %1$d cannot go on: %2$s, so its tables are not of the same backup. Nothing was touched now; give it up, and start it anew: binday run abandon %1$d"
                        .formatted(runId, what));
    }
}
