package io.binday.input;

import io.binday.catalog.RefusedException;

/** An input cannot be used as it is; nothing was written. The message names the place and the value. */
public final class InputRefusedException extends RefusedException {

    private static final long serialVersionUID = 1L;

    public InputRefusedException(String message) {
        super(message);
    }

    public InputRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
