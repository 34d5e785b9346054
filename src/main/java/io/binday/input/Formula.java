package io.binday.input;

/** Values that a spreadsheet takes for formulas: guarded when written, and recognised when they are read again. */
public final class Formula {

    /** What a spreadsheet takes for "this is text". */
    public static final String GUARD = "'";

    private static final String FIRST = "=+-@\t\r\uff1d\uff0b\uff0d\uff20";

    private Formula() {}

    /** Whether a spreadsheet may run the value. */
    public static boolean isOne(String value) {
        return !value.isEmpty() && FIRST.indexOf(value.charAt(0)) >= 0;
    }

    /** The value without the guard that was put before it; any other value as it is. */
    static String withoutGuard(String value) {
        return value.startsWith(GUARD) && isOne(value.substring(1)) ? value.substring(1) : value;
    }
}
