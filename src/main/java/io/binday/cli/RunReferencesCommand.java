package io.binday.cli;

import io.binday.trash.UnattachedReference;
import io.binday.trash.UnattachedStore;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code run references}: what a restore did not put back. */
@Command(
        name = "references",
        description = "Shows the references that a restore did not put back, with their places: publications to repeat,"
                + " slots that are taken, entries that are gone.")
final class RunReferencesCommand extends LightCommand {

    private static final int PAGE = 1_000;

    private static final List<Listing.Column<UnattachedReference>> COLUMNS = List.of(
            new Listing.Column<>("asset_id", "assetId", reference -> Optional.of(reference.assetId())),
            new Listing.Column<>("table", "table", reference -> Optional.of(reference.table())),
            new Listing.Column<>("reason", "reason", reference -> Optional.of(reference.fate())),
            new Listing.Column<>("place", "place", reference -> Optional.of(reference.place())));

    @Parameters(paramLabel = "N", description = "the run's number")
    private long run;

    RunReferencesCommand(Session session) {
        super(session);
    }

    @Override
    boolean writesCsv() {
        return true;
    }

    @Override
    int execute(Application application) {
        application.runs().requireRun(run);
        UnattachedStore store = application.the(UnattachedStore.class);
        new Listing<UnattachedReference>(
                        "references",
                        "references that were not put back",
                        COLUMNS,
                        "%-20s  %-10s  %s".formatted("asset", "reason", "reference"),
                        reference -> "%-20s  %-10s  %s: %s"
                                .formatted(reference.assetId(), reference.fate(), reference.table(), reference.place()),
                        last -> store.of(run, last.map(UnattachedReference::id).orElse(0L), PAGE))
                .write(output(), run, application);
        return ExitCode.DONE;
    }
}
