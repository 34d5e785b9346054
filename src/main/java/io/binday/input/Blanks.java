package io.binday.input;

/** Blanks that do not count around a value: also those that spreadsheets and web pages write, and nobody sees. */
final class Blanks {

    private static final String INVISIBLE = "\u200b\u2060\ufeff";

    private Blanks() {}

    /** The text without them. */
    static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isBlank(char letter) {
        return Character.isWhitespace(letter) || Character.isSpaceChar(letter) || INVISIBLE.indexOf(letter) >= 0;
    }
}
