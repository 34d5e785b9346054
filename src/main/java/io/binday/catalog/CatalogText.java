package io.binday.catalog;

import io.binday.catalog.TableShape.Column;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** A catalog as it is written, line by line. */
final class CatalogText {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
    private static final Pattern WORDS = Pattern.compile("(?i)(true|false|yes|no|on|off|null|y|n)");

    /** What would end a line for YAML, or could not be seen in it. */
    private static final Pattern UNSEEN = Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069]");

    private final StringBuilder text = new StringBuilder();
    private final Set<String> names = new HashSet<>();

    void line(String line) {
        text.append(UNSEEN.matcher(line).replaceAll("\u00b7")).append('\n');
    }

    /** A line that somebody has to look at before it counts. */
    void guess(String line, String reason) {
        int indent = line.length() - line.stripLeading().length();
        line(" ".repeat(indent) + "# " + line.strip() + "    # " + reason);
    }

    /** A reference that somebody has to look at before it counts. */
    void reference(TableShape shape, Column column, String detach, String reason, String more) {
        line("  # Perhaps: " + reason + ".");
        line("  # - name: " + quoted(unused(shape.name() + "." + column.name())));
        line("  #   table: " + quoted(shape.name()));
        line("  #   asset: " + quoted(column.name()));
        line("  #   detach: " + detach);
        if (!more.isEmpty()) {
            line("  #   " + more);
        }
    }

    /** A name for a reference that no other one has, nor one that is commented out; no longer than a name may be. */
    String unused(String name) {
        String fitting = Reference.fitting(name, "");
        for (int i = 2; !names.add(fitting); i++) {
            fitting = Reference.fitting(name, "." + i);
        }
        return fitting;
    }

    boolean isUsed(String name) {
        return names.contains(name);
    }

    /** A name as YAML reads it back. */
    static String quoted(String name) {
        return PLAIN.matcher(name).matches() && !WORDS.matcher(name).matches()
                ? name
                : "\""
                        + UNSEEN.matcher(name.replace("\\", "\\\\").replace("\"", "\\\""))
                                .replaceAll(found -> "\\\\u%04X"
                                        .formatted((int) found.group().charAt(0)))
                        + "\"";
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
