package io.binday.cli;

import io.binday.schedule.ScheduleOverview;
import io.binday.schedule.ScheduledJob;
import io.binday.schedule.ScheduledJob.State;
import io.binday.schedule.Schedules;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code schedule list}: what is due when. */
@Command(name = "list", description = "Shows the jobs that have a schedule: last result, next time, state.")
final class ScheduleListCommand extends LightCommand {

    ScheduleListCommand(Session session) {
        super(session);
    }

    /** The answer as JSON. */
    record Answer(List<ScheduledJob> schedules, Collection<String> problems) {}

    @Override
    int execute(Application application) {
        ScheduleOverview.Listing listing =
                application.the(ScheduleOverview.class).list();
        Collection<String> problems = listing.problems().values();
        if (json()) {
            application.answer(new Answer(listing.schedules(), problems));
        } else {
            show(application, listing.schedules());
        }
        problems.forEach(problem -> application.terminal().say("error: " + problem));
        return problems.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static void show(Application application, List<ScheduledJob> schedules) {
        Terminal terminal = application.terminal();
        if (schedules.isEmpty()) {
            terminal.say("No job has a schedule.");
            return;
        }
        Table table = new Table("job", "state", "next at", "last at", "last run", "cron", "zone");
        schedules.forEach(job -> table.add(
                job.name(),
                job.state().name(),
                job.nextFire().map(Object::toString).orElse("-"),
                job.lastFire().map(Object::toString).orElse("-"),
                job.lastRun()
                        .map(run -> run + " " + job.lastStatus().map(Enum::name).orElse(""))
                        .orElse("-"),
                job.cron(),
                job.zone()));
        table.lines().forEach(terminal::print);
        schedules.forEach(job -> job.inFile()
                .ifPresent(times -> terminal.say(job.name() + ": its file says " + times
                        + " by now; daemons go by that when they are started again")));
        if (schedules.stream().anyMatch(job -> job.state() == State.GONE)) {
            terminal.say(
                    "GONE: no job file here has a schedule for it; a daemon that starts with these files removes it, unless there is none");
        }
        if (schedules.stream().anyMatch(job -> job.state() == State.NEW)) {
            terminal.say("NEW: no daemon has taken it over yet; "
                    + (application.the(Schedules.class).isServed()
                            ? "start the daemons again"
                            : "start one: " + Launcher.command("serve")));
        }
    }
}
