package io.binday.cli;

import io.binday.run.Housekeeping;
import io.binday.run.Housekeeping.Result;
import io.binday.run.StopSignal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code housekeeping}: removes what nobody needs of runs that ended long ago. */
@Command(
        name = "housekeeping",
        description = "Removes work items and job repository entries of runs that ended long ago; never runs, events or"
                + " the ledger.")
final class HousekeepingCommand extends BaseCommand {

    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            description = "only of runs that ended longer ago than this, at least 1d (default: 90d)",
            order = 1)
    private @Nullable String olderThan;

    @Mixin
    private Consenting consenting = new Consenting();

    HousekeepingCommand(Session session) {
        super(session);
    }

    /** The answer as JSON. */
    record Answer(boolean executed, Result removed) {}

    @Override
    int execute(Application application) {
        Terminal terminal = application.terminal();
        terminal.say(application.surroundings());
        Duration age = Optional.ofNullable(olderThan)
                .map(text -> Sizes.time("--older-than", text))
                .orElse(Housekeeping.USUAL_AGE);
        Housekeeping housekeeping = application.the(Housekeeping.class);
        Launch.Consent consent = consenting.consent();
        if (consent == Launch.Consent.GIVEN) {
            return told(application, true, work(application, housekeeping, age));
        }
        Result plan = housekeeping.plan(age);
        if (consent == Launch.Consent.DRY_RUN || (plan.runs() == 0 && plan.items() == 0)) {
            return told(application, false, plan);
        }
        terminal.say(words("Would remove", plan));
        if (!terminal.interactive()) {
            return left(application, "Not confirmed: nobody can be asked here (or add --yes).", plan);
        }
        String answer = terminal.ask("Remove them? [y/N]").orElse("");
        if (!answer.equalsIgnoreCase("y") && !answer.equalsIgnoreCase("yes")) {
            return left(application, "Not confirmed.", plan);
        }
        return told(application, true, work(application, housekeeping, age));
    }

    private int left(Application application, String why, Result plan) {
        application.terminal().say(why + " Nothing was removed.");
        if (json()) {
            told(application, false, plan);
        }
        return ExitCode.NOT_CONFIRMED;
    }

    private static Result work(Application application, Housekeeping housekeeping, Duration age) {
        return application.interruption().during(() -> {
            StopSignal stop = application.interruption().stop();
            Result removed = housekeeping.work(age, stop);
            if (stop.isRequested()) {
                application.terminal().say("Stopped; the next housekeeping removes what is left.");
            }
            return removed;
        });
    }

    private int told(Application application, boolean executed, Result result) {
        if (json()) {
            application.answer(new Answer(executed, result));
        } else {
            application.terminal().print(words(executed ? "Removed" : "Would remove", result));
        }
        return ExitCode.DONE;
    }

    private static String words(String verb, Result result) {
        return "%s %s and %s of %s that ended before %s."
                .formatted(
                        verb,
                        Sizes.count(result.items(), "work item"),
                        Sizes.count(result.attempts(), "attempt"),
                        Sizes.count(result.runs(), "run"),
                        result.before().truncatedTo(ChronoUnit.SECONDS));
    }
}
