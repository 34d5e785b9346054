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
import java.util.regex.Pattern;

/**
 * The archive of loaded classes that the build puts beside the jar: with it a command starts in half the time. JDK 17 takes
 * it only from an option before {@code -jar}, which no file of a jar can give; so this process begins again with that option. It
 * stays the same process, with the same number, terminal and parent, and there is no child that could be left behind.
 *
 * <p>On Linux only, and only where the archive was made by this very virtual machine; everywhere else the process goes on as it
 * is, more slowly. So it does where something may listen to this process already (a debugger, remote management), or where the
 * sharing of classes was decided on the command line ({@code -Xshare:off}).
 *
 * <p>No lambdas and no streams here: the first of them in a process takes 30 ms, and this process is about to begin again.
 */
final class ClassArchive {

    private static final String JAR = ".jar";
    private static final String OPTION = "-XX:SharedArchiveFile=";
    /** An archive that does not fit after all is left aside without a word on standard output. */
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

    /** Collects garbage without threads that have to be started, and without work at every store of a reference. */
    private static final String SERIAL = "-XX:+UseSerialGC";

    /**
     * The space for new objects, far less than Java would take: less memory is touched for the first time, and the first
     * collection does not come when the workers are at it. A smaller one would be collected several times during the start.
     */
    private static final String YOUNG = "-Xmn24m";

    /** Whoever says how big the heap is, or a part of it, has the last word on its parts. */
    private static final Pattern SIZES = Pattern.compile("(?:^| )-X(?:m|X:Max)");

    /**
     * The heap in pages of 2 MB: the first touch of each page of 4 kB is dear, most of all on a virtual machine. Where the
     * system has none, Java would complain on standard output.
     */
    private static final String HUGE_PAGES = "-XX:+UseTransparentHugePages";

    private static final Path HUGE_PAGES_ALLOWED = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

    private static final Pattern COLLECTOR = Pattern.compile("-XX:[+-]Use\\w+GC\\b");

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
        String jar = System.getProperty("java.class.path", "");
        Path archive = beside(jar);
        if (!Files.isReadable(archive) || !Files.isReadable(self.resolve("cmdline")) || hasOptionsElsewhere()) {
            return;
        }
        try {
            // For another jar the virtual machine would take neither this archive nor its own one.
            if (!Files.readString(note(archive)).equals(identity(Path.of(jar)))
                    || !owner(archive).equals(owner(Path.of(jar)))) {
                return;
            }
            List<String> command = command(self);
            if (isPlain(command)) {
                command.addAll(1, List.of(OPTION + archive, QUIETLY));
                if (!List.of(args).contains(DAEMON)) {
                    command.add(1, QUICK);
                    if (hasHugePages()) {
                        command.add(1, HUGE_PAGES);
                    }
                    String given = String.join(" ", command);
                    if (!COLLECTOR.matcher(given).find()) {
                        if (!SIZES.matcher(given).find()) {
                            command.add(1, YOUNG);
                        }
                        command.add(1, SERIAL);
                    }
                }
                begin(Files.readSymbolicLink(self.resolve("exe")), command);
            }
        } catch (IOException | LinkageError e) {
            // Slower, but the same.
        }
    }

    /** Where the archive is for a class path of one jar and this virtual machine; for any other class path it is nowhere. */
    static Path beside(String jar) {
        String stem = jar.endsWith(JAR) ? jar.substring(0, jar.length() - JAR.length()) : jar;
        return Path.of(stem + "-" + System.getProperty("java.vm.version") + ".jsa");
    }

    /** By what the virtual machine knows the jar of an archive again: a copy and one that was moved are others. */
    static String identity(Path jar) throws IOException {
        return jar.toRealPath() + " " + Files.size(jar) + " "
                + Files.getLastModifiedTime(jar).toMillis();
    }

    /** The file that says of which jar an archive is. */
    static Path note(Path archive) {
        return Path.of(archive + ".of");
    }

    /** In a folder that others may write to, somebody could lay an archive of other code beside a jar. */
    private static Object owner(Path file) throws IOException {
        return Files.getAttribute(file, "unix:uid");
    }

    private static boolean hasHugePages() throws IOException {
        return Files.isReadable(HUGE_PAGES_ALLOWED)
                && !Files.readString(HUGE_PAGES_ALLOWED).contains("[never]");
    }

    private static boolean hasOptionsElsewhere() {
        for (String name : OPTIONS_ELSEWHERE) {
            if (System.getenv(name) != null) {
                return true;
            }
        }
        return false;
    }

    private static List<String> command(Path self) throws IOException {
        String line = Files.readString(self.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        List<String> command = new ArrayList<>();
        int end;
        for (int start = 0; (end = line.indexOf('\0', start)) >= 0; start = end + 1) {
            command.add(line.substring(start, end));
        }
        return command;
    }

    /** Whether the virtual machine was started by {@code java … -jar}, with nothing that a second beginning could disturb. */
    private static boolean isPlain(List<String> command) {
        int jar = command.indexOf("-jar");
        for (String option : command.subList(1, Math.max(1, jar))) {
            if (option.startsWith(REMOTE_MANAGEMENT) || !isHarmless(option)) {
                return false;
            }
        }
        return jar > 0;
    }

    private static boolean isHarmless(String option) {
        for (String harmless : HARMLESS) {
            if (option.startsWith(harmless)) {
                return true;
            }
        }
        return false;
    }

    /** Does not come back where it succeeds. Each byte of the arguments stays as it is. */
    private static void begin(Path program, List<String> command) {
        // Else every start would ask ldconfig for the places of libraries, of which none is needed; that takes a tenth
        // of a second.
        System.setProperty(PLATFORM + "library.path", "");
        Function execute = NativeLibrary.getProcess().getFunction("execv");
        StringArray arguments = new StringArray(command.toArray(new String[0]), "ISO-8859-1");
        execute.invokeInt(new Object[] {program.toString(), arguments});
    }
}
