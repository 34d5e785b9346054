package io.binday.run;

/** What all runs of an operation came to; not plans that nobody has approved. */
public record Totals(long done, long rejected) {

    /** What no run comes to. */
    public static final Totals NONE = new Totals(0, 0);
}
