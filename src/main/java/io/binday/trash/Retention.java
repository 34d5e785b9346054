package io.binday.trash;

import io.binday.catalog.RefusedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Until when trash must have been put there to be purged now. */
@Component
public final class Retention {

    private static final Duration IMPLAUSIBLE_SKEW = Duration.ofHours(1);
    private static final Duration LARGEST_SKEW = Duration.ofSeconds(60);

    private final PurgeSettings settings;
    private final DatabaseClock database;
    private final Clock clock;

    Retention(PurgeSettings settings, DatabaseClock database, Clock clock) {
        this.settings = settings;
        this.database = database;
        this.clock = clock;
    }

    /** How long trash is kept. */
    public Duration length() {
        return settings.retention();
    }

    /**
     * The latest instant at which an asset may have been trashed to be purged now, by the database's clock.
     *
     * @param olderThan a longer time than the retention
     * @throws IllegalArgumentException when {@code olderThan} is shorter than the retention
     * @throws RefusedException when this machine's clock and the database's differ by more than 60 s: one of them
     *     is wrong, and nobody can say which
     */
    public Instant cutoff(Optional<Duration> olderThan) {
        olderThan.filter(length -> length.compareTo(settings.retention()) < 0).ifPresent(length -> {
            throw new IllegalArgumentException(
                    "nothing younger than the retention of " + TypedTime.of(settings.retention())
                            + " is purged, but an age of " + TypedTime.of(length) + " was asked for");
        });
        Instant now = database.now();
        requireSkew(now, LARGEST_SKEW, "nothing is purged until they agree");
        return now.minus(olderThan.orElse(settings.retention()));
    }

    /**
     * What is trashed by a clock that is days behind would be purged so much too early.
     *
     * @throws RefusedException when this machine's clock and the database's differ by more than an hour
     */
    public void requirePlausibleTime() {
        requireSkew(database.now(), IMPLAUSIBLE_SKEW, "nothing is trashed until they agree");
    }

    private void requireSkew(Instant now, Duration most, String so) {
        Duration skew = Duration.between(now, clock.instant()).abs();
        if (skew.compareTo(most) > 0) {
            throw new RefusedException("the clocks of this machine and of the database differ by " + skew.toSeconds()
                    + " s, more than " + most.toSeconds() + " s; " + so + ": correct the wrong one");
        }
    }

    /**
     * The cutoff of a purge that was begun earlier, unless trash is to be kept for longer since: then what is too young by now stays.
     *
     * @param olderThan what its job asks for by now; counts where it is longer than the retention
     */
    public Instant stillAllowed(Instant cutoff, Optional<Duration> olderThan) {
        Duration length = olderThan
                .filter(longer -> longer.compareTo(settings.retention()) > 0)
                .orElse(settings.retention());
        Instant now = database.now().minus(length);
        return now.isBefore(cutoff) ? now : cutoff;
    }
}
