package io.binday.cli;

import io.binday.run.RunReport;
import io.binday.run.RunStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code run show}: one run with its counts and what may be done next. */
@Command(name = "show", description = "Shows one run: its counts, its plan, and what may be done next.")
final class RunShowCommand extends LightCommand {

    @Parameters(paramLabel = "N", description = "the run's number")
    private long run;

    RunShowCommand(Session session) {
        super(session);
    }

    @Override
    int execute(Application application) {
        RunReport report = application.runs().report(run);
        Terminal terminal = application.terminal();
        if (json()) {
            application.answer(RunJson.of(report));
            return ExitCode.DONE;
        }
        RunText.report(report).forEach(terminal::print);
        AttemptText.attempts(report).forEach(terminal::print);
        if (report.run().status() == RunStatus.AWAITING_APPROVAL) {
            report.run()
                    .plan()
                    .ifPresent(plan ->
                            RunText.plan(report.run(), report.items(), plan).forEach(terminal::print));
        }
        RunText.sayNext(terminal, RunText.next(report));
        return ExitCode.DONE;
    }
}
