package io.binday.trash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypedTimeTest {

    @ParameterizedTest
    @CsvSource({
        "P14D, 14d",
        "PT36H, 36h",
        "PT90M, 90m",
        "PT60S, 1m",
        "PT10S, 10s",
        "PT0.05S, 50ms",
        "PT0S, 0s",
        "PT-24H, -1d",
        "PT1H0.5S, 3600500ms"
    })
    void isInTheLargestUnitThatLeavesNothingOver(Duration time, String typed) {
        assertThat(TypedTime.of(time)).isEqualTo(typed);
    }
}
