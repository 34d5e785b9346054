package io.binday.cli;

import picocli.CommandLine.Command;

/** {@code schedule}: the commands about schedules. */
@Command(
        name = "schedule",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Shows and controls what daemons start by themselves.",
        synopsisSubcommandLabel = "COMMAND")
final class ScheduleCommand {

    ScheduleCommand() {}
}
