package io.binday.trash;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When trash may be purged; {@code binday.purge.*}.
 *
 * @param retention how long trash is kept, 1 d to 36500 d
 * @param allowShortRetention whether {@code retention} may be shorter than a day, down to a second
 * @param maxItems a purge of more assets than this waits for approval, 1 or more
 * @param environment the name that has to be typed before a purge; the schema's name unless it is given
 */
@ConfigurationProperties(prefix = "binday.purge", ignoreUnknownFields = false)
public record PurgeSettings(
        @DefaultValue("14d") Duration retention,
        @DefaultValue("false") boolean allowShortRetention,
        @DefaultValue("100000") long maxItems,
        @Nullable String environment) {

    private static final Duration SHORTEST = Duration.ofDays(1);
    /** What is longer ago than that may be before the first day of a database. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    public PurgeSettings {
        if (retention.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "binday.purge.retention must be at least 1d, or 1s with binday.purge.allow-short-retention: true, but was "
                            + TypedTime.of(retention));
        }
        if (retention.compareTo(SHORTEST) < 0 && !allowShortRetention) {
            throw new IllegalArgumentException("binday.purge.retention must be at least 1d but was "
                    + TypedTime.of(retention) + "; a shorter one needs binday.purge.allow-short-retention: true");
        }
        if (retention.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "binday.purge.retention must be at most 36500d but was " + TypedTime.of(retention));
        }
        if (maxItems < 1) {
            throw new IllegalArgumentException("binday.purge.max-items must be at least 1 but was " + maxItems);
        }
    }

    /** The name of the environment, when one is configured; without the blanks around it, which nobody would type. */
    public Optional<String> environmentName() {
        return Optional.ofNullable(environment).map(String::strip).filter(name -> !name.isEmpty());
    }
}
