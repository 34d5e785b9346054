package io.binday.testing;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The built jar, started as an operator starts it. */
public final class BindayProcess {

    private static final Path JAR = Path.of("target", "binday.jar").toAbsolutePath();

    /** A build that was started in the background may ignore Ctrl-C or the end of its terminal, and so would all that it starts. */
    private static final List<String> UNTRAPPED = List.of("env", "--default-signal=INT,HUP");

    private final Process process;
    private final Path out;
    private final Path err;

    private BindayProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** What a process came to. */
    public record Result(int exit, String out, String err) {}

    /** How the jar is called, with settings of the virtual machine before it. */
    public static List<String> command(List<String> machine, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(machine);
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(arguments);
        return command;
    }

    /** Starts it in a folder with no terminal and an empty standard input. */
    public static BindayProcess start(
            Path folder, Map<String, String> environment, List<String> machine, String... arguments)
            throws IOException {
        return start(folder, environment, untrapped(command(machine, List.of(arguments))));
    }

    private static List<String> untrapped(List<String> command) {
        return Stream.concat(UNTRAPPED.stream(), command.stream()).toList();
    }

    /** Starts it at a terminal of its own, for somebody to {@link #type} at. */
    public static BindayProcess startAtTerminal(Path folder, String[] arguments) throws IOException {
        String line = String.join(" ", untrapped(command(List.of(), List.of(arguments))));
        return start(folder, Map.of(), List.of("script", "-qec", line, "/dev/null"), ProcessBuilder.Redirect.PIPE);
    }

    /** Types at its terminal. */
    public void type(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** What it has written to standard output so far. */
    public String outSoFar() throws IOException {
        return Files.readString(out);
    }

    /** Starts it at a terminal of its own, where somebody has typed these lines ahead. */
    public static BindayProcess startAtTerminal(Path folder, String typed, String... arguments) throws IOException {
        Path input = Files.writeString(Files.createTempFile("binday-typed", ".txt"), typed);
        input.toFile().deleteOnExit();
        String line = String.join(" ", untrapped(command(List.of(), List.of(arguments))));
        return start(
                folder,
                Map.of(),
                List.of("script", "-qec", line, "/dev/null"),
                ProcessBuilder.Redirect.from(input.toFile()));
    }

    /** Starts any command in a folder. */
    public static BindayProcess start(Path folder, Map<String, String> environment, List<String> command)
            throws IOException {
        return start(folder, environment, command, ProcessBuilder.Redirect.from(new File("/dev/null")));
    }

    private static BindayProcess start(
            Path folder, Map<String, String> environment, List<String> command, ProcessBuilder.Redirect input)
            throws IOException {
        Path out = Files.createTempFile("binday-out", ".txt");
        Path err = Files.createTempFile("binday-err", ".txt");
        out.toFile().deleteOnExit();
        err.toFile().deleteOnExit();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(input)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("BINDAY_") || name.startsWith("SPRING_"));
        builder.environment().putAll(environment);
        return new BindayProcess(builder.start(), out, err);
    }

    /** Runs it to its end. */
    public static Result run(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        return start(folder, environment, List.of(), arguments).await();
    }

    /** The settings that make it use a MySQL schema. */
    public static Map<String, String> onMySql(MySqlServer server, String schema) {
        return Map.of(
                "SPRING_DATASOURCE_URL", server.url(schema),
                "SPRING_DATASOURCE_USERNAME", "root",
                "BINDAY_RUN_LEASE", "2s");
    }

    public Result await() throws IOException {
        return await(Duration.ofMinutes(3));
    }

    /** What it came to, if it ends within that time. */
    public Result await(Duration longest) throws IOException {
        try {
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the process did not end: " + Files.readString(err));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it has written to standard error so far. */
    public String errSoFar() throws IOException {
        return Files.readString(err);
    }

    /** {@code kill -9}. */
    public void kill() throws IOException {
        process.destroyForcibly();
        await();
    }

    /** {@code kill -TERM}. */
    public void terminate() {
        process.destroy();
    }

    /** {@code kill -HUP}, as the end of its terminal does. */
    public void hangUp() throws IOException {
        new ProcessBuilder("kill", "-HUP", String.valueOf(pid())).inheritIO().start();
    }
}
