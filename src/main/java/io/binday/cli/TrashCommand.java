package io.binday.cli;

import io.binday.input.InputSpec;
import io.binday.input.Inputs;
import io.binday.run.RunRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
    private Source source = new Source();

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why; kept with the run", order = 5)
    private String reason = "";

    @Option(names = "--again", description = "run a file once more that was completed before", order = 6)
    private boolean again;

    @Mixin
    private Consenting consenting = new Consenting();

    TrashCommand(Session session) {
        super(session);
    }

    /** Where the asset IDs come from: a file or the command line. */
    static final class Source {

        @ArgGroup(exclusive = false, multiplicity = "1")
        private @Nullable CsvFile csv;

        @Option(
                names = "--id",
                paramLabel = "ID",
                arity = "1..*",
                required = true,
                description = "asset IDs",
                order = 3)
        private @Nullable List<String> ids;
    }

    /** A CSV file. */
    static final class CsvFile {

        @Option(
                names = "--csv",
                paramLabel = "FILE",
                required = true,
                description = "a CSV file with asset IDs; - for standard input",
                order = 1)
        private String file = "";

        @Option(
                names = "--column",
                paramLabel = "NAME|NUMBER",
                description = "its column with the asset IDs, where that is not plain",
                order = 2)
        private @Nullable String column;
    }

    @Override
    int execute(Application application) {
        Launch.Consent consent = consenting.consent();
        RunRequest request = new RunRequest(
                "trash",
                "trash",
                reason,
                application.runs().who(),
                application.inputs().open(spec(application.inputs())),
                application.runs().chunkSize(),
                consent == Launch.Consent.GIVEN);
        return new Launch(application, json()).start(request, again, consent);
    }

    private InputSpec spec(Inputs inputs) {
        if (source.csv != null) {
            return inputs.csv(source.csv.file, Optional.ofNullable(source.csv.column), System.in);
        }
        return new InputSpec.Ids(source.ids == null ? List.of() : source.ids);
    }
}
