package io.binday.run;

import java.util.Optional;

/**
 * What operators ask of a run while a process works on it.
 *
 * @param stopBy who wants it to stop after the chunks it has begun
 * @param pausedBy who wants it to wait between two chunks
 * @param pace how fast it may be; empty for as fast as it can
 */
public record Control(Optional<String> stopBy, Optional<String> pausedBy, Optional<Pace> pace) {

    /** Nothing is asked. */
    public static final Control NONE = new Control(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * How fast a run may be.
     *
     * @param rate values a second, 1 to 1,000,000
     * @param by who wants it so
     */
    public record Pace(int rate, String by) {

        private static final int FASTEST = 1_000_000;

        public Pace {
            if (rate < 1 || rate > FASTEST) {
                throw new IllegalArgumentException("a rate must be 1/s to " + FASTEST + "/s but was " + rate + "/s");
            }
        }
    }
}
