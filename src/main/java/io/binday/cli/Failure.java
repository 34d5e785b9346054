package io.binday.cli;

import io.binday.catalog.CatalogRefusedException;
import io.binday.catalog.DiscoveryRefusedException;
import io.binday.catalog.Privileges;
import io.binday.catalog.RefusedException;
import io.binday.document.InvalidDocumentException;
import io.binday.input.InputRefusedException;
import io.binday.run.IllegalRunStateException;
import io.binday.run.OwnedElsewhereException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.origin.Origin;
import org.springframework.core.NestedExceptionUtils;
import tools.jackson.databind.json.JsonMapper;

/** A failure told once, in the words of the exception that says most, with the exit code it means. */
final class Failure {

    /** Exceptions whose message was written for the operator, most telling first. */
    private static final List<Class<? extends Exception>> WRITTEN = List.of(
            OwnedElsewhereException.class,
            InvalidDocumentException.class,
            DiscoveryRefusedException.class,
            InputRefusedException.class,
            CatalogRefusedException.class,
            RefusedException.class,
            IllegalRunStateException.class,
            MigrationDueException.class,
            LaterSchemaException.class,
            NoSuchElementException.class);

    /** By its name: most commands never load the driver's classes. */
    private static final String MALFORMED_URL = "com.mysql.cj.exceptions.WrongArgumentException";

    private static final int UNKNOWN_VARIABLE = 1193;
    private static final Pattern OF_MYSQL_8 = Pattern.compile("'(transaction_isolation|max_execution_time)'");
    private static final int H2_ALREADY_OPEN = 90020;

    private final Throwable thrown;
    private final boolean starting;

    /**
     * A failure to be told.
     *
     * @param starting whether the application had not started yet, so that nothing can have been done
     */
    Failure(Throwable thrown, boolean starting) {
        this.thrown = thrown;
        this.starting = starting;
    }

    /** The fields of that answer. */
    private record Answer(String error, int exit) {}

    /** Tells the failure on standard error, and as JSON on standard output if wanted; returns the exit code. */
    int tell(Terminal terminal, boolean json, boolean verbose) {
        String message = Launcher.spellOut(message());
        terminal.say("error: " + message);
        if (json) {
            terminal.write(json(message, exitCode()));
        }
        if (verbose) {
            thrown.printStackTrace(terminal.err());
        }
        return exitCode();
    }

    /** The answer of a command with {@code -o json} that failed. */
    static String json(String message, int exitCode) {
        return JsonMapper.shared().writeValueAsString(new Answer(message, exitCode));
    }

    /** Two of the settings of our sessions MariaDB does not know, and they are the first thing it is asked for. */
    private boolean isUnknownServer() {
        return causes().anyMatch(link -> link instanceof SQLException refused
                && refused.getErrorCode() == UNKNOWN_VARIABLE
                && OF_MYSQL_8.matcher(words(refused)).find());
    }

    private String message() {
        Optional<Throwable> written = written();
        if (written.isPresent()) {
            return String.valueOf(written.get().getMessage());
        }
        if (causes().anyMatch(java.net.BindException.class::isInstance)) {
            if (words(NestedExceptionUtils.getMostSpecificCause(thrown)).contains("assign requested address")) {
                return "this machine has no such address: binday.serve.address";
            }
            return "the daemon cannot listen at its port: "
                    + words(NestedExceptionUtils.getMostSpecificCause(thrown))
                    + "; another daemon may be there; choose another port with binday.serve.port";
        }
        Optional<Throwable> migration =
                causes().filter(MigrationFailedException.class::isInstance).findFirst();
        if (migration.isPresent()) {
            return migration.get().getMessage() + ": " + sqlLine()
                    + (causes().anyMatch(Privileges::isDenied)
                            ? "\nNo asset was touched. The next start goes on with it; it needs the rights of binday_migrate in"
                                    + " src/docs/grants.md"
                            : "\nNo asset was touched. When the cause is mended, the next start goes on with it; see"
                                    + " config/README.md for what the server must allow");
        }
        if (thrown instanceof NoDatabaseException && isUnknownServer()) {
            return "cannot use the database " + thrown.getMessage()
                    + ": it is no MySQL 8.0, which Binday needs; it may be MariaDB, or an older MySQL (" + sqlLine()
                    + ")\nNothing was done.";
        }
        if (thrown instanceof NoDatabaseException) {
            return "cannot use the database " + thrown.getMessage() + ": " + sqlLine()
                    + (String.valueOf(thrown.getMessage()).startsWith("embedded")
                            ? "\nNothing was done. "
                                    + (isBeingOpened()
                                            ? "Another process has it open, or opens or closes it at this moment; end that one, or try again."
                                            : "It is a file; may this user write there?")
                            : "\nNothing was done. Its address, user and password are explained in config/README.md;"
                                    + " with --profile mysql they come from BINDAY_DB_HOST, _PORT, _NAME, _USER and"
                                    + " _PASSWORD.");
        }
        if (thrown instanceof RunLostException lost) {
            return "run " + lost.runId() + " has lost the database: " + sqlLine()
                    + "\nWhat was committed stays. When the database is back: binday run resolve " + lost.runId();
        }
        if (causes().anyMatch(Privileges::isDenied)) {
            return "this database user lacks a right: " + sqlLine()
                    + "\nWhat was committed stays; grant it as src/docs/grants.md says";
        }
        if (causes().anyMatch(SQLException.class::isInstance)) {
            return "the database refused or was lost: " + sqlLine()
                    + "\nWhat was committed stays; see where the runs are with: binday run list";
        }
        return setting()
                .orElseGet(() -> words(NestedExceptionUtils.getMostSpecificCause(thrown))
                        + (exitCode() == ExitCode.USAGE ? "" : " (add --verbose to see where)"));
    }

