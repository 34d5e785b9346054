package io.binday.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class CatalogTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"a b", "yes", "x\r  - name: y", "x\u2028y: z", "x\u0085y", "tab\there", "\"quoted\" \\ \u202e"})
    void writesNamesAsYamlReadsThemBackAndGuessesThatStayComments(String name) {
        CatalogText text = new CatalogText();
        text.line("name: " + CatalogText.quoted(name));
        text.line("# " + name);
        text.guess("  where: " + CatalogText.quoted(name), name);

        Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(text.toString());

        assertThat(read).isEqualTo(java.util.Map.of("name", name));
        assertThat(text.toString().lines()).hasSize(3);
    }
}
