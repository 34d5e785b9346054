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
    void refusesAListWhereKeysBelong() {
        Problems problems = new Problems("a.yml");
        Section.parse("a.yml", "- one\n- two\n", problems);

        assertThatExceptionOfType(InvalidDocumentException.class)
                .isThrownBy(problems::refuseIfAny)
                .withMessage("a.yml:1: the document must be a mapping of keys to values");
    }
}
