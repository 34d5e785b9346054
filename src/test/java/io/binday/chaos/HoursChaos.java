package io.binday.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.testing.OnMySql;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random histories for as long as wanted: {@code mvn verify -Pchaos -Dhours=2}. */
@OnMySql
class HoursChaos {

    private static final double HOURS = Double.parseDouble(System.getProperty("hours", "1"));

    @TempDir
    private Path folder;

    @Test
    void keepsThePromisesForHours() throws IOException, SQLException, InterruptedException {
        long seed = Long.getLong("binday.seed", System.nanoTime());
        System.out.println("Chaos for " + HOURS + " hours: seed " + seed + " (repeat with -Dbinday.seed=" + seed + ")");
        Chaos chaos = new Chaos(folder);
        long end =
                System.nanoTime() + Duration.ofSeconds((long) (HOURS * 3_600)).toNanos();
        for (long history = 0; System.nanoTime() < end; history++) {
            chaos.play(seed + history);
            if (chaos.histories() % 20 == 0) {
                System.out.println(chaos.summary());
            }
        }
        System.out.println(chaos.summary());
        assertThat(chaos.histories()).isPositive();
    }
}
