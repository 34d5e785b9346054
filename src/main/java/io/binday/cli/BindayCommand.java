package io.binday.cli;

import picocli.CommandLine.Command;

/** The program itself; it does nothing without a command. */
@Command(
        name = "binday",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "A trash, a restore and a nightly bin day for the assets in a MySQL-backed CMS.",
        footer = {
            "",
            "Exit codes: 0 done, 1 failed, 2 usage, 3 done with rejects, 5 not confirmed,",
            "6 owned by another process, 130/143 stopped by a signal."
        },
        synopsisSubcommandLabel = "COMMAND")
final class BindayCommand {

    BindayCommand() {}
}
