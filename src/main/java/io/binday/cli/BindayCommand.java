package io.binday.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program itself; it does nothing without a command. */
@Command(
        name = "binday",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Moves assets of a MySQL-backed CMS to a trash, with every reference to them, and proves it.",
        footer = {
            "",
            "Exit codes: 0 done, 1 failed, 2 usage, 3 done with rejects, 5 not confirmed,",
            "6 owned by another process, 7 needs 'run resolve',",
            "129, 130, 143 stopped by a signal."
        },
        synopsisSubcommandLabel = "COMMAND")
final class BindayCommand {

    @Option(
            names = "--profile",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description = "a profile of the configuration, for example mysql",
            order = 91)
    private @Nullable String profile;

    BindayCommand() {}

    /** The profile asked for, before or after the command. */
    Optional<String> profile() {
        return Optional.ofNullable(profile);
    }
}
