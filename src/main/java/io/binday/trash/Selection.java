package io.binday.trash;

/**
 * The asset IDs of a run that are still to be done, as a query with the columns {@code asset_id} and {@code seq} and
 * one parameter, {@code runId}.
 */
public record Selection(String sql, long runId) {}
