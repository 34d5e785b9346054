package io.binday.run;

/** What all runs of an operation came to; not plans that nobody has approved. */
public record Totals(long done, long rejected) {}
