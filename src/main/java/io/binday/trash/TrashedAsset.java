package io.binday.trash;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * An asset in the trash.
 *
 * @param bytes the size of its file, when the catalog maps it
 * @param trashedAt when; empty when the database cannot say, so that it is never purged
 * @param hold why it is held, when it is
 * @param heldUntil the last day of the hold (UTC); empty when it lasts until it is released
 * @param heldBy who holds it
 * @param by who asked for the run that trashed it
 */
public record TrashedAsset(
        String assetId,
        Optional<String> label,
        Optional<Long> bytes,
        Optional<Instant> trashedAt,
        String by,
        long runId,
        Optional<String> hold,
        Optional<LocalDate> heldUntil,
        Optional<String> heldBy) {}
