package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunSettingsTest {

    @Test
    void acceptsTheLimitsThemselves() {
        assertThatCode(() -> settings(1, Duration.ofSeconds(1), 3)).doesNotThrowAnyException();
        assertThatCode(() -> settings(1_000, Duration.ofHours(1), 100)).doesNotThrowAnyException();
    }

    @Test
    void refusesWhatIsOutOfRangeWithNameValueAndRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(1_001, Duration.ofSeconds(30), 5))
                .withMessage("binday.run.chunk-size must be 1 to 1000 but was 1001");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(100, Duration.ofMillis(999), 5))
                .withMessage("binday.run.lease must be 1s to 1h but was 999ms");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(100, Duration.ofSeconds(30), 2))
                .withMessage("binday.run.max-attempts must be 3 to 100 but was 2");
    }

    @Test
    void waitsTwiceAsLongAfterEachFailureButAMinuteAtMost() {
        RunSettings settings = settings(100, Duration.ofSeconds(30), 5);

        assertThat(IntStream.of(1, 2, 3, 6, 7, 100)
                        .mapToObj(settings::wait)
                        .map(Duration::toSeconds)
                        .toList())
                .containsExactly(1L, 2L, 4L, 32L, 60L, 60L);
    }

    private static RunSettings settings(int chunkSize, Duration lease, int maxAttempts) {
        return new RunSettings(chunkSize, 2, lease, maxAttempts, Duration.ofSeconds(1), "somebody");
    }
}
