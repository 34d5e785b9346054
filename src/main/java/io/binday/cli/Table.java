package io.binday.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jline.utils.WCWidth;

/** Text in columns as wide as their widest value, two spaces apart. */
final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... header) {
        rows.add(List.of(header));
    }

    void add(String... cells) {
        rows.add(Stream.of(cells).map(Table::onOneLine).toList());
    }

    /** A value of several lines, such as a title, must not look like lines of ours. */
    static String onOneLine(String value) {
        return value.replace('\n', '\u00b7').replace('\t', '\u00b7');
    }

    /** In columns of a terminal: some characters take two, and some none. */
    private static int width(String value) {
        return value.codePoints()
                .map(WCWidth::wcwidth)
                .map(columns -> Math.max(0, columns))
                .sum();
    }

    List<String> lines() {
        int columns = rows.get(0).size();
        List<Integer> widths = IntStream.range(0, columns)
                .mapToObj(i ->
                        rows.stream().mapToInt(row -> width(row.get(i))).max().orElse(0))
                .toList();
        return rows.stream()
                .map(row -> IntStream.range(0, columns)
                        .mapToObj(i -> row.get(i) + " ".repeat(widths.get(i) - width(row.get(i))))
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .toList();
    }
}
