package io.binday.cli;

import io.binday.run.RunReport;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run approve}: carries out a plan. */
@Command(name = "approve", description = "Approves a plan and carries out that very run.")
final class RunApproveCommand extends BaseCommand {

    @Parameters(paramLabel = "N", description = "the run's number")
    private long run;

    RunApproveCommand(Session session) {
        super(session);
    }

    @Option(
            names = "--confirm",
            paramLabel = "NAME",
            description = "for a purge: the environment's name, in place of being asked for it",
            order = 1)
    private @Nullable String confirm;

    @Override
    int execute(Application application) {
        application.terminal().say(application.surroundings());
        RunReport report = application.runs().report(run);
        Optional<Environment> environment =
                Environment.toConfirm(application, report.run().operation());
        if (environment.isEmpty()) {
            Environment.of(application).isConfirmed(Optional.ofNullable(confirm));
            return new Launch(application, json()).approve(run);
        }
        application.runs().requirePlan(run);
        Launch launch = new Launch(application, json(), environment.map(Environment::name));
        return environment.get().isConfirmed(Optional.ofNullable(confirm)) ? launch.approve(run) : launch.ask(report);
    }
}
