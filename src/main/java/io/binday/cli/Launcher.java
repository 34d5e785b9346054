package io.binday.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the operator started Binday, so that the commands it suggests can be typed as they are shown. */
final class Launcher {

    private static final Pattern MENTION = Pattern.compile(
            "\\bbinday (?=(?:demo|sample|trash|restore|hold|release|purge|start|list|run|asset|audit|housekeeping|schedule|serve|catalog)\\b(?! of| is))");
    private static final Pattern JAR = Pattern.compile("(?:.*/)?binday[^/]*?\\.jar");
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
        String started =
                Optional.ofNullable(System.getProperty("sun.java.command")).orElse("");
        Matcher jarred = JAR.matcher(started);
        return jarred.lookingAt() ? Optional.of(jarred.group()) : Optional.empty();
    }

    private static String prefix() {
        String jar = jar().orElse(DEFAULT_JAR);
        return "java -jar " + (jar.contains(" ") ? "\"" + jar + "\"" : jar) + " " + options;
    }
}
