package io.binday.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened to an asset.
 *
 * @param at when; for what was rejected, when its run was staged, or had ended if that came out later; for a file that is not
 *     deleted yet, since when it is to be
 * @param what a word: TRASHED, RESTORED, PURGED, REJECTED, HELD, RELEASED, NOT_REATTACHED, FILE
 * @param run the run that did it; empty for holds
 * @param who asked for it
 * @param why the reason that was given
 * @param detail what else there is to say
 */
public record HistoryEntry(
        Instant at, String what, Optional<Long> run, String who, Optional<String> why, Optional<String> detail) {}
