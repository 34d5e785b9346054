package io.binday.job;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A named, typed parameter of a job's query.
 *
 * @param whenMissing the value if the operator gives none; empty when one must be given
 * @param min the smallest integer allowed
 * @param max the largest integer allowed
 * @param description what a value means; may be empty
 */
public record Parameter(String name, Type type, Optional<String> whenMissing, long min, long max, String description) {

    /** No more digits of a year: the database could compare nothing with them. */
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    /** What a value must look like. */
    public enum Type {
        INTEGER,
        TEXT,
        DATE,
        BOOLEAN
    }

    /** What a value means, in parentheses; empty where the job does not say. */
    String explanation() {
        return description.isBlank() ? "" : " (" + description + ")";
    }

    /**
     * The value to bind.
     *
     * @throws IllegalArgumentException naming parameter and value, when it is not of the type or out of range
     */
    Object parse(String text) {
        return switch (type) {
            case INTEGER -> integer(text);
            case TEXT -> text;
            case DATE -> date(text);
            case BOOLEAN -> bool(text);
        };
    }

    private Long integer(String text) {
        try {
            long number = Long.parseLong(text.strip());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, with the range: the same sentence helps in both cases
        }
        throw new IllegalArgumentException(
                "parameter %s must be a whole number from %d to %d but was '%s'".formatted(name, min, max, text));
    }

    private String date(String text) {
        if (DATE.matcher(text.strip()).matches()) {
            try {
                return LocalDate.parse(text.strip()).toString();
            } catch (DateTimeParseException e) {
                // told below: the same sentence helps in both cases
            }
        }
        throw new IllegalArgumentException(
                "parameter %s must be a date like 2026-01-31 but was '%s'".formatted(name, text));
    }

    private Boolean bool(String text) {
        return switch (text.strip()) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new IllegalArgumentException(
                        "parameter %s must be true or false but was '%s'".formatted(name, text));
        };
    }
}
