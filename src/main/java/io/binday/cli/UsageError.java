package io.binday.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with the words of a command, in one line, and where to read how it is used. */
final class UsageError implements IParameterExceptionHandler {

    private final Terminal terminal;

    UsageError(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String message = plain(String.valueOf(e.getMessage()));
        tell(terminal, message, args);
        StringWriter suggestions = new StringWriter();
        UnmatchedArgumentException.printSuggestions(e, new PrintWriter(suggestions));
        suggestions.toString().lines().map(Launcher::spellOut).forEach(terminal::say);
        String name = command.getCommandSpec().qualifiedName().replaceFirst("^binday ?", "");
        if (!command.getSubcommands().isEmpty()) {
            terminal.say(
                    "Commands: " + command.getSubcommands().keySet().stream().collect(Collectors.joining(", ")));
        }
        terminal.say("How it is used: " + Launcher.command((name + " --help").strip()));
        return ExitCode.USAGE;
    }

    /** Tells it on standard error, and as JSON on standard output if the command line wants that; returns the exit code. */
    static int tell(Terminal terminal, String message, String[] args) {
        terminal.say("error: " + message);
        if (wantsJson(args)) {
            terminal.write(Failure.json(message, ExitCode.USAGE));
        }
        return ExitCode.USAGE;
    }

    private static String plain(String message) {
        return message.replaceFirst("^Error: ", "")
                .replaceFirst("positional parameter at index \\d+ \\((.*?)\\)", "$1")
                .replaceFirst("('-?\\d+') is not an? (?:int|long)$", "$1 is too large a number")
                .replaceFirst("is not an? (?:int|long)$", "is not a whole number");
    }

    private static boolean wantsJson(String[] args) {
        return IntStream.range(0, args.length).anyMatch(i -> {
            boolean next = i + 1 < args.length && args[i + 1].equalsIgnoreCase("json");
            return (next && (args[i].equals("-o") || args[i].equals("--output")))
                    || args[i].matches("(?i)(-o=?|--output=)json");
        });
    }
}
