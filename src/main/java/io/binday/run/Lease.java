package io.binday.run;

/**
 * The proof that this process owns a run.
 *
 * @param token grows each time the lease is taken; a process with an old one must not change anything
 */
record Lease(long runId, String owner, long token) {}
