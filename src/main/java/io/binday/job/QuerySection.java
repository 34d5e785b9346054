package io.binday.job;

import io.binday.document.Section;
import io.binday.job.JobDefinition.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a job's file says of a query: one statement that reads, and the parameters it names. */
final class QuerySection {

    private static final Pattern READS = Pattern.compile("(?is)(?:\\s|--[^\\n]*\\n|/\\*.*?\\*/)*(?:SELECT|WITH)\\b.*");
    /** Quoted text and comments, or a named parameter; a cast's two colons are none. */
    private static final Pattern PARAMETER = Pattern.compile(
            "'(?:[^'\\\\]++|\\\\.|'')*+'|\"(?:[^\"\\\\]++|\\\\.)*+\"|`[^`]*`|--[^\\n]*|/\\*(?s:.*?)\\*/|(?<!:):([A-Za-z_][A-Za-z0-9_]*)");

    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,5})(s|m|h)");
    private static final long LONGEST_TIMEOUT = 24 * 3_600;
    private static final long MOST_ROWS = 100_000_000;

    private QuerySection() {}

    static Input read(Section section) {
        String sql = section.requiredText("sql");
        if (!sql.isBlank() && !READS.matcher(sql).matches()) {
            section.problem("sql", "must start with SELECT or WITH");
        }
        requireOnePlainStatement(section, sql);
        List<Parameter> parameters = new ArrayList<>();
        section.section("parameters").ifPresent(all -> {
            for (String name : all.keys()) {
                all.section(name).ifPresent(one -> parameters.add(parameter(name, one)));
            }
        });
        requireSameNames(section, sql, parameters);
        return new Input.Query(sql, timeout(section), section.number("max-rows", 1_000_000, 1, MOST_ROWS), parameters);
    }

    private static Parameter parameter(String name, Section section) {
        Parameter parameter = new Parameter(
                name,
                section.choice("type", Parameter.Type.class, Parameter.Type.TEXT),
                section.text("default"),
                section.number("min", Long.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE),
                section.number("max", Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE),
                section.text("description").orElse(""));
        requireBounds(section, parameter);
        parameter.whenMissing().ifPresent(value -> {
            try {
                parameter.parse(value);
            } catch (IllegalArgumentException e) {
                section.problem("default", "is refused: " + e.getMessage());
            }
        });
        return parameter;
    }

    private static void requireBounds(Section section, Parameter parameter) {
        boolean bounded = parameter.min() != Long.MIN_VALUE || parameter.max() != Long.MAX_VALUE;
        if (bounded && parameter.type() != Parameter.Type.INTEGER) {
            section.problem("type", "must be integer, because only integers have min and max");
        } else if (parameter.min() > parameter.max()) {
            section.problem("min", "is greater than max, so no value would do");
        }
    }

    /** A second statement could write, and a nameless parameter could never be given. */
    private static void requireOnePlainStatement(Section section, String sql) {
        String statement = plain(sql, " ").strip().replaceFirst(";$", "");
        if (statement.contains(";")) {
            section.problem("sql", "must be one statement, without ';' inside");
        } else if (plain(sql, "'").strip().matches("(?s).*;.*[^;]")) {
            section.problem("sql", "has a comment after its ';'; leave the ';' out");
        }
        if (statement.contains("?")) {
            section.problem("sql", "has a '?'; give parameters names, like :days");
        }
        if (!isBalanced(statement)) {
            section.problem("sql", "has parentheses that do not match");
        }
    }

    /** A query with something in place of each quoted text and each comment. */
    private static String plain(String sql, String other) {
        return PARAMETER
                .matcher(sql)
                .replaceAll(match -> match.group(1) == null ? other : Matcher.quoteReplacement(match.group()))
                .replaceAll("#[^\\n]*", other);
    }

    private static boolean isBalanced(String statement) {
        int open = 0;
        for (int i = 0; i < statement.length() && open >= 0; i++) {
            if (statement.charAt(i) == '(') {
                open++;
            } else if (statement.charAt(i) == ')') {
                open--;
            }
        }
        return open == 0;
    }

    private static void requireSameNames(Section section, String sql, List<Parameter> parameters) {
        Set<String> used = new TreeSet<>();
        Matcher matcher = PARAMETER.matcher(sql);
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                used.add(matcher.group(1));
            }
        }
        Set<String> declared = new TreeSet<>();
        parameters.forEach(parameter -> declared.add(parameter.name()));
        used.stream()
                .filter(name -> !declared.contains(name))
                .forEach(name -> section.problem("sql", "uses :" + name + ", which parameters does not declare"));
        declared.stream()
                .filter(name -> !used.contains(name))
                .forEach(name -> section.problem("parameters", "declare " + name + ", which sql does not use"));
    }

    private static int timeout(Section section) {
        String text = section.text("timeout").orElse("5m");
        Matcher matcher = DURATION.matcher(text);
        if (matcher.matches()) {
            long unit = switch (matcher.group(2)) {
                case "h" -> 3_600;
                case "m" -> 60;
                default -> 1;
            };
            long seconds = Long.parseLong(matcher.group(1)) * unit;
            if (seconds <= LONGEST_TIMEOUT) {
                return (int) seconds;
            }
        }
        section.problem("timeout", "must be 1s to 24h, like 30s, 5m or 2h, but was '" + text + "'");
        return 1;
    }
}
