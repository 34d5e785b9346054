package io.binday.cli;

import picocli.CommandLine.Command;

/** {@code asset}: the commands about one asset. */
@Command(
        name = "asset",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Tells what happened to an asset.",
        synopsisSubcommandLabel = "COMMAND")
final class AssetCommand {

    AssetCommand() {}
}
