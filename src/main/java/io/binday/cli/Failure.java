package io.binday.cli;

import io.binday.catalog.CatalogRefusedException;
import io.binday.catalog.DiscoveryRefusedException;
import io.binday.catalog.RefusedException;
import io.binday.document.InvalidDocumentException;
import io.binday.input.InputRefusedException;
import io.binday.run.IllegalRunStateException;
import io.binday.run.OwnedElsewhereException;
import io.binday.run.Runs;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
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

    private final Throwable thrown;
    private final Causes causes;
    private final boolean starting;

    /**
     * A failure to be told.
     *
     * @param starting whether the application had not started yet, so that nothing can have been done
     */
    Failure(Throwable thrown, boolean starting) {
        this.thrown = thrown;
        this.causes = new Causes(Runs.first(thrown));
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
        return written()
                .<String>map(cause -> String.valueOf(cause.getMessage()))
                .or(new DatabaseFailure(causes)::message)
                .or(new SettingFailure(causes)::message)
                .orElseGet(() -> Causes.words(causes.root())
                        + (exitCode() == ExitCode.USAGE ? "" : " (add --verbose to see where)"));
    }

    private int exitCode() {
        if (causes.has(RunLostException.class)) {
            return new DatabaseFailure(causes).isDenied() ? ExitCode.FAILED : ExitCode.NEEDS_RESOLVE;
        }
        Optional<? extends Throwable> written = written();
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

    private Optional<? extends Throwable> written() {
        return WRITTEN.stream().flatMap(type -> causes.each(type)).findFirst();
    }

    private boolean isUsage() {
        return causes.thrown() instanceof IllegalArgumentException || new SettingFailure(causes).isPresent();
    }

    /** Nothing that goes wrong before the database is asked can have done anything. */
    private boolean isConfiguration() {
        return starting && !(causes.thrown() instanceof NoDatabaseException);
    }
}
