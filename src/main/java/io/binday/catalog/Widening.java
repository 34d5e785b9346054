package io.binday.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells whether a column of one type can become another without any value changing. */
final class Widening {

    private static final List<String> TEXTS = List.of("tinytext", "text", "mediumtext", "longtext");
    private static final List<String> BLOBS = List.of("tinyblob", "blob", "mediumblob", "longblob");
    private static final List<String> INTEGERS = List.of("tinyint", "smallint", "mediumint", "int", "bigint");
    /** Each list from narrow to wide. */
    private static final List<List<String>> FAMILIES = List.of(INTEGERS, List.of("char", "varchar"), TEXTS, BLOBS);

    private static final Set<String> IN_A_SECOND = Set.of("time", "datetime", "timestamp");
    /** How many bytes they hold; the larger ones hold whatever a row can have. */
    private static final Map<String, Integer> BYTES =
            Map.of("tinytext", 255, "tinyblob", 255, "text", 65_535, "blob", 65_535);

    private static final String UNICODE = "utf8mb4";
    /** Character sets whose every text {@link #UNICODE} has, too; one that needs more bytes than there are is refused by the server. */
    private static final Set<String> PARTS_OF_UNICODE = Set.of("ascii", "utf8", "utf8mb3", "latin1");

    private static final int LONGEST_CHARACTER = 4;

    private Widening() {}

    /** Whether every value of the one type is the same value in the other; false when in doubt. */
    static boolean isLossless(String from, String to) {
        Optional<Type> narrow = Type.parse(from);
        Optional<Type> wide = Type.parse(to);
        return narrow.isPresent() && wide.isPresent() && isLossless(narrow.get(), wide.get());
    }

    private static boolean isLossless(Type from, Type to) {
        if (!from.rest.equals(to.rest) || !isPart(from.characterSet, to.characterSet)) {
            return false;
        }
        if (from.name.equals("binary")) {
            // More bytes are filled with zeros.
            return from.equals(to);
        }
        if (from.name.equals(to.name)) {
            return from.values.isEmpty()
                    ? fits(from.numbers(), to.numbers())
                    : to.values.equals(from.values) || to.values.startsWith(from.values + ",");
        }
        if (from.name.equals("varchar") && TEXTS.contains(to.name)) {
            return from.size() * LONGEST_CHARACTER <= to.capacity();
        }
        if (from.name.equals("varbinary") && BLOBS.contains(to.name)) {
            return from.size() <= to.capacity();
        }
        return FAMILIES.stream()
                        .anyMatch(family ->
                                family.contains(from.name) && family.indexOf(from.name) < family.indexOf(to.name))
                && (!from.name.equals("char") || from.size() <= to.size());
    }

    private static boolean isPart(String from, String to) {
        return from.equals(to) || (PARTS_OF_UNICODE.contains(from) && to.equals(UNICODE));
    }

    /** With two numbers, a precision and a scale, the digits before the point must not become fewer either. */
    private static boolean fits(int[] small, int[] large) {
        if (small.length != large.length) {
            return false;
        }
        for (int i = 0; i < small.length; i++) {
            if (large[i] < small[i]) {
                return false;
            }
        }
        return small.length < 2 || large[0] - large[1] >= small[0] - small[1];
    }

    /**
     * A type in its parts.
     *
     * @param values what stands in parentheses when it is a list of quoted values
     * @param sizes what stands there when it is numbers
     * @param characterSet empty where it has none; how texts are compared does not change them
     */
    private record Type(String name, String values, String sizes, String characterSet, String rest) {

        private static final Pattern PARTS = Pattern.compile(
                "(?<name>[a-z]+(?: varying| large object| precision)?)"
                        + "(?:\\((?:(?<sizes>[0-9, ]+)|(?<values>'(?:[^']|'')*'(?:,'(?:[^']|'')*')*))\\))?"
                        + "(?<rest>.*?)(?: CHARACTER SET (?<set>\\w+) COLLATE \\w+)?",
                Pattern.CASE_INSENSITIVE);

        static Optional<Type> parse(String type) {
            Matcher parts = PARTS.matcher(type);
            return parts.matches()
                    ? Optional.of(new Type(
                            parts.group("name").toLowerCase(Locale.ROOT),
                            orEmpty(parts.group("values")),
                            orEmpty(parts.group("sizes")),
                            orEmpty(parts.group("set")),
                            parts.group("rest").strip()))
                    : Optional.empty();
        }

        private static String orEmpty(@Nullable String group) {
            return group == null ? "" : group;
        }

        int[] numbers() {
            if (INTEGERS.contains(name)) {
                // How wide they are shown changes nothing.
                return new int[0];
            }
            if (sizes.isEmpty()) {
                return IN_A_SECOND.contains(name) ? new int[] {0} : new int[0];
            }
            return Arrays.stream(sizes.split(","))
                    .mapToInt(number -> Integer.parseInt(number.strip()))
                    .toArray();
        }

        /** In characters, or in bytes of what is no text. */
        int size() {
            return Integer.parseInt(sizes);
        }

        int capacity() {
            return BYTES.getOrDefault(name, Integer.MAX_VALUE);
        }
    }
}
