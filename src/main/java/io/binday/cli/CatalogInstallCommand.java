package io.binday.cli;

import io.binday.catalog.CatalogInstall;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code catalog install}: creates the mirrors and brings them up to date. */
@Command(
        name = "install",
        description = "Creates the mirrors of the catalog's tables and brings them up to date; drops nothing.")
final class CatalogInstallCommand extends BaseCommand {

    @Option(names = "--dry-run", description = "print the statements without executing them", order = 1)
    private boolean dryRun;

    CatalogInstallCommand(Session session) {
        super(session);
    }

    /** The answer as JSON. */
    record Answer(boolean executed, List<String> statements) {}

    @Override
    int execute(Application application) {
        Terminal terminal = application.terminal();
        terminal.say(
                application.place() + " · catalog: " + application.catalog().source());
        CatalogInstall install = application.the(CatalogInstall.class);
        List<String> statements = dryRun ? install.plan() : install.install();
        if (json()) {
            application.answer(new Answer(!dryRun, statements));
            return ExitCode.DONE;
        }
        statements.forEach(statement -> terminal.print(statement + ";"));
        if (statements.isEmpty()) {
            terminal.say("Everything is in place.");
        } else {
            terminal.say(Sizes.count(statements.size(), "statement")
                    + (dryRun ? " would be executed." : " executed; the mirrors are in place."));
        }
        return ExitCode.DONE;
    }
}
