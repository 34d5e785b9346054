package io.binday.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where data, talk and questions go: data to standard output, the rest to standard error. */
final class Terminal {

    /** C0 except tab and line feed, DEL, C1, and the marks that turn the direction of writing. */
    private static final Pattern STEERING =
            Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]");

    private final Watched below;
    private final PrintStream out;
    private final PrintStream err;

    /** The process's own streams, in UTF-8 whatever the locale says. */
    static Terminal ofProcess() {
        return new Terminal(new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err));
    }

    Terminal(OutputStream out, OutputStream err) {
        this.below = new Watched(out);
        this.out = new PrintStream(below, true, StandardCharsets.UTF_8);
        this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
    }

    /** Remembers how writing failed, which a print stream does not tell. */
    private static final class Watched extends FilterOutputStream {

        private Optional<IOException> failure = Optional.empty();

        Watched(OutputStream below) {
            super(below);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                failure = failure.or(() -> Optional.of(e));
                throw e;
            }
        }
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    /** Data for a person. */
    void print(String line) {
        out.println(visible(line));
    }

    /** Data for a program, exactly as it is. */
    void write(String text) {
        out.println(text);
    }

    /** Talk. */
    void say(String line) {
        err.println(visible(line));
    }

    /** Whether everything printed so far has arrived; a full disk or a closed pipe swallow it without a word. */
    boolean arrived() {
        return !out.checkError();
    }

    /** Whether output failed only because its reader, like {@code head}, has had enough. */
    boolean readerGone() {
        return below.failure
                .flatMap(failure -> Optional.ofNullable(failure.getMessage()))
                .filter("Broken pipe"::equals)
                .isPresent();
    }

    /** Control characters of titles, headers and messages must not steer the terminal. */
    private static String visible(String line) {
        return STEERING.matcher(line).replaceAll("\u00b7");
    }

    /** Whether a person sits there who can answer. */
    boolean interactive() {
        return console().isPresent();
    }

    /** Asks a question where the answer is typed, wherever talk goes; empty when nobody answers. */
    Optional<String> ask(String question) {
        return console().flatMap(console -> {
            err.flush();
            console.writer().print(visible(question) + " ");
            console.flush();
            return Optional.ofNullable(console.readLine()).map(String::strip);
        });
    }

    /** From JDK 22 on there may be a console that is no terminal, and only it can tell. */
    private static Optional<Console> console() {
        Optional<Console> console = Optional.ofNullable(System.console());
        try {
            var isTerminal = Console.class.getMethod("isTerminal");
            return console.filter(found -> {
                try {
                    return Boolean.TRUE.equals(isTerminal.invoke(found));
                } catch (ReflectiveOperationException e) {
                    return false;
                }
            });
        } catch (NoSuchMethodException e) {
            return console;
        }
    }
}
