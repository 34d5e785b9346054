package io.binday.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.binary.Outbox;
import io.binday.input.InputSpec;
import io.binday.run.JobRunStore;
import io.binday.testing.TestApplication;
import io.binday.trash.TrashListStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the metrics say of a database in which something has happened. */
class MetricsIT {

    private final TestApplication app =
            TestApplication.on(TestApplication.h2("metrics")).withSample(60);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @BeforeEach
    void bind() {
        new Metrics(app.the(JobRunStore.class), app.the(TrashListStore.class), app.the(Outbox.class)).bindTo(registry);
    }

    @AfterEach
    void close() {
        app.close();
    }

    @Test
    void countWhatWasDoneAndWhatWaits() {
        List<String> assets = app.jdbc().queryForList("SELECT uid FROM asset ORDER BY uid LIMIT 5", String.class);
        run("trash", List.of(assets.get(0), assets.get(1), assets.get(2), assets.get(3), "unknown", "malformed"), true);
        run("trash", List.of(assets.get(4), "unknown", "malformed"), false);
        run("restore", List.of(assets.get(0), "unknown"), true);
        app.jdbc()
                .update(
                        "UPDATE binday_trash SET trashed_at = TIMESTAMPADD(DAY, -2, NOW(6)) WHERE asset_id = ?",
                        assets.get(2));
        app.jdbc()
                .update(
                        "UPDATE binday_run SET finished_at = TIMESTAMP '2020-05-06 02:30:00' WHERE operation = 'restore'");
        app.jdbc().update("""
                INSERT INTO binday_binary_deletion (run_id, asset_id, binary_key, state, attempts, next_attempt_at)
                VALUES (1, 'x', 'x', 'PENDING', 1, NOW(6)), (1, 'y', 'y', 'DELETED', 1, NOW(6))""");

        assertThat(counter("binday.assets.done", "trash")).isEqualTo(4);
        assertThat(counter("binday.assets.rejected", "trash"))
                .as("without those of a plan")
                .isEqualTo(2);
        assertThat(counter("binday.assets.done", "restore")).isEqualTo(1);
        assertThat(counter("binday.assets.rejected", "restore")).isEqualTo(1);
        assertThat(counter("binday.assets.done", "purge")).isZero();
        assertThat(success("restore"))
                .isEqualTo((double) Instant.parse("2020-05-06T02:30:00Z").getEpochSecond());
        assertThat(success("trash")).isGreaterThan(success("restore"));
        assertThat(success("purge")).isZero();
        assertThat(gauge("binday.trash.size")).isEqualTo(3);
        assertThat(gauge("binday.trash.oldest.age")).isBetween(2 * 86_400.0, 2 * 86_400.0 + 600);
        assertThat(gauge("binday.outbox.pending")).isEqualTo(1);

        run("trash", List.of(assets.get(4)), true);

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(counter("binday.assets.done", "trash"))
                        .as("added up again")
                        .isEqualTo(5));
    }

    private void run(String operation, List<String> ids, boolean approved) {
        long run = app.runs().create(app.request(operation, new InputSpec.Ids(ids), approved), true);
        app.work(run);
    }

    private double counter(String name, String operation) {
        return registry.get(name).tag("operation", operation).functionCounter().count();
    }

    private double success(String operation) {
        return registry.get("binday.last.success.timestamp")
                .tag("operation", operation)
                .gauge()
                .value();
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }
}
