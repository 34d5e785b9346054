package io.binday.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPathTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '~',
            value = {
                "$.gallery[*] $.\"gallery\"[*]",
                "$.blocks[*].image $.\"blocks\"[*].\"image\"",
                "$[*] $[*]",
                "$.\"odd-key\" $.\"odd-key\"",
            })
    void readsWhatItWrites(String text, String written) {
        assertThat(JsonPath.parse(text).orElseThrow()).hasToString(written);
        assertThat(JsonPath.parse(written)).isEqualTo(JsonPath.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "$", "gallery", "$.a[0]", "$..a", "$.a.", "$.\"it's\"", "$.a b", "$.a[*", "$**.a"})
    void refusesAnythingElse(String text) {
        assertThat(JsonPath.parse(text)).isEmpty();
    }
}
