package io.binday.run;

/** What all runs of an operation came to. */
public record Totals(long done, long rejected) {}
