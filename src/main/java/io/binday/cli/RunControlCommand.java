package io.binday.cli;

import io.binday.run.Control;
import io.binday.run.RunControls;
import io.binday.run.RunLine;
import io.binday.run.RunRecords;
import io.binday.run.RunStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the commands that ask something of a run's process have in common; it may be on another machine. */
abstract class RunControlCommand extends LightCommand {

    @Parameters(paramLabel = "N", description = "the run's number")
    private long run;

    RunControlCommand(Session session) {
        super(session);
    }

    /** Asks for it and says what will happen. */
    abstract String ask(RunControls controls, Application application, long runId);

    @Override
    final int execute(Application application) {
        application.terminal().say(application.place());
        String said = ask(application.the(RunControls.class), application, run);
        if (json()) {
            RunLine line = application.the(RunRecords.class).line(run);
            application.answer(RunLineJson.of(line));
        } else {
            application.terminal().print(said);
        }
        return exitCode(application.the(RunRecords.class).line(run));
    }

    /** What the command comes to, with the run as it is now. */
    int exitCode(RunLine now) {
        return ExitCode.DONE;
    }

    /** {@code run stop}. */
    @Command(name = "stop", description = "Ends a run after the chunks it has begun; it can be restarted.")
    static final class Stop extends RunControlCommand {

        private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
        private static final int PATIENCE = 60;

        Stop(Session session) {
            super(session);
        }

        @Override
        int exitCode(RunLine now) {
            return now.status() == RunStatus.RUNNING ? ExitCode.FAILED : ExitCode.DONE;
        }

        @Override
        String ask(RunControls controls, Application application, long runId) {
            controls.stop(runId, application.runs().who());
            application.terminal().say("Run " + runId + " is to stop after the chunks it has begun …");
            RunRecords records = application.the(RunRecords.class);
            for (int i = 0; i < PATIENCE; i++) {
                RunStatus status = records.line(runId).status();
                if (status != RunStatus.RUNNING) {
                    return "Run " + runId + " is " + status + ". Look at it: " + Launcher.command("run show " + runId);
                }
                if (application.interruption().stop().sleep(LOOK_AGAIN)) {
                    break;
                }
            }
            return "Run " + runId + " has not stopped yet; follow it: " + Launcher.command("run watch " + runId);
        }
    }

    /** {@code run pause}. */
    @Command(name = "pause", description = "Makes a run wait after the chunks it has begun until it is resumed.")
    static final class Pause extends RunControlCommand {

        Pause(Session session) {
            super(session);
        }

        @Override
        String ask(RunControls controls, Application application, long runId) {
            controls.pause(runId, application.runs().who());
            return "Run " + runId + " waits after the chunks it has begun; go on with: "
                    + Launcher.command("run resume " + runId);
        }
    }

    /** {@code run resume}. */
    @Command(name = "resume", description = "Lets a paused run go on.")
    static final class Resume extends RunControlCommand {

        Resume(Session session) {
            super(session);
        }

        @Override
        String ask(RunControls controls, Application application, long runId) {
            controls.resume(runId);
            return "Run " + runId + " goes on.";
        }
    }

    /** {@code run throttle}. */
    @Command(name = "throttle", description = "Sets how fast a run may be, while it is running.")
    static final class Throttle extends RunControlCommand {

        private static final Pattern RATE = Pattern.compile("([0-9]{1,7})/s");

        @Option(
                names = "--rate",
                required = true,
                paramLabel = "RATE",
                description = "values a second at most, for example 500/s; none for full speed",
                order = 1)
        private String rate = "";

        Throttle(Session session) {
            super(session);
        }

        @Override
        String ask(RunControls controls, Application application, long runId) {
            if ("none".equals(rate)) {
                controls.throttle(runId, Optional.empty());
                return "Run " + runId + " goes as fast as it can.";
            }
            Matcher matcher = RATE.matcher(rate);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("--rate must be like 500/s, or none, but was '" + rate + "'");
            }
            int wanted = Integer.parseInt(matcher.group(1));
            controls.throttle(
                    runId,
                    Optional.of(new Control.Pace(wanted, application.runs().who())));
            return "Run " + runId + " settles at most " + Sizes.count(wanted) + " values a second.";
        }
    }
}
