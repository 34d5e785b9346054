package io.binday.run;

/** A run is not in a state in which something may be done with it; nothing was changed. */
public final class IllegalRunStateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    IllegalRunStateException(Run run, String participle, String why) {
        super("run %d is %s and cannot be %s: %s".formatted(run.id(), run.status(), participle, why));
    }
}
