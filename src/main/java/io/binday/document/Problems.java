package io.binday.document;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with one document, in the order it was found; not thread-safe. */
public final class Problems {

    private final String document;
    private final List<String> found = new ArrayList<>();

    public Problems(String document) {
        this.document = document;
    }

    /** Notes a problem at a line; lines count from 1. */
    public void add(int line, String problem) {
        found.add(document + ":" + line + ": " + problem);
    }

    /**
     * Ends the reading of the document.
     *
     * @throws InvalidDocumentException with every problem noted, if there is any
     */
    public void refuseIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidDocumentException(found);
        }
    }
}
