package io.binday.cli;

import picocli.CommandLine.Command;

/** {@code catalog}: the commands about the catalog. */
@Command(
        name = "catalog",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Compares the catalog with the database, and prepares the database for it.",
        synopsisSubcommandLabel = "COMMAND")
final class CatalogCommand {

    CatalogCommand() {}
}
