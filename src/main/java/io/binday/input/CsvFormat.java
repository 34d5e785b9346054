package io.binday.input;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a CSV file is to be read.
 *
 * @param header whether the first record names the columns
 * @param column the column with the asset IDs, counted from 0
 * @param columnName that column's header, or its number for a person
 */
record CsvFormat(char separator, boolean header, int column, String columnName) {

    private static final Map<Character, String> NAMES = Map.of(',', "comma", ';', "semicolon", '\t', "tab");
    private static final Pattern COMMENT_OR_BLANK = Pattern.compile("\\s*|#.*", Pattern.DOTALL);
    private static final int HEAD = 1 << 16;

    /** The records of a stream in UTF-8, without comments and blank lines; nothing is kept in memory. */
    static Stream<CsvRecord> records(InputStream in, char separator) {
        return CsvReader.builder()
                .fieldSeparator(separator)
                .commentStrategy(CommentStrategy.SKIP)
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .allowExtraCharsAfterClosingQuote(true)
                .detectBomHeader(true)
                .ofCsvRecord(in, StandardCharsets.UTF_8)
                .stream()
                .filter(csv -> csv.getFieldCount() > 1 || !csv.getField(0).isBlank());
    }

    /** The separator used most in the first line that is neither blank nor a comment; a comma where there is none. */
    static char separator(Path file) throws IOException {
        byte[] head;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            head = in.readNBytes(HEAD);
        }
        String line = new String(head, StandardCharsets.UTF_8)
                .replace("\uFEFF", "")
                .lines()
                .filter(text -> !COMMENT_OR_BLANK.matcher(text).matches())
                .findFirst()
                .orElse("");
        String unquoted = line.replaceAll("\"[^\"]*\"", "");
        char best = ',';
        for (char candidate : new char[] {';', '\t'}) {
            if (count(unquoted, candidate) > count(unquoted, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    /** The same with the column's name for a person: its header, or its number counted from 1. */
    CsvFormat named(List<String> firstRecord) {
        String name = header ? "\"" + firstRecord.get(column) + "\"" : String.valueOf(column + 1);
        return new CsvFormat(separator, header, column, name);
    }

    /** For example {@code comma-separated, first record is the header, asset IDs in column "uid"}. */
    String understanding() {
        return NAMES.get(separator) + "-separated, "
                + (header ? "first record is the header" : "no header")
                + ", asset IDs in column " + columnName;
    }
}
