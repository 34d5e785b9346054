package io.binday.job;

import java.util.NoSuchElementException;

/** Somebody has named a job, a run, a schedule or an asset that is not there; the message was written for him. */
public final class UnknownNameException extends NoSuchElementException {

    private static final long serialVersionUID = 1L;

    public UnknownNameException(String message) {
        super(message);
    }
}
