package io.binday.run;

import java.util.regex.Pattern;

/** Values in commands that are shown to be typed. */
public final class ShellWord {

    private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

    private ShellWord() {}

    /** A value as a shell takes it for one word, and for nothing else. */
    public static String of(String value) {
        return PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'";
    }
}
