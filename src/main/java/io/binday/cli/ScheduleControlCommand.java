package io.binday.cli;

import io.binday.document.InvalidDocumentException;
import io.binday.job.UnknownNameException;
import io.binday.schedule.ScheduleOverview;
import io.binday.schedule.ScheduledJob;
import io.binday.schedule.Schedules;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What {@code schedule run}, {@code pause} and {@code resume} have in common. */
abstract class ScheduleControlCommand extends LightCommand {

    @Parameters(paramLabel = "NAME", description = "the job's name")
    private String name = "";

    ScheduleControlCommand(Session session) {
        super(session);
    }

    /** Does it and says what was done. */
    abstract String change(Schedules schedules, String job);

    @Override
    final int execute(Application application) {
        Terminal terminal = application.terminal();
        terminal.say(application.place());
        Schedules schedules = application.the(Schedules.class);
        if (json()) {
            // What cannot be answered is not done either.
            job(application);
        }
        String said = change(schedules, name);
        if (json()) {
            application.answer(job(application));
        } else {
            terminal.print(said);
        }
        return ExitCode.DONE;
    }

    private ScheduledJob job(Application application) {
        ScheduleOverview.Listing listing =
                application.the(ScheduleOverview.class).list();
        Optional<ScheduledJob> job = listing.named(name);
        Optional<String> problem = Optional.ofNullable(listing.problems().get(name));
        if (job.isEmpty() && problem.isPresent()) {
            throw new InvalidDocumentException(List.of(problem.get()));
        }
        return job.orElseThrow(() -> new UnknownNameException("no job file here has a schedule for '" + name
                + "', so -o json has nothing to show; go without it, or where the daemon's job files are"));
    }

    /** {@code schedule run}. */
    @Command(name = "run", description = "Has a daemon start a job now.")
    static final class Run extends ScheduleControlCommand {

        Run(Session session) {
            super(session);
        }

        @Override
        String change(Schedules schedules, String job) {
            if (!schedules.run(job)) {
                return "No daemon is up; the next one begins with " + job + ": " + Launcher.command("serve");
            }
            return "A daemon starts " + job + " within a few seconds; see what came of it with: "
                    + Launcher.command("schedule list");
        }
    }

    /** {@code schedule pause}. */
    @Command(name = "pause", description = "Keeps daemons from starting a job by itself until it is resumed.")
    static final class Pause extends ScheduleControlCommand {

        Pause(Session session) {
            super(session);
        }

        @Override
        String change(Schedules schedules, String job) {
            int givenUp = schedules.pause(job);
            return job + " is paused"
                    + (givenUp == 0
                            ? ""
                            : ", and %s that nobody had begun %s given up"
                                    .formatted(Sizes.count(givenUp, "start"), givenUp == 1 ? "is" : "are"))
                    + "; go on with: " + Launcher.command("schedule resume " + job);
        }
    }

    /** {@code schedule resume}. */
    @Command(
            name = "resume",
            description = "Lets daemons start a job by itself again; a missed time is made up for once.")
    static final class Resume extends ScheduleControlCommand {

        Resume(Session session) {
            super(session);
        }

        @Override
        String change(Schedules schedules, String job) {
            return schedules.resume(job)
                    ? job + " is active."
                    : job
                            + " is paused no longer, but has no time to come: change its cron, and start the daemons again.";
        }
    }
}
