package io.binday.cli;

import io.binday.run.ShellWord;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the operator started Binday, so that the commands it suggests can be typed as they are shown. */
final class Launcher {

    private static final Pattern MENTION = Pattern.compile(
            "\\bbinday (?=(?:demo|sample|trash|restore|hold|release|purge|start|list|run|asset|audit|housekeeping|schedule|serve|catalog)\\b(?! of| is))");
    private static final Pattern JAR = Pattern.compile(".*?\\.jar(?= |$)");
    private static final String DEFAULT_JAR = "target/binday.jar";

    private static volatile String options = "";

    private Launcher() {}

    /** From now on every command is shown with the profile that this one was started with. */
    static void use(Optional<String> profile) {
        options = profile.map(name -> "--profile " + name + " ").orElse("");
    }

    /** A command as it has to be typed here. */
    static String command(String command) {
        return prefix() + command;
    }

    /** Replaces every {@code binday COMMAND} in a text by what has to be typed here. */
    static String spellOut(String text) {
        return MENTION.matcher(text).replaceAll(Matcher.quoteReplacement(prefix()));
    }

    /** Whether this process runs the jar, as operators do, and not the classes, as Maven does. */
    static boolean isJar() {
        return jar().isPresent();
    }

    private static Optional<String> jar() {
        boolean jarred = Optional.ofNullable(
                        Launcher.class.getProtectionDomain().getCodeSource())
                .filter(source -> source.getLocation().getPath().endsWith(".jar"))
                .isPresent();
        return jarred
                ? jar(Optional.ofNullable(System.getProperty("sun.java.command"))
                        .orElse(""))
                : Optional.empty();
    }

    /** The jar that a command line begins with, as it was typed; its path may have blanks. */
    static Optional<String> jar(String started) {
        Matcher jar = JAR.matcher(started);
        return jar.lookingAt() ? Optional.of(jar.group()) : Optional.empty();
    }

    private static String prefix() {
        return "java -jar " + ShellWord.of(jar().orElse(DEFAULT_JAR)) + " " + options;
    }
}
