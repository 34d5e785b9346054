package io.binday.cli;

import picocli.CommandLine.Command;

/** {@code run}: the commands about runs. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Shows and controls runs.",
        synopsisSubcommandLabel = "COMMAND")
final class RunCommand {

    RunCommand() {}
}
