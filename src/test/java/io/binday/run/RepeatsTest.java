package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RepeatsTest {

    @Test
    void missesNoRepeatedValueAndSuspectsFewOthers() {
        Repeats repeats = new Repeats();
        for (int i = 0; i < 1_000_000; i++) {
            repeats.add("blt%016x".formatted(i * 0x9E3779B97F4A7C15L));
        }
        int before = repeats.suspects().orElseThrow().size();
        assertThat(before).isLessThan(50);

        for (int i = 0; i < 100; i++) {
            String value = "blt%016x".formatted(i * 7_919L * 0x9E3779B97F4A7C15L);
            repeats.add(value);
            assertThat(repeats.suspects().orElseThrow()).contains(value);
        }
    }

    @Test
    void givesUpNamingThemWhenTheyAreTooMany() {
        Repeats repeats = new Repeats();
        for (int i = 0; i < 20_000; i++) {
            repeats.add("value " + i % 10_000);
        }
        assertThat(repeats.suspects()).isEmpty();
    }
}
