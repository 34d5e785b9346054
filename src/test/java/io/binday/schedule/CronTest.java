package io.binday.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.job.JobDefinition.Schedule;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class CronTest {

    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");

    @Test
    void knowsTheNextTimeInItsZone() {
        assertThat(cron("0 30 2 * * ?", "Europe/Berlin").next(MARCH)).contains(Instant.parse("2026-03-01T01:30:00Z"));
        assertThat(cron("0 30 2 1 1 ? 2025", "UTC").next(MARCH)).isEmpty();
    }

    @Test
    void namesTheTimeThatIsSkippedWhenTheClocksArePutForward() {
        assertThat(cron("0 30 2 * * ?", "Europe/Berlin").skipped(MARCH)).contains("2026-03-29T02:30");
        assertThat(cron("0 30 2 * * ?", "Europe/Berlin").skipped(Instant.parse("2026-06-01T00:00:00Z")))
                .contains("2027-03-28T02:30");
    }

    @Test
    void hasNothingToNameWhereNothingIsMissed() {
        assertThat(cron("0 30 2 * * ?", "UTC").skipped(MARCH)).isEmpty();
        assertThat(cron("0 30 3 * * ?", "Europe/Berlin").skipped(MARCH)).isEmpty();
        assertThat(cron("0 0 * * * ?", "Europe/Berlin").skipped(MARCH)).isEmpty();
        assertThat(cron("0 30 2 ? * MON", "Europe/Berlin").skipped(MARCH)).isEmpty();
    }

    private static Cron cron(String expression, String zone) {
        return Cron.of(new Schedule(expression, ZoneId.of(zone)));
    }
}
