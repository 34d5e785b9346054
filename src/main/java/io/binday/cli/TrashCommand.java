package io.binday.cli;

import io.binday.run.RunRequest;
import io.binday.trash.OperationName;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code trash}: moves assets to the trash. */
@Command(
        name = "trash",
        description = "Moves assets to the trash, taking every reference to them off entries and environments.")
final class TrashCommand extends BaseCommand {

    @ArgGroup(multiplicity = "1", order = 1)
    private ListedAssets source = new ListedAssets();

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why; kept with the run", order = 5)
    private String reason = "";

    @Option(names = "--again", description = "run a file once more that was completed before", order = 6)
    private boolean again;

    @Mixin
    private Consenting consenting = new Consenting();

    TrashCommand(Session session) {
        super(session);
    }

    @Override
    int execute(Application application) {
        RunRequest request = application.request(OperationName.TRASH, source.spec(application.inputs()), reason);
        return new Launch(application, json()).start(request, again, consenting.consent());
    }
}
