package io.binday.document;

import java.util.List;

/** A document a person wrote cannot be used; the message names every problem, one a line, each with file and line. */
public final class InvalidDocumentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidDocumentException(List<String> problems) {
        super(String.join("\n", problems));
    }

    /** As above, with what went wrong below. */
    public InvalidDocumentException(List<String> problems, Throwable cause) {
        super(String.join("\n", problems), cause);
    }
}
