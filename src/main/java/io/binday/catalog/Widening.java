package io.binday.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells whether a column of one type can become another without any value changing. */
final class Widening {

    private static final Pattern TYPE = Pattern.compile(
            "([a-z]+(?: varying| large object| precision)?)(?:\\(([0-9, ]+)\\))?( .*)?", Pattern.CASE_INSENSITIVE);
    /** Each list from narrow to wide. */
    private static final List<List<String>> FAMILIES = List.of(
            List.of("tinyint", "smallint", "mediumint", "int", "bigint"),
            List.of("tinytext", "text", "mediumtext", "longtext"),
            List.of("tinyblob", "blob", "mediumblob", "longblob"));

    private Widening() {}

    /** Whether every value of the one type is the same value in the other; false when in doubt. */
    static boolean isLossless(String from, String to) {
        Matcher narrow = TYPE.matcher(from);
        Matcher wide = TYPE.matcher(to);
        if (!narrow.matches() || !wide.matches() || !rest(narrow).equals(rest(wide))) {
            return false;
        }
        String before = narrow.group(1).toLowerCase(Locale.ROOT);
        String after = wide.group(1).toLowerCase(Locale.ROOT);
        if (!before.equals(after)) {
            return FAMILIES.stream()
                    .anyMatch(family -> family.contains(before) && family.indexOf(before) < family.indexOf(after));
        }
        int[] small = numbers(narrow);
        int[] large = numbers(wide);
        return small.length == large.length && fits(small, large);
    }

    /** With two numbers, a precision and a scale, the digits before the point must not become fewer either. */
    private static boolean fits(int[] small, int[] large) {
        for (int i = 0; i < small.length; i++) {
            if (large[i] < small[i]) {
                return false;
            }
        }
        return small.length < 2 || large[0] - large[1] >= small[0] - small[1];
    }

    private static int[] numbers(Matcher type) {
        return type.group(2) == null
                ? new int[0]
                : Arrays.stream(type.group(2).split(","))
                        .mapToInt(number -> Integer.parseInt(number.strip()))
                        .toArray();
    }

    private static String rest(Matcher type) {
        return type.group(3) == null ? "" : type.group(3).strip();
    }
}
