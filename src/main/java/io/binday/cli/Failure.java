package io.binday.cli;

import io.binday.catalog.CatalogRefusedException;
import io.binday.document.InvalidDocumentException;
import io.binday.input.InputRefusedException;
import io.binday.run.IllegalRunStateException;
import io.binday.run.OwnedElsewhereException;
import java.sql.SQLException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.core.NestedExceptionUtils;
import tools.jackson.databind.json.JsonMapper;

/** A failure told once, in the words of the exception that says most, with the exit code it means. */
final class Failure {

    /** Exceptions whose message was written for the operator, most telling first. */
    private static final List<Class<? extends Exception>> WRITTEN = List.of(
            OwnedElsewhereException.class,
            InvalidDocumentException.class,
            InputRefusedException.class,
            CatalogRefusedException.class,
            IllegalRunStateException.class,
            NoSuchElementException.class);

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

    private String message() {
        Optional<Throwable> written = written();
        if (written.isPresent()) {
            return String.valueOf(written.get().getMessage());
        }
        Optional<Throwable> sql =
                causes().filter(SQLException.class::isInstance).findFirst();
        if (sql.isPresent() && starting) {
            return "cannot use the database: "
                    + firstLine(sql.get()).lines().findFirst().orElse("")
                    + "\nNothing was done. Its address, user and password are explained in config/README.md;"
                    + " with --profile mysql they come from BINDAY_DB_HOST, _PORT, _NAME, _USER and _PASSWORD.";
        }
        if (sql.isPresent()) {
            return "the database refused or was lost: "
                    + firstLine(sql.get()).lines().findFirst().orElse("")
                    + "\nWhat was committed stays; see where the run is with: binday run list";
        }
        return firstLine(NestedExceptionUtils.getMostSpecificCause(thrown))
                + (isUsage() ? "" : " (add --verbose to see where)");
    }

    private int exitCode() {
        Optional<Throwable> written = written();
        if (written.isEmpty()) {
            return isUsage() ? ExitCode.USAGE : ExitCode.FAILED;
        }
        if (written.get() instanceof OwnedElsewhereException) {
            return ExitCode.OWNED_ELSEWHERE;
        }
        boolean failed =
                written.get() instanceof CatalogRefusedException || written.get() instanceof IllegalRunStateException;
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

    private Stream<Throwable> causes() {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause);
    }

    private static String firstLine(Throwable cause) {
        String message = Optional.ofNullable(cause.getMessage()).orElse("");
        return message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}
