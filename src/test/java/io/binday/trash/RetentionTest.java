package io.binday.trash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.binday.catalog.RefusedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTest {

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-29T02:30:00.000001Z", "2026-10-25T01:30:00Z", "2026-07-01T00:00:00Z"})
    void isFourteenTimesTwentyFourHoursAlsoAcrossAChangeOfSummerTime(Instant now) {
        assertThat(retention("14d", now, now).cutoff(Optional.empty())).isEqualTo(now.minusSeconds(14 * 24 * 3_600));
    }

    @Test
    void refusesWhatIsYoungerThanTheRetention() {
        Retention retention = retention("14d", Instant.EPOCH, Instant.EPOCH);
        assertThat(retention.cutoff(Optional.of(Duration.ofDays(30))))
                .isEqualTo(Instant.EPOCH.minus(Duration.ofDays(30)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> retention.cutoff(Optional.of(Duration.ofDays(13))))
                .withMessageContaining(
                        "nothing younger than the retention of 14d is purged, but an age of 13d was asked for");
    }

    @Test
    void purgesNothingWhileTheClocksDisagree() {
        Instant now = Instant.parse("2026-05-06T07:08:09Z");
        assertThat(retention("14d", now, now.plusSeconds(60)).cutoff(Optional.empty()))
                .isBefore(now);
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> retention("14d", now, now.plusSeconds(61)).cutoff(Optional.empty()))
                .withMessageContaining("differ by 61 s");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> retention("14d", now, now.minusSeconds(61)).cutoff(Optional.empty()));
    }

    @Test
    void trashesNothingByAClockThatIsFarOff() {
        Instant now = Instant.parse("2026-05-06T07:08:09Z");
        retention("14d", now, now.plusSeconds(3_600)).requirePlausibleTime();
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> retention("14d", now, now.plusSeconds(3_601)).requirePlausibleTime())
                .withMessageContaining("differ by 3601 s, more than 3600 s; nothing is trashed until they agree");
    }

    @Test
    void holdsAPurgeBackThatWasBegunWithAShorterOne() {
        Instant begun = Instant.parse("2026-05-06T07:08:09Z");
        Instant cutoff = retention("14d", begun, begun).cutoff(Optional.empty());
        Instant now = begun.plusSeconds(3_600);

        assertThat(retention("14d", now, now).stillAllowed(cutoff, Optional.empty()))
                .isEqualTo(cutoff);
        assertThat(retention("30d", now, now).stillAllowed(cutoff, Optional.empty()))
                .isEqualTo(now.minus(Duration.ofDays(30)));
        assertThat(retention("14d", now, now).stillAllowed(cutoff, Optional.of(Duration.ofDays(30))))
                .isEqualTo(now.minus(Duration.ofDays(30)));
        assertThat(retention("14d", now, now).stillAllowed(cutoff, Optional.of(Duration.ofDays(13))))
                .isEqualTo(cutoff);
    }

    @Test
    void needsASecondSettingForLessThanADay() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PurgeSettings(Duration.ofHours(23), false, 1, null))
                .withMessage("binday.purge.retention must be at least 1d but was 23h; a shorter one needs"
                        + " binday.purge.allow-short-retention: true");
        assertThat(new PurgeSettings(Duration.ofHours(23), true, 1, null).retention())
                .isEqualTo(Duration.ofHours(23));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PurgeSettings(Duration.ofDays(36_501), false, 1, null))
                .withMessage("binday.purge.retention must be at most 36500d but was 36501d");
        assertThatIllegalArgumentException().isThrownBy(() -> new PurgeSettings(Duration.ZERO, true, 1, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new PurgeSettings(Duration.ofDays(14), false, 0, null));
    }

    private static Retention retention(String length, Instant database, Instant machine) {
        Duration duration = Duration.ofDays(Long.parseLong(length.replace("d", "")));
        return new Retention(
                new PurgeSettings(duration, false, 1, null),
                () -> database,
                Clock.fixed(machine, ZoneId.of("Europe/Berlin")));
    }
}
