package io.binday.schedule;

import io.binday.run.FailureText;
import io.binday.run.StopSignal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;

/** Says once that the database is away, or only reads, and once that it is back; one thread looks. */
@Component
public final class DatabaseWatch {

    /** How often. */
    private static final Duration EVERY = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);

    private final DaemonStore daemons;
    private final Clock clock;
    private Optional<Instant> away = Optional.empty();
    private volatile Optional<String> unreachable = Optional.empty();
    private volatile StopSignal stop = new StopSignal();

    DatabaseWatch(DaemonStore daemons, Clock clock) {
        this.daemons = daemons;
        this.clock = clock;
    }

    /** Why the database could not be reached when it was last looked for; empty also where it only reads. */
    public Optional<String> unreachable() {
        return unreachable;
    }

    /** Looks again and again, on a thread of its own, for a server that hangs has whoever asks wait. */
    public void start(StopSignal until) {
        stop = until;
        Thread thread = new Thread(
                () -> {
                    while (!until.sleep(EVERY)) {
                        look();
                    }
                },
                "binday-database");
        thread.setDaemon(true);
        thread.start();
    }

    /** Looks whether it can be written. */
    void look() {
        try {
            daemons.requireWritable();
            away.ifPresent(since -> LOG.info(
                    "the database is back, after {} s",
                    Duration.between(since, clock.instant()).toSeconds()));
            away = Optional.empty();
            unreachable = Optional.empty();
        } catch (DataAccessException e) {
            if (stop.isRequested()) {
                // The pool has been closed meanwhile.
                return;
            }
            boolean lost = e instanceof DataAccessResourceFailureException
                    || e instanceof RecoverableDataAccessException
                    || e instanceof TransientDataAccessException;
            unreachable = lost ? Optional.of(FailureText.of(e)) : Optional.empty();
            if (away.isEmpty()) {
                LOG.warn(
                        "the database cannot be written: {}; what is due meanwhile is made up for when it can be",
                        FailureText.of(e));
                away = Optional.of(clock.instant());
            }
        }
    }
}
