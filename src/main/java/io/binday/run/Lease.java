package io.binday.run;

/**
 * The proof that a run is this thread's to work on.
 *
 * @param token grows each time the lease is taken; whoever has an old one must not change anything
 */
record Lease(long runId, String owner, long token) {}
