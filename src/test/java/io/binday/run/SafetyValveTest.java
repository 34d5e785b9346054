package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SafetyValveTest {

    @Test
    void closesForMoreThanFiveTimesTheAverageUnlessThatIsLittle() {
        assertThat(SafetyValve.unusual(100, List.of(1L))).isEmpty();
        assertThat(SafetyValve.unusual(101, List.of(10L, 30L)))
                .contains(
                        "held back by the safety valve: 101 assets are more than 5 times the average of 20 of the last 2 purges");
        assertThat(SafetyValve.unusual(1_000, List.of(100L, 300L))).isEmpty();
        assertThat(SafetyValve.unusual(1_001, List.of(100L, 300L))).isPresent();
        assertThat(SafetyValve.unusual(1_000_000, List.of())).isEmpty();
    }
}
