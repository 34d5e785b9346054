package io.binday.cli;

import io.binday.catalog.Privileges;
import io.binday.run.RunNotTakenException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What to say of a database that cannot be used, has refused something, or was lost. */
final class DatabaseFailure {

    /** By its name: most commands never load the driver's classes. */
    private static final String MALFORMED_URL = "com.mysql.cj.exceptions.WrongArgumentException";

    /** What the pool says to whoever uses a connection that it has closed. */
    private static final String OF_THE_POOL = "Connection is closed";

    private static final int UNKNOWN_VARIABLE = 1193;
    private static final Pattern OF_MYSQL_8 = Pattern.compile("'(transaction_isolation|max_execution_time)'");
    private static final int ER_CON_COUNT = 1040;
    private static final int ER_LOCK_WAIT_TIMEOUT = 1205;
    private static final Set<Integer> LIMITS_OF_THE_USER = Set.of(1203, 1226);

    private static final int H2_ALREADY_OPEN = 90020;

    private final Causes causes;

    DatabaseFailure(Causes causes) {
        this.causes = causes;
    }

    /** What happened, and what to do; empty when it is not of the database. */
    Optional<String> message() {
        Optional<MigrationFailedException> migration = causes.first(MigrationFailedException.class);
        if (migration.isPresent()) {
            return Optional.of(migration.get().getMessage() + ": " + line()
                    + (isDenied()
                            ? "\nNo asset was touched. Where this has been done before, this user lacks SELECT and cannot see it; else the"
                                    + " next start goes on with it, and needs the rights of binday_migrate in src/docs/grants.md"
                            : "\nNo asset was touched. When the cause is mended, the next start goes on with it; see"
                                    + " config/README.md for what the server must allow"));
        }
        if (causes.thrown() instanceof NoDatabaseException) {
            return Optional.of("cannot use the database " + causes.thrown().getMessage() + ": " + whyNotUsed());
        }
        Optional<Long> lost = causes.first(RunLostException.class).map(RunLostException::runId);
        Optional<Long> waiting = causes.first(RunNotTakenException.class).map(RunNotTakenException::runId);
        if (isDenied()) {
            Optional<Long> run = lost.or(() -> waiting);
            return Optional.of(run.map(id -> "run " + id + " cannot go on: ").orElse("")
                    + "this database user lacks a right: " + line()
                    + "\nWhat was committed stays; grant it as src/docs/grants.md says"
                    + run.map(id -> ", and then: binday run restart " + id).orElse(""));
        }
        if (waiting.isPresent()) {
            return Optional.of("run " + waiting.get() + " does not go on: " + line()
                    + "\nWhat was committed stays. When the cause is mended: binday run restart " + waiting.get());
        }
        if (lost.isPresent() && isRefused(Set.of(ER_LOCK_WAIT_TIMEOUT))) {
            return Optional.of(
                    "run " + lost.get() + " could not note how it stands, as somebody else keeps its rows locked: "
                            + line()
                            + "\nWhat was committed stays. While it waits, sys.innodb_lock_waits shows who; when the lock is gone: binday run resolve "
                            + lost.get());
        }
        if (lost.isPresent()) {
            return Optional.of("run " + lost.get() + " has lost the database: " + line()
                    + "\nWhat was committed stays. When the database is back: binday run resolve " + lost.get());
        }
        if (causes.has(SQLException.class)) {
            return Optional.of("the database refused or was lost: " + line()
                    + "\nWhat was committed stays; see where the runs are with: binday run list");
        }
        return Optional.empty();
    }

    /** Whether a right is missing, which will be so until somebody grants it. */
    boolean isDenied() {
        return causes.all().anyMatch(Privileges::isDenied);
    }

    private String whyNotUsed() {
        if (isUnknownServer()) {
            return "it is no MySQL 8.0, which Binday needs; it may be MariaDB, or an older MySQL (" + line()
                    + ")\nNothing was done.";
        }
        if (String.valueOf(causes.thrown().getMessage()).startsWith("embedded")) {
            return line() + "\nNothing was done. "
                    + (isBeingOpened()
                            ? "Another process has it open, or opens or closes it at this moment; end that one, or try again."
                            : "It is a file; may this user write there, and is there room?");
        }
        if (isDenied()) {
            return line()
                    + "\nNothing was done. This database user lacks a right; grant it as src/docs/grants.md says.";
        }
        if (isRefused(Set.of(ER_CON_COUNT))) {
            return line()
                    + "\nNothing was done. The server has no connection free: try again, end what keeps them, or raise"
                    + " max_connections.";
        }
        if (isRefused(LIMITS_OF_THE_USER)) {
            return line() + "\nNothing was done. This database user has reached a limit of its account.";
        }
        return line() + "\nNothing was done. Its address, user and password are explained in config/README.md;"
                + " with --profile mysql they come from BINDAY_DB_HOST, _PORT, _NAME, _USER and _PASSWORD.";
    }

    /** Two of the settings of our sessions MariaDB does not know, and they are the first thing it is asked for. */
    private boolean isUnknownServer() {
        return causes.each(SQLException.class)
                .anyMatch(refused -> refused.getErrorCode() == UNKNOWN_VARIABLE
                        && OF_MYSQL_8.matcher(Causes.words(refused)).find());
    }

    private boolean isRefused(Set<Integer> codes) {
        return causes.each(SQLException.class).anyMatch(refused -> codes.contains(refused.getErrorCode()));
    }

    /** Whether the embedded database was locked, or its lock was just being written. */
    private boolean isBeingOpened() {
        return causes.each(SQLException.class)
                .anyMatch(sql -> sql.getErrorCode() == H2_ALREADY_OPEN
                        || String.valueOf(sql.getMessage()).contains("ock file recently modified"));
    }

    /** What the driver says, and, where the way to the server is broken, what is wrong with it. */
    private String line() {
        Throwable root = causes.root();
        Optional<SQLException> refused = causes.first(SQLException.class);
        if (causes.all().anyMatch(cause -> MALFORMED_URL.equals(cause.getClass().getName()))) {
            // The driver would repeat a part of it, which may be one of the password.
            return "spring.datasource.url is malformed; give user and password as settings of their own, or with the"
                    + " characters / : @ ? & # written as %2F and so on";
        }
        String said = firstLine(refused.<Throwable>map(sql -> sql).orElse(root));
        return refused.isPresent() && root instanceof IOException ? said + ": " + firstLine(root) : said;
    }

    private static String firstLine(Throwable cause) {
        String line = Causes.words(cause).lines().findFirst().orElse("");
        return line.equals(OF_THE_POOL) ? "the connection to it was lost" : line;
    }
}
