package io.binday.run;

/** Another process has taken the run over; this one has changed nothing since. */
final class LeaseLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LeaseLostException(long runId) {
        super("run " + runId + " was taken over by another process");
    }
}
