package io.binday.input;

/**
 * One value of an input, trimmed, not yet checked.
 *
 * @param seq the line of a file or the row of a query, counted from 1 and ascending
 */
public record InputValue(long seq, String text) {}
