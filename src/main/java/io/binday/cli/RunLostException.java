package io.binday.cli;

/** A run whose database was lost, so that not even its end could be recorded. */
final class RunLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long runId;

    RunLostException(long runId, Throwable cause) {
        super(cause);
        this.runId = runId;
    }

    long runId() {
        return runId;
    }
}
