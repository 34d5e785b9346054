package io.binday.catalog;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The database in use.
 *
 * @param place where it is, for a person: no user and no password
 */
public record Database(Dialect dialect, String place) {

    private static final String EMBEDDED = "embedded ";
    private static final List<String> MODES =
            List.of("MODE=MYSQL", "DATABASE_TO_LOWER=TRUE", "CASE_INSENSITIVE_IDENTIFIERS=TRUE");
    /** Else the embedded database may forget what was committed in the last half a second before a {@code kill -9}. */
    private static final String DURABLE = "WRITE_DELAY=0";

    /** One host and a schema; in any other shape a password may hide anywhere. */
    private static final Pattern PLAIN_MYSQL =
            Pattern.compile("jdbc:mysql://([A-Za-z0-9_.\\-\\[\\]:]*/[A-Za-z0-9_$\\-]*)");

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
                yield new Database(dialect, plain.matches() ? "MySQL " + plain.group(1) : "MySQL (as configured)");
            }
            case H2 -> {
                requireModes(url);
                yield new Database(
                        dialect, EMBEDDED + bare.substring("jdbc:h2:".length()).replaceFirst("^file:", ""));
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

    /** The schema's name, or {@code embedded}. */
    public String name() {
        return embedded() ? "embedded" : place.substring(place.lastIndexOf('/') + 1);
    }

    public boolean embedded() {
        return dialect == Dialect.H2;
    }

    /** Whether it is embedded and its file is not there, so that it will be created. */
    public boolean isToBeCreated() {
        String file = embedded() ? place.substring(EMBEDDED.length()) : "";
        return embedded() && (file.startsWith("mem:") || !Files.exists(Path.of(file + ".mv.db")));
    }
}