    /** Whether the embedded database was locked, or its lock was just being written. */
    private boolean isBeingOpened() {
        return causes().anyMatch(cause -> cause instanceof SQLException sql
                && (sql.getErrorCode() == H2_ALREADY_OPEN
                        || String.valueOf(sql.getMessage()).contains("ock file recently modified")));
    }

    /** What the driver says, and, where the way to the server is broken, what is wrong with it. */
    private String sqlLine() {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(thrown);
        Optional<Throwable> refused =
                causes().filter(SQLException.class::isInstance).findFirst();
        if (causes().anyMatch(cause -> MALFORMED_URL.equals(cause.getClass().getName()))) {
            // The driver would repeat a part of it, which may be one of the password.
            return "spring.datasource.url is malformed; give user and password as settings of their own, or with the"
                    + " characters / : @ ? & # written as %2F and so on";
        }
        String said = firstLine(refused.orElse(root));
        return refused.isPresent() && root instanceof IOException ? said + ": " + firstLine(root) : said;
    }

    private static String firstLine(Throwable cause) {
        return words(cause).lines().findFirst().orElse("");
    }

    /** A setting that cannot be read: its name, its value and where it was made. */
    private Optional<String> setting() {
        List<BindException> refused = causes().filter(BindException.class::isInstance)
                .map(BindException.class::cast)
                .toList();
        if (refused.isEmpty()) {
            return Optional.empty();
        }
        BindException bind = refused.get(refused.size() - 1);
        Optional<ConfigurationProperty> property = Optional.ofNullable(bind.getProperty());
        String where = property.map(ConfigurationProperty::getOrigin)
                .map(Failure::place)
                .orElse("");
        String value = property.map(found -> " = '" + found.getValue() + "'").orElse("");
        String why = words(NestedExceptionUtils.getMostSpecificCause(thrown));
        if (causes().anyMatch(UnboundConfigurationPropertiesException.class::isInstance)) {
            return Optional.of("there is no such setting: " + unknown() + "; config/README.md lists them");
        }
        if (bind.getName().toString().equals("server.address")) {
            return Optional.of("binday.serve.address cannot be used: " + why);
        }
        if (why.startsWith("binday.")) {
            return Optional.of(why + where);
        }
        return Optional.of("setting " + bind.getName() + value + where + " cannot be used: " + why);
    }

    /** For example {@code " (config/application.yml:3:17)"}. */
    static String place(Origin origin) {
        return " (" + origin.toString().replaceFirst("^URL \\[file:(.*)] - ", "$1:") + ")";
    }

    private String unknown() {
        return causes().filter(UnboundConfigurationPropertiesException.class::isInstance)
                .map(UnboundConfigurationPropertiesException.class::cast)
                .flatMap(unbound -> unbound.getUnboundProperties().stream())
                .map(property -> property.getName()
                        + Optional.ofNullable(property.getOrigin())
                                .map(Failure::place)
                                .orElse(""))
                .collect(Collectors.joining(", "));
    }

    private int exitCode() {
        if (thrown instanceof RunLostException) {
            return ExitCode.NEEDS_RESOLVE;
        }
        Optional<Throwable> written = written();
        if (written.isEmpty()) {
            return isUsage() || isConfiguration() ? ExitCode.USAGE : ExitCode.FAILED;
        }
        if (written.get() instanceof OwnedElsewhereException) {
            return ExitCode.OWNED_ELSEWHERE;
        }
        boolean failed = written.get() instanceof CatalogRefusedException
                || written.get() instanceof RefusedException
                || written.get() instanceof IllegalRunStateException;
        return failed ? ExitCode.FAILED : ExitCode.USAGE;
    }

    private Optional<Throwable> written() {
        return WRITTEN.stream()
                .flatMap(type -> causes().filter(type::isInstance))
                .findFirst();
    }

    private boolean isUsage() {
        return thrown instanceof IllegalArgumentException
                || causes().anyMatch(cause ->
                        cause instanceof BindException || cause instanceof ConfigurationPropertiesBindException);
    }

    /** Nothing that goes wrong before the database is asked can have done anything. */
    private boolean isConfiguration() {
        return starting && !(thrown instanceof NoDatabaseException);
    }

    private Stream<Throwable> causes() {
        return causes(thrown);
    }

    static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause);
    }

    /** The whole message. The exceptions of files often say no more than which file it was. */
    private static String words(Throwable cause) {
        if (cause instanceof FileSystemException file && file.getReason() == null) {
            String why = file instanceof AccessDeniedException
                    ? "this user may not read or write it"
                    : file instanceof NoSuchFileException ? "there is no such file" : "it cannot be used";
            return file.getFile() + ": " + why;
        }
        String message = Optional.ofNullable(cause.getMessage()).orElse("");
        return message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}
