package io.binday.platform;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Binday's own files are; {@code binday.*}.
 *
 * @param catalog the catalog file; the built-in stack applies where it does not exist
 * @param jobs the folder of jobs; the built-in ones apply where it does not exist
 */
@ConfigurationProperties("binday")
record PlatformSettings(
        @DefaultValue("config/catalog.yml") Path catalog,
        @DefaultValue("jobs") Path jobs) {}
