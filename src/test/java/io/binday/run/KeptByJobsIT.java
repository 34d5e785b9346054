package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.testing.TestApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the audit begins to miss purges. */
class KeptByJobsIT {

    private static final String NIGHTLY = "schedule: {cron: '0 30 2 * * ?'}\n";

    @TempDir
    private Path folder;

    @Test
    void leastIsWhatTheScheduledPurgesKeepAndElseTheRetention() throws IOException {
        job("by-hand", "{older-than: 20d}", "");
        assertThat(age()).isEqualTo(Duration.ofDays(14));

        job("keeps", "{older-than: 30d}", NIGHTLY);
        Files.writeString(folder.resolve("broken.yml"), "name: [");
        assertThat(age()).isEqualTo(Duration.ofDays(30));

        job("usual", "{}", NIGHTLY);
        assertThat(age()).isEqualTo(Duration.ofDays(14));
    }

    private void job(String name, String expired, String schedule) throws IOException {
        Files.writeString(folder.resolve(name + ".yml"), """
                name: %s
                description: A purge.
                operation: purge
                input: {expired: %s}
                %s""".formatted(name, expired, schedule));
    }

    private Duration age() {
        try (TestApplication app = TestApplication.on(TestApplication.h2("kept_by_jobs"), "binday.jobs=" + folder)) {
            return app.the(KeptByJobs.class).leastOfScheduled();
        }
    }
}
