package io.binday.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code run approve}: carries out a plan. */
@Command(name = "approve", description = "Approves a plan and carries out that very run.")
final class RunApproveCommand extends BaseCommand {

    @Parameters(paramLabel = "N", description = "the run's number")
    private long run;

    RunApproveCommand(Session session) {
        super(session);
    }

    @Override
    int execute(Application application) {
        application.terminal().say(application.surroundings());
        return new Launch(application, json()).approve(run);
    }
}
