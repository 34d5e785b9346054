package io.binday.run;

/** A run that was to go on and has not, because the database did not let this process take it. */
public final class RunNotTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long runId;

    public RunNotTakenException(long runId, Throwable cause) {
        super(cause);
        this.runId = runId;
    }

    public long runId() {
        return runId;
    }
}
