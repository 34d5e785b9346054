package io.binday.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The command line: parses it, runs one command and gives back its exit code. */
public final class Cli {

    private static final String VERSION = "--version";
    /** What Java makes of a letter that the locale does not have. */
    private static final char REPLACED = '\ufffd';

    private Cli() {}

    /**
     * Runs one command.
     *
     * @param application the class that configures the Spring application
     */
    public static int run(Class<?> application, String... args) {
        // Every time Binday shows or stores is UTC, whatever the machine thinks.
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        // Numbers in statements, JSON and messages have the digits 0 to 9, also where people write others.
        Locale.setDefault(Locale.ROOT);
        // The embedded database lets a second process in; it must listen to this machine only.
        System.setProperty("h2.bindAddress", "127.0.0.1");
        // What Spring Boot would prepare in another thread is for web servers.
        System.setProperty("spring.backgroundpreinitializer.ignore", "true");
        Terminal terminal = Terminal.ofProcess();
        if (isQuick(args)) {
            Stream.of(new Version().getVersion()).forEach(terminal::print);
            return terminal.arrived() ? ExitCode.DONE : ExitCode.FAILED;
        }
        Optional<String> garbled = garbled(System.getenv(), args);
        if (garbled.isPresent()) {
            String message = "the letters of " + garbled.get()
                    + " did not arrive as they were typed; use a locale that has them, for example LC_ALL=C.UTF-8";
            return UsageError.tell(terminal, message, args);
        }
        try (Interruption interruption = new Interruption(terminal)) {
            int exit = commandLine(new Session(application, terminal, interruption), args)
                    .execute(args);
            return interruption.exitCode(exit);
        }
    }

    /** What has letters that the locale does not have. The value of a setting may be a secret. */
    private static Optional<String> garbled(Map<String, String> environment, String... args) {
        Stream<String> words =
                Stream.of(args).filter(word -> word.indexOf(REPLACED) >= 0).map(word -> "'" + word + "'");
        Stream<String> settings = environment.entrySet().stream()
                .filter(setting -> setting.getKey().matches("(BINDAY|SPRING)_.*")
                        && setting.getValue().indexOf(REPLACED) >= 0)
                .map(Map.Entry::getKey)
                .sorted();
        return Stream.concat(words, settings).findFirst();
    }

    /** Whether a command line asks for so little that it is answered at once. */
    public static boolean isQuick(String... args) {
        return args.length == 1 && VERSION.equals(args[0]);
    }

    /**
     * The program with those commands that the arguments may mean: picocli looks at every option of every command it is
     * given, which takes longer than most commands. With none that may be meant, all are there to be explained.
     */
    static CommandLine commandLine(Session session, String... args) {
        CommandLine line = new CommandLine(new BindayCommand());
        List<String> words = words(args);
        meant(commands(session, words), words).forEach(command -> line.addSubcommand(command.get()));
        line.setOut(new PrintWriter(session.terminal().out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(session.terminal().err(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler(new UsageError(session.terminal()));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setAbbreviatedSubcommandsAllowed(false);
        line.setExpandAtFiles(false);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.AUTO));
        line.setUsageHelpAutoWidth(true);
        return line;
    }

    private static Map<String, Supplier<Object>> commands(Session session, List<String> words) {
        List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("demo", () -> new DemoCommand(session));
        commands.put("sample", () -> new SampleCommand(session));
        commands.put("trash", () -> new TrashCommand(session));
        commands.put("restore", () -> new RestoreCommand(session));
        commands.put("hold", () -> new HoldCommand(session));
        commands.put("release", () -> new ReleaseCommand(session));
        commands.put("purge", () -> new PurgeCommand(session));
        commands.put("start", () -> new StartCommand(session));
        commands.put("list", () -> new ListCommand(session));
        commands.put("run", () -> group(new RunCommand(), ofRuns(session), rest));
        commands.put("asset", () -> group(new AssetCommand(), ofAssets(session), rest));
        commands.put("audit", () -> new AuditCommand(session));
        commands.put("housekeeping", () -> new HousekeepingCommand(session));
        commands.put("schedule", () -> group(new ScheduleCommand(), ofSchedules(session), rest));
        commands.put("serve", () -> new ServeCommand(session));
        commands.put("catalog", () -> group(new CatalogCommand(), ofCatalogs(session), rest));
        return commands;
    }

    private static Map<String, Supplier<Object>> ofRuns(Session session) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("list", () -> new RunListCommand(session));
        commands.put("show", () -> new RunShowCommand(session));
        commands.put("watch", () -> new RunWatchCommand(session));
        commands.put("approve", () -> new RunApproveCommand(session));
        commands.put("stop", () -> new RunControlCommand.Stop(session));
        commands.put("pause", () -> new RunControlCommand.Pause(session));
        commands.put("resume", () -> new RunControlCommand.Resume(session));
        commands.put("throttle", () -> new RunControlCommand.Throttle(session));
        commands.put("restart", () -> new RunRestartCommand(session));
        commands.put("recover", () -> new RunEndingCommand.Recover(session));
        commands.put("resolve", () -> new RunEndingCommand.Resolve(session));
        commands.put("abandon", () -> new RunEndingCommand.Abandon(session));
        commands.put("retry", () -> new RunRetryCommand(session));
        commands.put("rejects", () -> new RunRejectsCommand(session));
        commands.put("references", () -> new RunReferencesCommand(session));
        return commands;
    }

    private static Map<String, Supplier<Object>> ofAssets(Session session) {
        return Map.of("history", () -> new AssetHistoryCommand(session));
    }

    private static Map<String, Supplier<Object>> ofSchedules(Session session) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("list", () -> new ScheduleListCommand(session));
        commands.put("run", () -> new ScheduleControlCommand.Run(session));
        commands.put("pause", () -> new ScheduleControlCommand.Pause(session));
        commands.put("resume", () -> new ScheduleControlCommand.Resume(session));
        return commands;
    }

    private static Map<String, Supplier<Object>> ofCatalogs(Session session) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("check", () -> new CatalogCheckCommand(session));
        commands.put("discover", () -> new CatalogDiscoverCommand(session));
        commands.put("install", () -> new CatalogInstallCommand(session));
        return commands;
    }

    private static CommandLine group(Object group, Map<String, Supplier<Object>> commands, List<String> rest) {
        CommandLine line = new CommandLine(group);
        meant(commands, rest).forEach(command -> line.addSubcommand(command.get()));
        return line;
    }

    /** The command that the first word names; all of them where it names none. */
    private static Collection<Supplier<Object>> meant(Map<String, Supplier<Object>> commands, List<String> words) {
        Supplier<Object> named = words.isEmpty() ? null : commands.get(words.get(0));
        return named == null ? commands.values() : List.of(named);
    }

    /**
     * The arguments from the first one that is not an option of the program itself; none, where something asks for an
     * explanation.
     */
    private static List<String> words(String... args) {
        List<String> all = List.of(args);
        int first = 0;
        while (first < args.length && args[first].startsWith("--profile")) {
            first += "--profile".equals(args[first]) ? 2 : 1;
        }
        boolean plain = all.stream().noneMatch(arg -> "--help".equals(arg) || "-h".equals(arg));
        return plain && first < args.length ? all.subList(first, args.length) : List.of();
    }
}
