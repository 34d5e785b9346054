package io.binday.trash;

import java.time.Instant;

/** The time by the database's clock, which decides about retention. */
@FunctionalInterface
public interface DatabaseClock {

    Instant now();
}
