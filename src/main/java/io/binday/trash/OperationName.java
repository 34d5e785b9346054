package io.binday.trash;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The three operations by name. Tables, commands and JSON have the name in lower case. */
public enum OperationName {
    TRASH,
    RESTORE,
    PURGE;

    /**
     * The operation of a word such as {@code trash}.
     *
     * @throws IllegalArgumentException naming it and those that there are
     */
    public static OperationName of(String word) {
        return Arrays.stream(values())
                .filter(name -> name.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no operation '" + word + "'; there are: "
                        + Arrays.stream(values()).map(OperationName::word).collect(Collectors.joining(", "))));
    }

    /**
     * The operation that a table says.
     *
     * @throws IllegalStateException naming the run, when there is no such operation
     */
    public static OperationName ofRun(long runId, String word) {
        try {
            return of(word);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("run " + runId + ": " + e.getMessage(), e);
        }
    }

    /** For tables, commands and JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For a person. */
    @Override
    public String toString() {
        return word();
    }
}
