package io.binday.trash;

import java.util.Optional;

/**
 * An asset whose row is locked until the chunk's transaction ends.
 *
 * @param bytes the size of its file, 0 where unknown
 * @param refused what the locked row itself says against doing it
 */
record Locked(long bytes, Optional<Reject> refused) {}
