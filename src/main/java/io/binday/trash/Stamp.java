package io.binday.trash;

/**
 * What every change of an asset carries: which run made it and who asked for it.
 *
 * @param who the person or schedule that asked for the run
 */
public record Stamp(long runId, String who) {}
