package io.binday.cli;

import io.binday.catalog.CatalogDiscovery;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code catalog discover}: a first catalog for a database that Binday has not seen. */
@Command(
        name = "discover",
        description = "Prints a commented catalog.yml for an asset table, from what the database says of itself.")
final class CatalogDiscoverCommand extends LightCommand {

    @Option(
            names = "--asset-table",
            paramLabel = "NAME",
            required = true,
            description = "the table that holds the assets",
            order = 1)
    private String table = "";

    @Option(
            names = "--asset-schema",
            paramLabel = "NAME",
            description = "its schema, if it is not that of the connection",
            order = 2)
    private @Nullable String schema;

    CatalogDiscoverCommand(Session session) {
        super(session);
    }

    /** The answer as JSON. */
    record Answer(String catalog) {}

    @Override
    int execute(Application application) {
        String catalog = application.the(CatalogDiscovery.class).discover(table, Optional.ofNullable(schema));
        Terminal terminal = application.terminal();
        if (json()) {
            application.answer(new Answer(catalog));
            return ExitCode.DONE;
        }
        catalog.lines().forEach(terminal::print);
        terminal.say("Keep it as config/catalog.yml once it says what is true, then: "
                + Launcher.command("catalog check") + ", and " + Launcher.command("catalog install") + ".");
        return ExitCode.DONE;
    }
}
