package io.binday.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The database in use.
 *
 * @param place where it is, for a person: no user and no password
 * @param name the schema's name, or {@code embedded}
 */
public record Database(Dialect dialect, String place, String name) {

    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");
    private static final String EMBEDDED = "embedded ";
    private static final List<String> MODES =
            List.of("MODE=MYSQL", "DATABASE_TO_LOWER=TRUE", "CASE_INSENSITIVE_IDENTIFIERS=TRUE");
    /** Else the embedded database may forget what was committed in the last half a second before a {@code kill -9}. */
    private static final String DURABLE = "WRITE_DELAY=0";

    /** One host and a schema; in any other shape a password may hide anywhere. */
    private static final Pattern PLAIN_MYSQL =
            Pattern.compile("jdbc:mysql://((?:[A-Za-z0-9_.\\-]*|\\[[0-9A-Fa-f:.]+])(?::[0-9]+)?/[A-Za-z0-9_$\\-]*)");

    /** Several hosts, or one with a user; what stands behind it is the schema, and no part of a password with a stroke. */
    private static final Pattern ANY_MYSQL = Pattern.compile("jdbc:mysql:.*//[^/]*[@(,][^/]*/([A-Za-z0-9_$\\-]+)");

    private static final String AS_CONFIGURED = "MySQL (as configured)";

    /**
     * The database behind a JDBC URL.
     *
     * @throws IllegalArgumentException when it is neither MySQL nor H2, or an H2 database that does not speak as MySQL does
     */
    public static Database ofUrl(String url) {
        Dialect dialect = Dialect.ofUrl(url);
        String bare = url.replaceFirst("[?;].*", "");
        return switch (dialect) {
            case MYSQL -> {
                Matcher plain = PLAIN_MYSQL.matcher(bare);
                Matcher schema = ANY_MYSQL.matcher(bare);
                yield new Database(
                        dialect,
                        plain.matches() ? "MySQL " + plain.group(1) : AS_CONFIGURED,
                        plain.matches()
                                ? plain.group(1).replaceFirst(".*/", "")
                                : schema.matches() ? schema.group(1) : AS_CONFIGURED);
            }
            case H2 -> {
                requireModes(url);
                yield new Database(
                        dialect, EMBEDDED + bare.substring("jdbc:h2:".length()).replaceFirst("^file:", ""), "embedded");
            }
        };
    }

    private static void requireModes(String url) {
        List<String> given = List.of(url.toUpperCase(Locale.ROOT).split(";", -1));
        if (!given.containsAll(MODES)) {
            throw new IllegalArgumentException("spring.datasource.url of an H2 database needs "
                    + String.join(";", MODES) + ";" + DURABLE + ": config/README.md");
        }
    }

    public boolean embedded() {
        return dialect == Dialect.H2;
    }

    /** Whether it is embedded and its file is not there, so that it will be created. */
    public boolean isToBeCreated() {
        return embedded() && file().map(file -> !Files.exists(file)).orElse(true);
    }

    /**
     * Creates the folder that the file of an embedded database will be in, for this user alone: whoever can read its lock file can
     * use the database while a process has it open. A folder that is there stays as it is.
     */
    public void createFolder() {
        file().map(Path::toAbsolutePath)
                .map(Path::getParent)
                .filter(Files::notExists)
                .ifPresent(folder -> {
                    try {
                        Files.createDirectories(
                                Optional.ofNullable(folder.getParent()).orElse(folder));
                        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER));
                        }
                    } catch (IOException e) {
                        // The database, which needs the folder, says what is wrong with it.
                    }
                });
    }

    private Optional<Path> file() {
        String path = embedded() ? place.substring(EMBEDDED.length()) : "mem:";
        return path.startsWith("mem:") ? Optional.empty() : Optional.of(Path.of(path + ".mv.db"));
    }
}
