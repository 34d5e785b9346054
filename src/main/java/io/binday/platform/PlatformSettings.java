package io.binday.platform;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where Binday's own files are; {@code binday.*}. What is configured must be there.
 *
 * @param catalog the catalog file, by default {@code config/catalog.yml}
 * @param jobs the folder of jobs, by default {@code jobs}
 */
@ConfigurationProperties("binday")
record PlatformSettings(@Nullable Path catalog, @Nullable Path jobs) {

    PlatformSettings {
        requireThere("binday.catalog", "file", catalog, Files::exists);
        requireThere("binday.jobs", "folder", jobs, Files::isDirectory);
    }

    /** The catalog file; empty when the built-in catalog applies. */
    Optional<Path> catalogFile() {
        return Optional.of(catalog == null ? Path.of("config/catalog.yml") : catalog)
                .filter(Files::exists);
    }

    /** The folder of jobs; empty when the built-in jobs apply. */
    Optional<Path> jobsFolder() {
        return Optional.of(jobs == null ? Path.of("jobs") : jobs).filter(Files::isDirectory);
    }

    private static void requireThere(String setting, String kind, @Nullable Path place, Predicate<Path> exists) {
        if (place != null && !exists.test(place)) {
            throw new IllegalArgumentException(setting + ": there is no " + kind + " " + place);
        }
    }
}
