package io.binday.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.TimeZone;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The command line: parses it, runs one command and gives back its exit code. */
public final class Cli {

    private Cli() {}

    /**
     * Runs one command.
     *
     * @param application the class that configures the Spring application
     */
    public static int run(Class<?> application, String... args) {
        // Every time Binday shows or stores is UTC, whatever the machine thinks.
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        // The embedded database lets a second process in; it must listen to this machine only.
        System.setProperty("h2.bindAddress", "127.0.0.1");
        Terminal terminal = Terminal.ofProcess();
        try (Interruption interruption = new Interruption(terminal)) {
            int exit = commandLine(new Session(application, terminal, interruption))
                    .execute(args);
            return interruption.exitCode(exit);
        }
    }

    static CommandLine commandLine(Session session) {
        CommandLine line = new CommandLine(new BindayCommand())
                .addSubcommand(new DemoCommand(session))
                .addSubcommand(new SampleCommand(session))
                .addSubcommand(new TrashCommand(session))
                .addSubcommand(new RestoreCommand(session))
                .addSubcommand(new HoldCommand(session))
                .addSubcommand(new ReleaseCommand(session))
                .addSubcommand(new PurgeCommand(session))
                .addSubcommand(new StartCommand(session))
                .addSubcommand(new ListCommand(session))
                .addSubcommand(new CommandLine(new RunCommand())
                        .addSubcommand(new RunListCommand(session))
                        .addSubcommand(new RunShowCommand(session))
                        .addSubcommand(new RunWatchCommand(session))
                        .addSubcommand(new RunApproveCommand(session))
                        .addSubcommand(new RunControlCommand.Stop(session))
                        .addSubcommand(new RunControlCommand.Pause(session))
                        .addSubcommand(new RunControlCommand.Resume(session))
                        .addSubcommand(new RunControlCommand.Throttle(session))
                        .addSubcommand(new RunRestartCommand(session))
                        .addSubcommand(new RunEndingCommand.Recover(session))
                        .addSubcommand(new RunEndingCommand.Resolve(session))
                        .addSubcommand(new RunEndingCommand.Abandon(session))
                        .addSubcommand(new RunRetryCommand(session))
                        .addSubcommand(new RunRejectsCommand(session))
                        .addSubcommand(new RunReferencesCommand(session)))
                .addSubcommand(new CommandLine(new AssetCommand()).addSubcommand(new AssetHistoryCommand(session)))
                .addSubcommand(new AuditCommand(session))
                .addSubcommand(new HousekeepingCommand(session))
                .addSubcommand(new CommandLine(new ScheduleCommand())
                        .addSubcommand(new ScheduleListCommand(session))
                        .addSubcommand(new ScheduleControlCommand.Run(session))
                        .addSubcommand(new ScheduleControlCommand.Pause(session))
                        .addSubcommand(new ScheduleControlCommand.Resume(session)))
                .addSubcommand(new ServeCommand(session))
                .addSubcommand(new CommandLine(new CatalogCommand())
                        .addSubcommand(new CatalogCheckCommand(session))
                        .addSubcommand(new CatalogDiscoverCommand(session))
                        .addSubcommand(new CatalogInstallCommand(session)));
        line.setOut(new PrintWriter(session.terminal().out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(session.terminal().err(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler(new UsageError(session.terminal()));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setAbbreviatedSubcommandsAllowed(false);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.AUTO));
        line.setUsageHelpAutoWidth(true);
        return line;
    }
}
