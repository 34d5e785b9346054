package io.binday.cli;

import io.binday.catalog.DiscoveryRefusedException;
import io.binday.catalog.RefusedException;
import io.binday.document.InvalidDocumentException;
import io.binday.input.InputRefusedException;
import io.binday.job.UnknownNameException;
import io.binday.run.FailureText;
import io.binday.run.IllegalRunStateException;
import io.binday.run.OwnedElsewhereException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** A failure told once, in the words of the exception that says most, with the exit code it means. */
final class Failure {

    /**
     * A kind of exceptions whose message was written for the operator.
     *
     * @param exitCode what it means for scripts
     */
    private record Written(Class<? extends Exception> type, int exitCode) {}

    /** The most telling first: of a chain of causes that of the first of these kinds is told. */
    private static final List<Written> WRITTEN = List.of(
            new Written(OwnedElsewhereException.class, ExitCode.OWNED_ELSEWHERE),
            new Written(InvalidDocumentException.class, ExitCode.USAGE),
            new Written(DiscoveryRefusedException.class, ExitCode.USAGE),
            new Written(InputRefusedException.class, ExitCode.USAGE),
            new Written(RefusedException.class, ExitCode.FAILED),
            new Written(IllegalRunStateException.class, ExitCode.FAILED),
            new Written(MigrationDueException.class, ExitCode.USAGE),
            new Written(LaterSchemaException.class, ExitCode.USAGE),
            new Written(UnknownNameException.class, ExitCode.USAGE));

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
        this.causes = new Causes(FailureText.first(thrown));
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
                .flatMap(kind -> causes.first(kind.type()))
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
        return written()
                .map(Written::exitCode)
                .orElseGet(() -> isUsage() || isConfiguration() ? ExitCode.USAGE : ExitCode.FAILED);
    }

    private Optional<Written> written() {
        return WRITTEN.stream().filter(kind -> causes.has(kind.type())).findFirst();
    }

    private boolean isUsage() {
        return causes.thrown() instanceof IllegalArgumentException || new SettingFailure(causes).isPresent();
    }

    /** Nothing that goes wrong before the database is asked can have done anything. */
    private boolean isConfiguration() {
        return starting && !(causes.thrown() instanceof NoDatabaseException);
    }
}
