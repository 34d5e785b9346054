package io.binday.schedule;

import io.binday.run.Runs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Says once that the database is away, or only reads, and once that it is back; for one thread. */
@Component
public final class DatabaseWatch {

    /** How often a daemon looks. */
    public static final Duration EVERY = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);

    private final DaemonStore daemons;
    private final Clock clock;
    private Optional<Instant> away = Optional.empty();

    DatabaseWatch(DaemonStore daemons, Clock clock) {
        this.daemons = daemons;
        this.clock = clock;
    }

    /** Looks whether it can be written. */
    public void look() {
        try {
            daemons.requireWritable();
            away.ifPresent(since -> LOG.info(
                    "the database is back, after {} s",
                    Duration.between(since, clock.instant()).toSeconds()));
            away = Optional.empty();
        } catch (DataAccessException | TransactionException e) {
            if (away.isEmpty()) {
                LOG.warn(
                        "the database cannot be written: {}; what is due meanwhile is made up for when it can be",
                        Runs.words(e));
                away = Optional.of(clock.instant());
            }
        }
    }
}
