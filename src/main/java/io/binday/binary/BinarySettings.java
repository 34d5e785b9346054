package io.binday.binary;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the files of assets are; {@code binday.binary.*}.
 *
 * @param directory the directory that the binary keys are relative to; without it files are left where they are
 */
@ConfigurationProperties(prefix = "binday.binary", ignoreUnknownFields = false)
public record BinarySettings(@Nullable Path directory) {}
