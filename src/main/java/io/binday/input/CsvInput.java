package io.binday.input;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Asset IDs from a CSV file, one record at a time; the number of a value is the line its record starts on. */
final class CsvInput implements AssetIdInput {

    private static final Pattern STARTED = Pattern.compile("line (\\d+)");

    private final InputSpec.Csv spec;
    private final Path file;
    private final CsvFormat format;
    private final InputDigest digest;
    private final FileTime modified;

    private CsvInput(InputSpec.Csv spec, Path file, CsvFormat format, InputDigest digest, FileTime modified) {
        this.spec = spec;
        this.file = file;
        this.format = format;
        this.digest = digest;
        this.modified = modified;
    }

    /**
     * Looks at a file from start to end without keeping any of it.
     *
     * @throws InputRefusedException when it is no readable CSV file in UTF-8 with at least one value
     */
    static CsvInput of(InputSpec.Csv spec, Pattern idPattern) {
        Path file = Path.of(spec.path());
        String name = spec.spooled() ? "standard input" : spec.name();
        requireFile(name, file);
        try {
            FileTime modified = Files.getLastModifiedTime(file);
            refuseOtherFormats(name, file);
            CsvScan.Result scan = CsvScan.scan(name, file);
            char separator = CsvFormat.separator(file);
            CsvFormat format = format(name, file, separator, spec, idPattern);
            InputDigest digest = new InputDigest(spec.kind(), spec.name(), scan.sha256(), scan.bytes());
            return new CsvInput(spec, file, format, digest, modified);
        } catch (IOException | UncheckedIOException e) {
            throw new InputRefusedException("cannot read " + name + ": " + e.getMessage(), e);
        } catch (CsvParseException e) {
            throw new InputRefusedException(name + reason(e), e);
        }
    }

    private static void requireFile(String name, Path file) {
        if (Files.isDirectory(file)) {
            throw new InputRefusedException(name + " is a directory; a CSV file is needed");
        }
        if (!Files.exists(file)) {
            throw new InputRefusedException(
                    name + " does not exist" + (file.toString().equals(name) ? "" : " (looked for " + file + ")"));
        }
        if (!Files.isReadable(file)) {
            throw new InputRefusedException(name + " may not be read by this user");
        }
    }

    private static void refuseOtherFormats(String name, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String start = HexFormat.of().formatHex(in.readNBytes(4));
            if (start.equals("fffe0000") || start.equals("0000feff")) {
                throw new InputRefusedException(
                        name + ":1: byte 1: the file starts with a UTF-32 mark; convert it to UTF-8 first");
            }
            if (start.startsWith("fffe") || start.startsWith("feff")) {
                throw new InputRefusedException(
                        name + ":1: byte 1: the file starts with a UTF-16 mark; convert it to UTF-8 first");
            }
            if (start.startsWith("1f8b")) {
                throw new InputRefusedException(name + " is compressed with gzip; try: gunzip -c FILE | … --csv -");
            }
            if (start.equals("504b0304")) {
                throw new InputRefusedException(
                        name + " is a ZIP archive, as spreadsheets are; save or unpack it as CSV first");
            }
        }
    }

    private static CsvFormat format(String name, Path file, char separator, InputSpec.Csv spec, Pattern idPattern)
            throws IOException {
        List<List<String>> head = new ArrayList<>();
        // Every record is parsed, not only the first two, so that a file that breaks off later is refused now.
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
                Stream<CsvRecord> records = CsvFormat.records(in, separator)) {
            records.forEach(each -> {
                if (head.size() < 2) {
                    head.add(each.getFields());
                }
            });
        }
        if (head.isEmpty()) {
            throw new InputRefusedException(name + " is empty: it has no line with a value");
        }
        CsvFormat format = new CsvColumns(name, idPattern, head.get(0)).choose(separator, spec.column());
        if (format.header() && head.size() == 1) {
            throw new InputRefusedException(name + " is empty: it has a header but no line with a value");
        }
        return format;
    }

    /** The library's words name lines and settings that the operator has never seen. */
    private static String reason(CsvParseException e) {
        String all =
                e.getMessage() + " " + (e.getCause() == null ? "" : e.getCause().getMessage());
        Matcher line = STARTED.matcher(all);
        String place = line.find() ? ":" + line.group(1) + ": " : ": ";
        if (all.toLowerCase(Locale.ROOT).contains("quote")) {
            return place + "a quoted field of the record that begins here is not closed";
        }
        if (all.contains("maximum") || all.contains("exceed") || all.contains("limit")) {
            return place + "the record that begins here is far too long; is a quote missing?";
        }
        return place + all.strip();
    }

    /** Whether the file is of the size and time that it had when it was looked at; reading it will prove its content. */
    boolean isUntouched() {
        try {
            return Files.size(file) == digest.bytes()
                    && Files.getLastModifiedTime(file).equals(modified);
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public InputSpec spec() {
        return spec;
    }

    @Override
    public InputDigest digest() {
        return digest;
    }

    @Override
    public String understanding() {
        return format.understanding();
    }

    @Override
    public Values open() {
        try {
            return new Records();
        } catch (IOException e) {
            throw new InputRefusedException("cannot read " + spec.name() + ": " + e.getMessage(), e);
        }
    }

    /** The records of the file; the end is reached only if the bytes read are those that were digested. */
    private final class Records implements Values {

        private final DigestInputStream in;
        private final Stream<CsvRecord> stream;
        private final Iterator<CsvRecord> records;
        private boolean proved;

        Records() throws IOException {
            in = new DigestInputStream(new BufferedInputStream(Files.newInputStream(file)), Sha256.start());
            stream = CsvFormat.records(in, format.separator());
            records = stream.iterator();
            if (format.header() && records.hasNext()) {
                records.next();
            }
        }

        @Override
        public boolean hasNext() {
            boolean more = records.hasNext();
            if (!more && !proved) {
                requireSameContent();
                proved = true;
            }
            return more;
        }

        @Override
        public InputValue next() {
            if (!records.hasNext()) {
                throw new NoSuchElementException();
            }
            CsvRecord next = records.next();
            String text = format.column() < next.getFieldCount()
                    ? Formula.withoutGuard(Blanks.strip(next.getField(format.column())))
                    : "";
            return new InputValue(next.getStartingLineNumber(), text);
        }

        private void requireSameContent() {
            if (!Sha256.end(in.getMessageDigest()).equals(digest.sha256())) {
                throw new InputRefusedException(
                        spec.name() + " changed while it was read; nothing was touched; start a new run");
            }
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
