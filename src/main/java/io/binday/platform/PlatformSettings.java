package io.binday.platform;

import java.nio.file.Files;
import java.nio.file.LinkOption;
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
        return there(catalog == null ? Path.of("config/catalog.yml") : catalog, "file", Files::exists);
    }

    /** The folder of jobs; empty when the built-in jobs apply. */
    Optional<Path> jobsFolder() {
        return there(jobs == null ? Path.of("jobs") : jobs, "folder", Files::isDirectory);
    }

    /** A link to nothing, or a file in place of a folder, is no reason to go on with what is built in. */
    private static Optional<Path> there(Path place, String kind, Predicate<Path> exists) {
        if (exists.test(place)) {
            return Optional.of(place);
        }
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new IllegalArgumentException(place + " is there, but it is no " + kind + " nor a link to one");
        }
        return Optional.empty();
    }

    private static void requireThere(String setting, String kind, @Nullable Path place, Predicate<Path> exists) {
        if (place != null && !exists.test(place)) {
            throw new IllegalArgumentException(setting + ": there is no " + kind + " " + place);
        }
    }
}
