package io.binday.cli;

import io.binday.input.InputSpec;
import io.binday.run.RunRequest;
import io.binday.trash.OperationName;
import io.binday.trash.Retention;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code purge}: removes what has been in the trash for long enough, for good. */
@Command(
        name = "purge",
        description = "Removes for good what has been in the trash for longer than the retention and is not on hold.")
final class PurgeCommand extends BaseCommand {

    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            description = "only what was trashed longer ago than this, for example 30d (default: the retention)",
            order = 1)
    private @Nullable String olderThan;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "why; kept with the run (default: ${DEFAULT-VALUE})",
            defaultValue = "retention is over",
            order = 5)
    private String reason = "";

    @Option(names = "--dry-run", description = "stage and count only; the plan can be approved later", order = 10)
    private boolean dryRun;

    @Option(
            names = "--confirm",
            paramLabel = "NAME",
            description = "the environment's name, in place of being asked for it",
            order = 11)
    private @Nullable String confirm;

    PurgeCommand(Session session) {
        super(session);
    }

    @Override
    int execute(Application application) {
        Environment environment = Environment.of(application);
        boolean confirmed = environment.isConfirmed(Optional.ofNullable(confirm));
        Optional<Duration> age = Optional.ofNullable(olderThan).map(text -> Sizes.time("--older-than", text));
        InputSpec spec = new InputSpec.Expired(application.the(Retention.class).cutoff(age));
        RunRequest request = application.request(OperationName.PURGE, spec, reason);
        Launch.Consent consent = confirmed ? Launch.Consent.GIVEN : Launch.Consent.ASK;
        return new Launch(application, json(), Optional.of(environment.name()))
                .start(request, true, dryRun ? Launch.Consent.DRY_RUN : consent);
    }
}
