package io.binday.run;

import io.binday.trash.TypedTime;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How runs behave; {@code binday.run.*}.
 *
 * @param chunkSize assets a transaction, 1 to 1,000
 * @param workers how many chunks are done, or batches staged, at the same time on MySQL, 1 to 4; the embedded database does one
 * @param lease how long a process may be silent before its run may be taken over, 1 s to 1 h
 * @param maxAttempts executions in a row without any progress before a run is given up, 3 to 100: the third tries the assets of a
 *     failing chunk one by one
 * @param backoff the wait before the second attempt, doubled with each further one up to 1 min, 0 to 1 min
 * @param who who is recorded as asking for runs
 */
@ConfigurationProperties(prefix = "binday.run", ignoreUnknownFields = false)
public record RunSettings(
        @DefaultValue("100") int chunkSize,
        @DefaultValue(RunSettings.DEFAULT_WORKERS) int workers,
        @DefaultValue("30s") Duration lease,
        @DefaultValue("5") int maxAttempts,
        @DefaultValue("1s") Duration backoff,
        @DefaultValue("unknown") String who) {

    /** So many workers where nothing is said; the connection pool is measured by it before settings are bound. */
    public static final String DEFAULT_WORKERS = "2";

    /** The connection pool has at least one connection for each of them, and four more. */
    public static final int MOST_WORKERS = 4;

    private static final int LARGEST_CHUNK = 1_000;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    public RunSettings {
        requireChunkSize("binday.run.chunk-size", chunkSize);
        if (workers < 1 || workers > MOST_WORKERS) {
            throw new IllegalArgumentException(
                    "binday.run.workers must be 1 to " + MOST_WORKERS + " but was " + workers);
        }
        require("binday.run.lease", lease, Duration.ofSeconds(1), Duration.ofHours(1));
        require("binday.run.backoff", backoff, Duration.ZERO, LONGEST_WAIT);
        if (maxAttempts < 3 || maxAttempts > 100) {
            throw new IllegalArgumentException("binday.run.max-attempts must be 3 to 100 but was " + maxAttempts);
        }
        if (who.isBlank() || who.length() > 255) {
            throw new IllegalArgumentException("binday.run.who must have 1 to 255 characters but was '" + who + "'");
        }
    }

    /** The wait after so many failures in a row: doubled each time, a minute at most. */
    Duration wait(int failures) {
        Duration wait = backoff.multipliedBy(1L << Math.min(failures - 1, 20));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    static void requireChunkSize(String name, int size) {
        if (size < 1 || size > LARGEST_CHUNK) {
            throw new IllegalArgumentException(name + " must be 1 to " + LARGEST_CHUNK + " but was " + size);
        }
    }

    private static void require(String name, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(name + " must be " + TypedTime.of(min) + " to " + TypedTime.of(max)
                    + " but was " + TypedTime.of(value));
        }
    }
}
