package io.binday.platform;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where Binday's own files are; {@code binday.*}.
 *
 * @param catalog the catalog file, by default {@code config/catalog.yml}
 * @param jobs the folder of jobs, by default {@code jobs}
 */
@ConfigurationProperties("binday")
record PlatformSettings(@Nullable Path catalog, @Nullable Path jobs) {

    /**
     * The catalog file; empty when the built-in catalog applies.
     *
     * @throws IllegalArgumentException when one is configured that is not there
     */
    Optional<Path> catalogFile() {
        return place("binday.catalog", "file", catalog, Path.of("config/catalog.yml"), Files::exists);
    }

    /**
     * The folder of jobs; empty when the built-in jobs apply.
     *
     * @throws IllegalArgumentException when one is configured that is not there
     */
    Optional<Path> jobsFolder() {
        return place("binday.jobs", "folder", jobs, Path.of("jobs"), Files::isDirectory);
    }

    private static Optional<Path> place(
            String setting, String kind, @Nullable Path configured, Path usual, Predicate<Path> exists) {
        if (configured != null && !exists.test(configured)) {
            throw new IllegalArgumentException(setting + ": there is no " + kind + " " + configured);
        }
        return Optional.of(configured == null ? usual : configured).filter(exists);
    }
}
