package io.binday.cli;

import io.binday.schedule.ScheduledJob;
import io.binday.schedule.Schedules;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code schedule list}: what is due when. */
@Command(name = "list", description = "Shows the jobs that have a schedule: last result, next time, state.")
final class ScheduleListCommand extends LightCommand {

    ScheduleListCommand(Session session) {
        super(session);
    }

    /** The answer as JSON. */
    record Answer(List<ScheduledJob> schedules) {}

    @Override
    int execute(Application application) {
        List<ScheduledJob> schedules = application.the(Schedules.class).list();
        Terminal terminal = application.terminal();
        if (json()) {
            application.answer(new Answer(schedules));
            return ExitCode.DONE;
        }
        if (schedules.isEmpty()) {
            terminal.say("No job has a schedule.");
            return ExitCode.DONE;
        }
        Table table = new Table("job", "state", "next at", "last at", "last run", "cron", "zone");
        schedules.forEach(job -> table.add(
                job.name(),
                job.state(),
                job.nextFire().map(Object::toString).orElse("-"),
                job.lastFire().map(Object::toString).orElse("-"),
                job.lastRun()
                        .map(run -> run + " " + job.lastStatus().map(Enum::name).orElse(""))
                        .orElse("-"),
                job.cron(),
                job.zone()));
        table.lines().forEach(terminal::print);
        if (schedules.stream().anyMatch(job -> "NEW".equals(job.state()))) {
            terminal.say("NEW: no daemon has taken it over yet; "
                    + (application.the(Schedules.class).isServed()
                            ? "start the daemons again"
                            : "start one: " + Launcher.command("serve")));
        }
        return ExitCode.DONE;
    }
}
