package io.binday.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.binday.run.ShellWord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TextTest {

    @Test
    void writesSizesAsAPersonReadsThem() {
        assertThat(Sizes.bytes(999)).isEqualTo("999 B");
        assertThat(Sizes.bytes(1_234_567)).isEqualTo("1.2 MB");
        assertThat(Sizes.count(1_234_567)).isEqualTo("1,234,567");
        assertThat(Sizes.count(1, "asset")).isEqualTo("1 asset");
        assertThat(Sizes.count(0, "asset")).isEqualTo("0 assets");
        assertThat(Sizes.duration(Duration.ofMillis(1_240))).isEqualTo("1.2 s");
        assertThat(Sizes.duration(Duration.ofSeconds(200))).isEqualTo("3 min 20 s");
        assertThat(Sizes.duration(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
    }

    @Test
    void readsTimesThatACalendarHolds() {
        assertThat(Sizes.time("--older-than", "36500d")).isEqualTo(Duration.ofDays(36_500));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sizes.time("--older-than", "999999999d"))
                .withMessage("--older-than must be 36500d at most but was '999999999d'");
    }

    @Test
    void alignsColumnsWithoutTrailingBlanks() {
        Table table = new Table("run", "name");
        table.add("1", "a");
        table.add("1000", "bc");
        assertThat(table.lines()).containsExactly("run   name", "1     a", "1000  bc");
    }

    @Test
    void alignsWhatATerminalShowsWideOrNotAtAll() {
        Table table = new Table("hold", "label");
        table.add("\u8a34\u8a1f", "wide");
        table.add("e\u0301", "combined");
        assertThat(table.lines()).containsExactly("hold  label", "\u8a34\u8a1f  wide", "e\u0301     combined");
    }

    @Test
    void answersAMistakeAsJsonWhereThatIsAskedForAndNowhereElse() {
        assertThat(answer("trash", "--reason", "a\nb", "-o", "json")).startsWith("{\"error\"");
        assertThat(answer("trash", "--output=JSON")).startsWith("{\"error\"");
        assertThat(answer("hold", "--reason", "ask: -o json?")).isEmpty();
        assertThat(answer("trash", "-o", "table", "json")).isEmpty();
    }

    private static String answer(String... typed) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        UsageError.tell(new Terminal(out, new ByteArrayOutputStream()), "wrong", typed);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void keepsAValueOfSeveralLinesOnOne() {
        Table table = new Table("label");
        table.add("x\nRun 7 would trash nothing\t!");
        assertThat(table.lines()).containsExactly("label", "x\u00b7Run 7 would trash nothing\u00b7!");
        assertThat(RunText.field("label", "x\n  y")).isEqualTo("  label       x\u00b7  y");
    }

    @Test
    void spellsOutCommandsAsTheyMustBeTyped() {
        assertThat(Launcher.spellOut("run: binday catalog install"))
                .matches("run: java -jar .*binday\\.jar catalog install");
        assertThat(Launcher.spellOut("the binday pool")).isEqualTo("the binday pool");
    }

    @Test
    void namesTheJarAsItWasTyped() {
        assertThat(Launcher.jar("/opt/my tools/b.jar trash --csv x.jar")).contains("/opt/my tools/b.jar");
        assertThat(Launcher.jar("target/binday-1.0.jar")).contains("target/binday-1.0.jar");
        assertThat(Launcher.jar("io.binday.Main run list")).isEmpty();
        assertThat(ShellWord.of("/opt/my tools/anna's.jar")).isEqualTo("'/opt/my tools/anna'\\''s.jar'");
        assertThat(ShellWord.of("since=2024-01-01T00:00:00Z")).isEqualTo("since=2024-01-01T00:00:00Z");
    }
}
