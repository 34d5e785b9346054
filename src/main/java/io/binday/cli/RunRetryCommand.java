package io.binday.cli;

import io.binday.run.Run;
import io.binday.run.RunRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run retry}: a new run of just what an earlier one has rejected. */
@Command(name = "retry", description = "Starts a new run of just the rejected items of an ended one.")
final class RunRetryCommand extends BaseCommand {

    @Parameters(paramLabel = "N", description = "the number of the ended run")
    private long run;

    @Option(names = "--reason", paramLabel = "TEXT", description = "why (default: that of the earlier run)", order = 5)
    private @Nullable String reason;

    @Option(
            names = "--confirm",
            paramLabel = "NAME",
            description = "for a purge: the environment's name, in place of being asked for it",
            order = 9)
    private @Nullable String confirm;

    @Mixin
    private Consenting consenting = new Consenting();

    RunRetryCommand(Session session) {
        super(session);
    }

    @Override
    int execute(Application application) {
        Run earlier = application.runs().requireRetryable(run);
        Launch.Consent consent = consenting.consent();
        Optional<Environment> environment = Environment.toConfirm(application, earlier.operation());
        boolean confirmed = Environment.of(application).isConfirmed(Optional.ofNullable(confirm));
        if (environment.isPresent() && consent == Launch.Consent.GIVEN) {
            throw new IllegalArgumentException("a purge takes no --yes; it takes --confirm "
                    + environment.get().name() + ", the environment's name");
        }
        if (environment.isPresent() && consent != Launch.Consent.DRY_RUN) {
            consent = confirmed ? Launch.Consent.GIVEN : Launch.Consent.ASK;
        }
        RunRequest request = application
                .request(
                        earlier.operation(),
                        earlier.rejects(),
                        Optional.ofNullable(reason).orElse(earlier.reason()))
                .ofJob(earlier.job(), Optional.of(earlier.chunkSize()));
        return new Launch(application, json(), environment.map(Environment::name)).start(request, true, consent);
    }
}
