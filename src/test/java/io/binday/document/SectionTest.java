package io.binday.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class SectionTest {

    private enum Colour {
        DARK_RED,
        BLUE
    }

    @Test
    void tellsEveryProblemOfADocumentWithItsLine() {
        Problems problems = new Problems("a.yml");
        Section root = Section.parse("a.yml", "colour: green\nsize: 12x\nunknown: 1\ninner:\n  deep: 1\n", problems);
        root.choice("colour", Colour.class, Colour.BLUE);
        root.number("size", 5, 1, 10);
        root.requiredText("name");
        root.section("inner");
        root.refuseUnknownKeys();

        assertThatExceptionOfType(InvalidDocumentException.class)
                .isThrownBy(problems::refuseIfAny)
                .withMessage("""
                        a.yml:1: colour must be one of dark-red, blue but was 'green'
                        a.yml:2: size must be a whole number from 1 to 10 but was '12x'
                        a.yml:1: name is required
                        a.yml:3: unknown is not a known key; known here: colour, size, name, inner
                        a.yml:5: inner.deep is not a known key; known here: \
                        """.stripTrailing() + " ");
    }

    @Test
    void refusesDuplicateKeysAndAnchors() {
        Problems problems = new Problems("a.yml");
        Section root = Section.parse("a.yml", "name: &x one\nname: two\n", problems);
        assertThat(root.text("name")).contains("one");

        assertThatExceptionOfType(InvalidDocumentException.class)
                .isThrownBy(problems::refuseIfAny)
                .withMessageContaining("a.yml:1: name uses a YAML anchor")
                .withMessageContaining("a.yml:2: name is given twice, first on line 1");
    }

    @Test
    void refusesWhatIsNotYamlOrEmpty() {
        assertThatExceptionOfType(InvalidDocumentException.class)
                .isThrownBy(() -> Section.parse("a.yml", "a: [1\nb: 2", new Problems("a.yml")))
                .withMessageStartingWith("a.yml:2: not valid YAML");
        assertThatExceptionOfType(InvalidDocumentException.class)
                .isThrownBy(() -> Section.parse("a.yml", "# nothing\n", new Problems("a.yml")))
                .withMessage("a.yml:1: the file is empty");
    }

    @Test
    void namesTheLineOfWhatTheParserCannotRead() {
        assertRefused("a: 1\nb: x\u0007y\n", "a.yml:2: the character U+0007 may not stand in YAML");
        assertRefused(
                "a: 1\nb: 'x\nc: 2\n",
                "a.yml:4: not valid YAML: found unexpected end of stream while scanning a quoted scalar that begins on"
                        + " line 2");
        assertRefused(
                "a: 1\n---\nb: 2\n",
                "a.yml:2: not valid YAML: expected a single document in the stream, but found another document");
        assertRefused(
                "a: 1\nb: " + "[".repeat(30) + "]".repeat(30),
                "a.yml:2: not valid YAML: Nesting Depth exceeded max 20");
        assertRefused(
                "a: 1\nb: !!java.lang.Runtime {}\n",
                "a.yml:2: not valid YAML: Global tag is not allowed:" + " tag:yaml.org,2002:java.lang.Runtime");
    }

    private static void assertRefused(String yaml, String message) {
        assertThatExceptionOfType(InvalidDocumentException.class)
                .isThrownBy(() -> Section.parse("a.yml", yaml, new Problems("a.yml")))
                .withMessage(message);
    }

    @Test
    void refusesAnchorsHoweverOftenTheyAreUsed() {
        Problems problems = new Problems("a.yml");
        Section root = Section.parse("a.yml", "x: &x [lol]\ny: [" + "*x, ".repeat(99) + "*x]\n'': 1\n", problems);
        root.refuseUnknownKeys();

        assertThatExceptionOfType(InvalidDocumentException.class)
                .isThrownBy(problems::refuseIfAny)
                .withMessageContaining("a.yml:1: x uses a YAML anchor")
                .withMessageContaining("a.yml:3: '' is not a known key");
    }

    @Test
    void refusesAListWhereKeysBelong() {
        Problems problems = new Problems("a.yml");
        Section.parse("a.yml", "- one\n- two\n", problems);

        assertThatExceptionOfType(InvalidDocumentException.class)
                .isThrownBy(problems::refuseIfAny)
                .withMessage("a.yml:1: the document must be a mapping of keys to values");
    }
}
