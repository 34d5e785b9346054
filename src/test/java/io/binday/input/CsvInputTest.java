package io.binday.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvInputTest {

    private static final Pattern ID = Pattern.compile("blt[0-9a-f]{16}");
    private static final String A = "blt000000000000000a";
    private static final String B = "blt000000000000000b";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void readsAnyLineEnding(String end) throws IOException {
        assertThat(values(A + end + B + end, null)).containsExactly("1 " + A, "2 " + B);
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void readsAnySeparator(String separator) throws IOException {
        String text = "title" + separator + "uid\n" + "Hero" + separator + A + "\n" + "Logo" + separator + B + "\n";
        assertThat(values(text, null)).containsExactly("2 " + A, "3 " + B);
    }

    @Test
    void skipsTheMarkCommentsAndBlankLinesButCountsThem() throws IOException {
        String text = "\uFEFF# exported\n\nasset_uid\n" + A + "\n# more\n   \n\"" + B + "\"\n";
        assertThat(values(text, null)).containsExactly("4 " + A, "7 " + B);
    }

    @Test
    void trimsValuesAndKeepsQuotedSeparatorsAndLineBreaks() throws IOException {
        String text = "title,uid\n\"Hero, large\n(new)\",  " + A + "  \nLogo,\"" + B + "\"\n";
        assertThat(values(text, null)).containsExactly("2 " + A, "4 " + B);
    }

    @Test
    void takesAFirstLineThatIsNoIdForDataUnlessItIsAHeader() throws IOException {
        assertThat(values("bltBROKEN\n" + A + "\n", null)).containsExactly("1 bltBROKEN", "2 " + A);
        assertThat(values("Asset UID\n" + A + "\n", null)).containsExactly("2 " + A);
    }

    @Test
    void letsAKnownHeaderDecideAndNotTheLooksOfAValue() throws IOException {
        assertThat(values("asset_uid,replaced_by\nBLT1," + A + "\n", null)).containsExactly("2 BLT1");
        assertThat(values("asset_id,line,reason\nNOPE," + A + ",x\n", null)).containsExactly("2 NOPE");
        assertRefused("bltBROKEN,foo\n" + A + ",foo\n", null, "cannot tell which column has the asset IDs");
        assertRefused("asset_id,uid\n" + A + "," + B + "\n", null, "cannot tell which column has the asset IDs");
    }

    @Test
    void takesItsOwnGuardOffAValueThatLooksLikeAFormula() throws IOException {
        assertThat(values("uid\n'=cmd|'/c calc'!A1\n'quoted'\n", null))
                .containsExactly("2 =cmd|'/c calc'!A1", "3 'quoted'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "'=1+1", "''@x", "'quoted'", "'", "blt1", ""})
    void readsEachValueAsItWasGuarded(String value) {
        String written = Formula.guarded(value);

        assertThat(Formula.withoutGuard(written)).isEqualTo(value);
        assertThat(written).doesNotStartWith("=").doesNotStartWith("@");
    }

    @Test
    void looksForTheSeparatorOutsideOfComments() throws IOException {
        assertThat(values("# a;b;c;d\u2028x\nuid,title\n" + A + ",x\n", null)).containsExactly("3 " + A);
    }

    @ParameterizedTest
    @CsvSource({"uid", "UID", "2"})
    void readsTheColumnAskedFor(String column) throws IOException {
        assertThat(values("parent,uid\n" + B + "," + A + "\n", column)).endsWith("2 " + A);
    }

    @Test
    void givesAnEmptyValueWhereALineIsTooShort() throws IOException {
        assertThat(values("title,uid\nHero\nLogo," + A + "\n", "uid")).containsExactly("2 ", "3 " + A);
        assertThat(values("uid\n" + A + ",more,and more\n", "uid")).containsExactly("2 " + A);
    }

    @Test
    void takesANumberForAColumnsNameOnlyInAHeader() throws IOException {
        Pattern numbers = Pattern.compile("[0-9]+");
        assertThat(values("2,77,old\n3,78,old\n4,79,old\n", "2", numbers)).containsExactly("1 77", "2 78", "3 79");
        assertThat(values("1,x\n2,y\n", "1", numbers)).containsExactly("1 1", "2 2");
        assertThat(values("1,1\n2,2\n", "1", numbers)).containsExactly("1 1", "2 2");
        assertThat(values("2019,2020\nx," + A + "\n", "2020")).containsExactly("2 " + A);
        assertRefused("2,1\nx," + A + "\n", "2", "may be the column of that name or of that number");
    }

    @Test
    void trimsBlanksThatNobodySees() throws IOException {
        assertThat(values("uid\n\u00a0" + A + "\u00a0\n\u200b" + B + "\ufeff\n", null))
                .containsExactly("2 " + A, "3 " + B);
    }

    @Test
    void namesTheColumnsWhenTheOneAskedForIsMissing() {
        assertRefused(
                "uid,uid\n" + A + "," + B + "\n", "uid", "in.csv has 2 columns 'uid'; say which with --column NUMBER");
        assertRefused("title,uid\nx," + A + "\n", "id", "in.csv has no column 'id'; its first record is: title | uid");
        assertRefused(
                "uid,uid\n" + A + "," + B + "\n", "uid", "in.csv has 2 columns 'uid'; say which with --column NUMBER");
        assertRefused("title,uid\nx," + A + "\n", "3", "has 2 fields: title | uid");
        assertRefused("x,y\n1,2\n", null, "cannot tell which column has the asset IDs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# only a comment\n", "uid\n", "\uFEFF"})
    void refusesWhatHasNoValue(String text) {
        assertRefused(text, null, "in.csv is empty");
    }

    @Test
    void refusesOtherEncodingsWithLineAndByte() {
        assertRefused(
                ("title;uid\nCaf\u00e9;" + A + "\n").getBytes(StandardCharsets.ISO_8859_1),
                null,
                "in.csv:2: byte 14 (0xe9) is not UTF-8");
        assertRefused(
                A.getBytes(Charset.forName("UTF-16")), null, "in.csv:1: byte 1: the file starts with a UTF-16 mark");
        assertRefused(A.getBytes(StandardCharsets.UTF_16LE), null, "in.csv:1: byte 2 (0x00) is no text");
        assertRefused(new byte[] {-1, -2, 0, 0, 'b', 0, 0, 0}, null, "the file starts with a UTF-32 mark");
        assertRefused(new byte[] {0x1f, (byte) 0x8b, 8, 0}, null, "is compressed with gzip");
        assertRefused(new byte[] {'P', 'K', 3, 4}, null, "is a ZIP archive");
        assertRefused(
                (A + "\n" + B + "\n\u0000").getBytes(StandardCharsets.UTF_8),
                null,
                "in.csv:3: byte %d (0x00) is no text".formatted(A.length() + B.length() + 3));
        assertRefused(new byte[] {'b', (byte) 0xc3}, null, "in.csv:1: byte 2 (0xc3) is not UTF-8");
    }

    @Test
    void refusesAQuoteThatIsNeverClosed() {
        assertRefused(
                "uid\n" + A + "\n\"" + B + "\n" + A + "\n",
                null,
                "in.csv:3: a quoted field of the record that begins here is not closed");
    }

    @Test
    void readsQuotesInsideUnquotedFieldsAndComments() throws IOException {
        assertThat(values("title,uid\n5\" pipe," + A + "\n# it's \"quoted\n\"a \"\"b\"\"\"," + B + "\n", null))
                .containsExactly("2 " + A, "4 " + B);
    }

    @Test
    void refusesDirectoriesAndMissingFiles() {
        assertThatExceptionOfType(InputRefusedException.class)
                .isThrownBy(() -> open(folder, null))
                .withMessageContaining("is a directory");
        assertThatExceptionOfType(InputRefusedException.class)
                .isThrownBy(() -> open(folder.resolve("none.csv"), null))
                .withMessageContaining("does not exist");
    }

    @Test
    void refusesAFileThatChangesAfterItWasLookedAt() throws IOException {
        Path file = Files.writeString(folder.resolve("in.csv"), A + "\n");
        CsvInput input = open(file, null);
        Files.writeString(file, B + "\n");

        try (AssetIdInput.Values values = input.open()) {
            assertThatExceptionOfType(InputRefusedException.class)
                    .isThrownBy(() -> values.forEachRemaining(value -> {}))
                    .withMessageContaining("changed while it was read");
        }
    }

    @Test
    void identifiesTheContentByItsSha256() throws IOException {
        Path file = Files.writeString(folder.resolve("in.csv"), "abc");
        assertThat(open(file, null).digest())
                .isEqualTo(new InputDigest(
                        "csv", "in.csv", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 3));
    }

    private List<String> values(String text, @Nullable String column) throws IOException {
        return values(text, column, ID);
    }

    private List<String> values(String text, @Nullable String column, Pattern ids) throws IOException {
        List<String> read = new ArrayList<>();
        try (AssetIdInput.Values values = open(Files.writeString(folder.resolve("in.csv"), text), column, ids)
                .open()) {
            values.forEachRemaining(value -> read.add(value.seq() + " " + value.text()));
        }
        return read;
    }

    private static CsvInput open(Path file, @Nullable String column) {
        return open(file, column, ID);
    }

    private static CsvInput open(Path file, @Nullable String column, Pattern ids) {
        return CsvInput.of(
                new InputSpec.Csv(file.toString(), String.valueOf(file.getFileName()), Optional.ofNullable(column)),
                ids);
    }

    private void assertRefused(String text, @Nullable String column, String message) {
        assertRefused(text.getBytes(StandardCharsets.UTF_8), column, message);
    }

    private void assertRefused(byte[] bytes, @Nullable String column, String message) {
        assertThatExceptionOfType(InputRefusedException.class)
                .isThrownBy(() -> open(Files.write(folder.resolve("in.csv"), bytes), column))
                .withMessageContaining(message);
    }
}
