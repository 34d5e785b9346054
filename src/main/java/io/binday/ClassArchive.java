package io.binday;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.StringArray;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The archive of loaded classes that the build puts beside the jar: with it a command starts in half the time. JDK 17 takes
 * it only from an option before {@code -jar}, which no file of a jar can give; so this process begins again with that option. It
 * stays the same process, with the same number, terminal and parent, and there is no child that could be left behind.
 *
 * <p>On Linux only, and only where the archive was made by this very virtual machine; everywhere else the process goes on as it
 * is, more slowly. So it does where something may listen to this process already (a debugger, remote management), or where the
 * sharing of classes was decided on the command line ({@code -Xshare:off}).
 */
final class ClassArchive {

    private static final String OPTION = "-XX:SharedArchiveFile=";
    /** An archive that does not fit, as that of a jar that was copied, is left aside without a word on standard output. */
    private static final String QUIETLY = "-Xlog:cds=off,cds+dynamic=off";

    /** Options that mean the same to a process that begins again; with any other one it goes on as it is. */
    private static final List<String> HARMLESS = List.of(
            "-D",
            "-Xlog",
            "-Xmn",
            "-Xms",
            "-Xmx",
            "-Xss",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+HeapDump",
            "-XX:+Use",
            "-XX:-Use",
            "-XX:HeapDump",
            "-XX:Max",
            "-XX:Tiered");

    /** Opens a port, which would still be open. */
    private static final String REMOTE_MANAGEMENT = "-Dcom.sun.management";

    /** The virtual machine says each time that it has read these. */
    private static final List<String> OPTIONS_ELSEWHERE =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    /** The daemon lives long enough for code that is compiled well; a run of 250,000 assets does not. */
    private static final String DAEMON = "serve";

    /** Compiling well takes so much of the processor that all but the longest runs are done sooner without. */
    private static final String QUICK = "-XX:TieredStopAtLevel=1";

    /** Settings of JNA for the system it is on. */
    private static final String PLATFORM = "jna.platform.";

    private ClassArchive() {}

    /**
     * Begins the process again with the archive; returns where that is not possible or not needed.
     *
     * @param args the arguments of the program
     */
    static void use(String... args) {
        Path self = Path.of("/proc/self");
        Optional<Path> archive = beside(Path.of(System.getProperty("java.class.path", "")));
        if (archive.isEmpty()
                || !Files.isReadable(self.resolve("cmdline"))
                || OPTIONS_ELSEWHERE.stream().anyMatch(name -> System.getenv(name) != null)) {
            return;
        }
        try {
            List<String> command = command(self);
            if (isPlain(command)) {
                command.addAll(1, List.of(OPTION + archive.get(), QUIETLY));
                if (Stream.of(args).noneMatch(DAEMON::equals)) {
                    command.add(1, QUICK);
                }
                begin(Files.readSymbolicLink(self.resolve("exe")), command);
            }
        } catch (IOException | LinkageError e) {
            // Slower, but the same.
        }
    }

    /** The archive for a class path of one jar and this virtual machine, where there is one. */
    private static Optional<Path> beside(Path jar) {
        String name = String.valueOf(jar.getFileName());
        if (!name.endsWith(".jar")) {
            return Optional.empty();
        }
        String stem = name.substring(0, name.length() - ".jar".length());
        Path archive = jar.resolveSibling(stem + "-" + System.getProperty("java.vm.version") + ".jsa");
        return Optional.of(archive).filter(Files::isReadable);
    }

    private static List<String> command(Path self) throws IOException {
        String line = Files.readString(self.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        return new ArrayList<>(Stream.of(line.split("\0", -1))
                .limit(line.chars().filter(character -> character == 0).count())
                .toList());
    }

    /** Whether the virtual machine was started by {@code java … -jar}, with nothing that a second beginning could disturb. */
    private static boolean isPlain(List<String> command) {
        int jar = command.indexOf("-jar");
        return jar > 0
                && command.subList(1, jar).stream()
                        .allMatch(option -> HARMLESS.stream().anyMatch(option::startsWith)
                                && !option.startsWith(REMOTE_MANAGEMENT));
    }

    /** Does not come back where it succeeds. Each byte of the arguments stays as it is. */
    private static void begin(Path program, List<String> command) {
        // Else every start would ask ldconfig for the places of libraries, of which none is needed; that takes a tenth
        // of a second.
        System.setProperty(PLATFORM + "library.path", "");
        Function execute = NativeLibrary.getProcess().getFunction("execv");
        StringArray arguments = new StringArray(command.toArray(String[]::new), "ISO-8859-1");
        execute.invokeInt(new Object[] {program.toString(), arguments});
    }
}
