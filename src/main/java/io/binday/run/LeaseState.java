package io.binday.run;

import java.time.Duration;
import java.util.Optional;

/**
 * Who owns a run right now, by the database's clock.
 *
 * @param owner process and host; empty when nobody does
 * @param silence since the owner's last heartbeat
 * @param remaining until the run may be taken over; negative when it may be
 */
public record LeaseState(Optional<String> owner, Duration silence, Duration remaining) {

    /** Whether the owner has been heard of recently enough to be left alone. */
    public boolean alive() {
        return owner.isPresent() && !remaining.isNegative();
    }
}
