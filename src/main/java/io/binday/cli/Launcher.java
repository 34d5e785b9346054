package io.binday.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the operator started Binday, so that the commands it suggests can be typed as they are shown. */
final class Launcher {

    private static final Pattern MENTION =
            Pattern.compile("\\bbinday (?=(?:demo|sample|trash|start|list|run|catalog)\\b(?! of| is))");
    private static final Pattern JAR = Pattern.compile("(?:.*/)?binday[^/]*?\\.jar");
    private static final String DEFAULT_JAR = "target/binday.jar";

    private Launcher() {}

    /** A command as it has to be typed here. */
    static String command(String command) {
        return prefix() + command;
    }

    /** Replaces every {@code binday COMMAND} in a text by what has to be typed here. */
    static String spellOut(String text) {
        return MENTION.matcher(text).replaceAll(Matcher.quoteReplacement(prefix()));
    }

    private static String prefix() {
        String started =
                Optional.ofNullable(System.getProperty("sun.java.command")).orElse("");
        Matcher jarred = JAR.matcher(started);
        String jar = jarred.lookingAt() ? jarred.group() : DEFAULT_JAR;
        return "java -jar " + (jar.contains(" ") ? "\"" + jar + "\"" : jar) + " ";
    }
}
