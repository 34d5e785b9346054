package io.binday.cli;

import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command that needs the application has: its options, the start, and one telling of a failure. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false)
abstract class BaseCommand implements Callable<Integer> {

    /** How results are shown. */
    enum Output {
        TABLE,
        JSON,
        CSV
    }

    private final Session session;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "table (default) or json; csv too for run rejects and run references",
            defaultValue = "table",
            order = 90)
    private Output output = Output.TABLE;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--verbose", description = "log what happens, with stack traces", order = 92)
    private boolean verbose;

    BaseCommand(Session session) {
        this.session = session;
    }

    @Override
    public final Integer call() {
        if (output == Output.CSV && !writesCsv()) {
            session.terminal()
                    .say(Launcher.spellOut("error: -o csv is only for: binday run rejects, binday run references"));
            return ExitCode.USAGE;
        }
        Application application;
        try {
            application = session.start(profile(), verbose, settings());
        } catch (RuntimeException e) {
            return new Failure(e, true).tell(session.terminal(), json(), verbose);
        }
        return execute(application, session.terminal());
    }

    private int execute(Application started, Terminal terminal) {
        try (Application application = started) {
            int exit = execute(application);
            if (!terminal.arrived()) {
                terminal.say(
                        terminal.readerGone()
                                ? "Standard output was closed before everything was shown."
                                : "error: standard output could not be written; is the disk full?");
                return ExitCode.FAILED;
            }
            return exit;
        } catch (BeansException e) {
            boolean database = new Causes(e).has(SQLException.class);
            RuntimeException failure =
                    database ? new NoDatabaseException(started.database().place(), e) : e;
            return new Failure(failure, true).tell(terminal, json(), verbose);
        } catch (RuntimeException e) {
            return new Failure(e, false).tell(terminal, json(), verbose);
        }
    }

    private Optional<String> profile() {
        return spec == null ? Optional.empty() : ((BindayCommand) spec.root().userObject()).profile();
    }

    /** Settings that the command needs to be as they are. */
    Map<String, String> settings() {
        return Map.of();
    }

    /** Does the command's work and returns the exit code. */
    abstract int execute(Application application);

    /** Whether {@code -o csv} means something here. */
    boolean writesCsv() {
        return false;
    }

    final Output output() {
        return output;
    }

    final boolean json() {
        return output == Output.JSON;
    }
}
