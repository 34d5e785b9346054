package io.binday.cli;

import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as a person reads them. */
final class Sizes {

    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})([dhms])");
    /** The day after has to be one that a database can keep, too. */
    private static final Pattern DAY = Pattern.compile("(?!9999-12-31)[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private static final int MOST_DAYS = 36_500;
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};

    private Sizes() {}

    /** Bytes in decimal units, for example {@code 41.3 MB}. */
    static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1_000 && unit < UNITS.length - 1) {
            value /= 1_000;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /** A count with separators, for example {@code 1,234,567}. */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A count with its noun, for example {@code 1 asset}, {@code 2 assets}. */
    static String count(long count, String noun) {
        return count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /**
     * A time as an operator types it, for example {@code 14d}, {@code 12h}, {@code 30m}, {@code 10s}.
     *
     * @throws IllegalArgumentException naming the option, when it is none
     */
    static Duration time(String option, String text) {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(option + " must be a time like 14d, 12h or 30m but was '" + text + "'");
        }
        long amount = Long.parseLong(matcher.group(1));
        Duration time = switch (matcher.group(2)) {
            case "d" -> Duration.ofDays(amount);
            case "h" -> Duration.ofHours(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofSeconds(amount);
        };
        if (time.toDays() > MOST_DAYS) {
            throw new IllegalArgumentException(option + " must be " + MOST_DAYS + "d at most but was '" + text + "'");
        }
        return time;
    }

    /** A day as an operator types it, for example {@code 2026-12-31}; empty where it is none. */
    static Optional<LocalDate> day(String text) {
        if (!DAY.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** For example {@code 0.8 s}, {@code 3 min 20 s}, {@code 2 h 5 min}. */
    static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        return seconds < 3_600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3_600 + " h " + seconds / 60 % 60 + " min";
    }
}
