package io.binday.trash;

import java.time.Duration;

/** Times as an operator types them. */
public final class TypedTime {

    private TypedTime() {}

    /** In the largest unit that leaves nothing over, for example {@code 14d}, {@code 36h}, {@code 90m}, {@code 10s}, {@code 50ms}. */
    public static String of(Duration time) {
        if (time.toMillisPart() != 0) {
            return time.toMillis() + "ms";
        }
        if (time.toSecondsPart() != 0 || time.isZero()) {
            return time.toSeconds() + "s";
        }
        if (time.toMinutesPart() != 0) {
            return time.toMinutes() + "m";
        }
        return time.toHoursPart() != 0 ? time.toHours() + "h" : time.toDays() + "d";
    }
}
