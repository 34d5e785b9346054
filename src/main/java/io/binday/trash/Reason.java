package io.binday.trash;

import java.util.regex.Pattern;

/** Why somebody does something to assets, as it is kept for good: one line of 1 to 500 characters. */
public final class Reason {

    private static final int LONGEST = 500;
    private static final Pattern BLANKS = Pattern.compile("[\\p{Cntrl}\\s]+");

    private Reason() {}

    /**
     * A reason on one line, without blanks around it.
     *
     * @throws IllegalArgumentException when nothing is left of it, or too much
     */
    public static String of(String given) {
        String reason = BLANKS.matcher(given).replaceAll(" ").strip();
        if (reason.isEmpty() || reason.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a reason must have 1 to %d characters but has %d".formatted(LONGEST, reason.length()));
        }
        return reason;
    }
}
