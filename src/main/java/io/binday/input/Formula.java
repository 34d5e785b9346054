package io.binday.input;

/** Values that a spreadsheet takes for formulas: guarded when written, and recognised when they are read again. */
public final class Formula {

    /** What a spreadsheet takes for "this is text". */
    private static final String GUARD = "'";

    private static final String FIRST = "=+-@\t\r\uff1d\uff0b\uff0d\uff20";

    private Formula() {}

    /** The value as it is written: guarded, also where it only looks guarded, so that reading gives it back. */
    public static String guarded(String value) {
        return isOneAfterGuards(value) ? GUARD + value : value;
    }

    /** The value without the guard that was put before it; any other value as it is. */
    static String withoutGuard(String value) {
        return value.startsWith(GUARD) && isOneAfterGuards(value) ? value.substring(1) : value;
    }

    private static boolean isOneAfterGuards(String value) {
        int first = 0;
        while (value.startsWith(GUARD, first)) {
            first++;
        }
        return first < value.length() && FIRST.indexOf(value.charAt(first)) >= 0;
    }
}
