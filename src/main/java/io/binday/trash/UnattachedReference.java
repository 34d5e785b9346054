package io.binday.trash;

/**
 * A reference that a restore did not put back.
 *
 * @param id grows in the order in which they were noted
 * @param table the table it belongs to
 * @param fate why: left off, slot taken or entry gone
 * @param place where it was, for example {@code environment=production, locale=en-us}
 */
public record UnattachedReference(long id, String assetId, String table, Fate fate, String place) {}
