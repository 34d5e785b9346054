package io.binday.cli;

import io.binday.schedule.DatabaseWatch;
import io.binday.schedule.ScheduledJob;
import io.binday.schedule.Schedules;
import java.util.List;
import java.util.Map;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import picocli.CommandLine.Command;

/** {@code serve}: the daemon that starts jobs at their times. */
@Command(
        name = "serve",
        description =
                "Runs until it is stopped, and starts the jobs that have a schedule; health and metrics over HTTP.")
final class ServeCommand extends BaseCommand {

    ServeCommand(Session session) {
        super(session);
    }

    @Override
    Map<String, String> settings() {
        return Map.of(
                "spring.main.web-application-type",
                "servlet",
                EnableAutoConfiguration.ENABLED_OVERRIDE_PROPERTY,
                "true");
    }

    @Override
    int execute(Application application) {
        Terminal terminal = application.terminal();
        terminal.say(application.surroundings());
        List<ScheduledJob> schedules = application
                .the(Schedules.class)
                .start(application.interruption().stop(), Launcher::spellOut);
        if (schedules.isEmpty()) {
            terminal.say("No job has a schedule; see jobs/README.md.");
        }
        schedules.forEach(job -> terminal.say("%s: %s (%s), %s"
                .formatted(
                        job.name(),
                        job.cron(),
                        job.zone(),
                        job.nextFire()
                                .map(next -> "next at " + next)
                                .orElse(job.state().name()))));
        terminal.say("Serving; health and metrics at " + application.address() + ". Stop with Ctrl-C or SIGTERM.");
        application.interruption().during(() -> {
            application
                    .the(DatabaseWatch.class)
                    .start(application.interruption().stop());
            application.interruption().stop().await();
            application.the(Schedules.class).finish();
            return ExitCode.DONE;
        });
        terminal.say(
                "Stopped. The next daemon that starts goes on with what was not finished, or the next night of its job.");
        return ExitCode.DONE;
    }
}
