package io.binday.binary;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the files of assets are; {@code binday.binary.*}.
 *
 * @param directory the directory that the binary keys are relative to; without it files are left where they are
 * @param keyPrefix what every binary key begins with that is not part of the path, such as {@code public://}; nothing unless given
 * @param timeout how long the deletion of a file may take before it is tried again later, 1 s to 2 min
 */
@ConfigurationProperties(prefix = "binday.binary", ignoreUnknownFields = false)
public record BinarySettings(
        @Nullable Path directory,
        @DefaultValue("") String keyPrefix,
        @DefaultValue("10s") Duration timeout) {

    /** MySQL closes the connection that is to record it after 5 minutes of silence, and another thread may be at the store first. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    public BinarySettings {
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "binday.binary.timeout must be 1s to 120s but was " + timeout.toMillis() + "ms");
        }
    }
}
