package io.binday.trash;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The three operations by name. Tables, commands and JSON have the name in lower case. */
public enum OperationName {
    TRASH,
    RESTORE,
    PURGE;

    /** The operation of a word such as {@code trash}; empty when there is none of it. */
    public static Optional<OperationName> find(String word) {
        return Arrays.stream(values()).filter(name -> name.word().equals(word)).findFirst();
    }

    /**
     * The same where there must be one.
     *
     * @throws IllegalArgumentException naming the word and the operations that there are
     */
    public static OperationName of(String word) {
        return find(word).orElseThrow(() -> new IllegalArgumentException(none(word)));
    }

    /**
     * The operation that a table says.
     *
     * @throws IllegalStateException naming the run, when there is no such operation
     */
    public static OperationName ofRun(long runId, String word) {
        return find(word).orElseThrow(() -> new IllegalStateException("run " + runId + ": " + none(word)));
    }

    private static String none(String word) {
        return "there is no operation '" + word + "'; there are: "
                + Arrays.stream(values()).map(OperationName::word).collect(Collectors.joining(", "));
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
