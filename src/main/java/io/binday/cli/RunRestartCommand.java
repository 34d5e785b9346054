package io.binday.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code run restart}: goes on with a run that was stopped, failed or lost its process. */
@Command(
        name = "restart",
        description = "Goes on with a run that was stopped, failed or lost its process, from the last committed chunk.")
final class RunRestartCommand extends BaseCommand {

    @Parameters(paramLabel = "N", description = "the run's number")
    private long run;

    RunRestartCommand(Session session) {
        super(session);
    }

    @Override
    int execute(Application application) {
        application.terminal().say(application.surroundings());
        return Launch.restart(application, json(), run);
    }
}
