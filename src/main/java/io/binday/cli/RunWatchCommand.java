package io.binday.cli;

import io.binday.run.Control;
import io.binday.run.RunLine;
import io.binday.run.RunRecords;
import io.binday.run.RunReport;
import io.binday.run.RunSituation;
import io.binday.run.RunStatus;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code run watch}: follows a run that another process works on, until it ends. */
@Command(
        name = "watch",
        description =
                "Follows a run from another terminal until it ends; exit code as if it had run here (1 where it was stopped).")
final class RunWatchCommand extends LightCommand {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    /** Nobody owns a run for a moment when it begins and when it is taken over. */
    private static final int PATIENCE = 5;

    @Parameters(paramLabel = "N", description = "the run's number")
    private long run;

    RunWatchCommand(Session session) {
        super(session);
    }

    @Override
    int execute(Application application) {
        RunRecords records = application.the(RunRecords.class);
        Terminal terminal = application.terminal();
        RunLine line = records.line(run);
        try (RunDisplay display = new RunDisplay(run, terminal)) {
            boolean begun = false;
            Control asked = Control.NONE;
            int silent = 0;
            while (line.status() == RunStatus.RUNNING && silent < PATIENCE) {
                silent = line.situation() == RunSituation.ORPHANED ? silent + 1 : 0;
                if (!begun && line.total().isPresent()) {
                    display.begin(line.operation().word(), line.total().getAsLong(), line.done() + line.rejected());
                    begun = true;
                } else if (begun) {
                    display.reached(line.done() + line.rejected());
                }
                if (!asked.equals(line.control())) {
                    asked = line.control();
                    display.asked(asked);
                }
                if (application.interruption().stop().sleep(LOOK_AGAIN)) {
                    break;
                }
                line = records.line(run);
            }
        }
        RunReport report = application.runs().report(run);
        if (json()) {
            application.answer(RunJson.of(report));
        } else {
            RunText.report(report).forEach(terminal::print);
            if (report.run().status() != RunStatus.COMPLETED) {
                RunText.sayNext(terminal, RunText.next(report));
            }
        }
        return Launch.exitCode(report);
    }
}
