package io.binday.cli;

import io.binday.input.InputSpec;
import io.binday.input.Inputs;
import io.binday.run.RunLine;
import io.binday.run.RunRecords;
import io.binday.run.RunRequest;
import io.binday.trash.OperationName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code restore}: gives assets back from the trash. */
@Command(
        name = "restore",
        description = "Gives assets back from the trash, with every reference whose place is still there and free.")
final class RestoreCommand extends BaseCommand {

    @ArgGroup(multiplicity = "1", order = 1)
    private Source source = new Source();

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "why; kept with the run (default: ${DEFAULT-VALUE})",
            defaultValue = "restore",
            order = 5)
    private String reason = "";

    @Option(names = "--again", description = "run a file once more that was completed before", order = 6)
    private boolean again;

    @Mixin
    private Consenting consenting = new Consenting();

    RestoreCommand(Session session) {
        super(session);
    }

    /** Where the asset IDs come from: a file, the command line, or the run that trashed them. */
    static final class Source extends ListedAssets {

        @Option(
                names = "--run",
                paramLabel = "N",
                required = true,
                description = "everything that run N has trashed",
                order = 4)
        private @Nullable Long run;

        @Override
        InputSpec spec(Inputs inputs) {
            return run == null ? super.spec(inputs) : new InputSpec.Run(run);
        }
    }

    @Override
    int execute(Application application) {
        InputSpec spec = source.spec(application.inputs());
        if (spec instanceof InputSpec.Run run) {
            requireTrash(application.the(RunRecords.class).line(run.runId()));
        }
        RunRequest request = application.request(OperationName.RESTORE, spec, reason);
        return new Launch(application, json()).start(request, again, consenting.consent());
    }

    /** The number of another run would be the wrong number. */
    private static void requireTrash(RunLine run) {
        if (run.operation() != OperationName.TRASH) {
            throw new IllegalArgumentException("run %d is a %s, and has trashed nothing; see which one has: %s"
                    .formatted(run.id(), run.operation(), Launcher.command("run list")));
        }
    }
}
