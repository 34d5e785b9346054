package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binday.input.InputSpec;
import io.binday.testing.MySqlServer;
import io.binday.testing.OnMySql;
import io.binday.testing.StackContent;
import io.binday.testing.TestApplication;
import io.binday.trash.Reject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

@OnMySql
class TrashRunMySqlIT extends TrashRunContract {

    /** The server ends connections that are silent for so long, and the one of Spring Batch has nothing to say meanwhile. */
    @Test
    void stagesAQueryThatTakesItsTimeForEachRow() {
        try (TestApplication impatient = TestApplication.on(
                url,
                "spring.datasource.hikari.data-source-properties.sessionVariables=wait_timeout=8,time_zone='+00:00'",
                "spring.datasource.hikari.keepalive-time=30000")) {
            // The first row is so long that the server sends it at once; the others wait in its buffer until all are
            // there.
            String sql = "SELECT REPEAT('x', 20000) UNION ALL SELECT uid FROM asset WHERE SLEEP(0.15) = 0";
            InputSpec slow = new InputSpec.Query("slow", sql, Map.of(), 60, 1_000);
            long run = impatient.runs().create(impatient.request("trash", slow, true), true);
            RunReport report = impatient.work(run);

            assertThat(report.items().done()).isEqualTo(ASSETS);
            assertThat(report.items().rejects()).isEqualTo(Map.of(Reject.MALFORMED, 1L));
            assertThat(report.run().attempts()).isEqualTo(1);
        }
    }

    @Test
    void letsNobodyConfigureAwayWhatTheTruthOfAMoveDependsOn() {
        assertThatThrownBy(
                        () -> TestApplication.on(
                                url,
                                "spring.datasource.hikari.data-source-properties.sessionVariables=wait_timeout=8,TIME_ZONE='+02:00'"))
                .rootCause()
                .hasMessageContaining("sessionVariables must not set TIME_ZONE");
        for (String latin : List.of("characterEncoding=latin1", "connectionCollation=latin1_swedish_ci")) {
            assertThatThrownBy(
                            () -> TestApplication.on(url, "spring.datasource.hikari.data-source-properties." + latin))
                    .rootCause()
                    .hasMessageContaining(latin.replace("=", " must be a UTF-8 one but was '"));
        }
    }

    @Override
    String freshDatabase() {
        MySqlServer server = MySqlServer.shared();
        return server.url(server.migratedSchema());
    }

    @Override
    String endlessQuery() {
        return "SELECT uid FROM asset WHERE SLEEP(600) = 0";
    }

    @Test
    void tellsWhatWentWrongFirstWhereTheRollbackFailsToo() {
        TransactionTemplate transaction = new TransactionTemplate(app.the(PlatformTransactionManager.class));
        TransactionTemplate other = new TransactionTemplate(app.the(PlatformTransactionManager.class));
        other.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    long connection = app.count("SELECT CONNECTION_ID()");
                    other.executeWithoutResult(own -> app.jdbc().execute("KILL " + connection));
                    throw new IllegalStateException("the first failure");
                }))
                .satisfies(failure -> assertThat(FailureText.of(failure)).isEqualTo("the first failure"));
    }

    @Test
    void stagesEveryLineOnceThoughTheConnectionsAreKilledWhileSeveralBatchesAreUnderWay() throws IOException {
        int unknown = 55_000;
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < unknown; i++) {
            lines.add("bltff%014x".formatted(i));
        }
        lines.addAll(assets.subList(0, 20));
        List<String> retried = new ArrayList<>();
        AtomicBoolean killed = new AtomicBoolean();
        long run = create(csv(lines), true);

        RunReport report = app.runs()
                .work(
                        run,
                        new RunObserver() {
                            @Override
                            public void staged(long items) {
                                if (killed.compareAndSet(false, true)) {
                                    killOthers();
                                }
                            }

                            @Override
                            public void retrying(String failure, Duration wait) {
                                retried.add(failure);
                            }
                        },
                        new StopSignal());

        assertThat(retried).isNotEmpty();
        assertThat(report.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(report.items())
                .isEqualTo(new ItemCounts(lines.size(), 20, unknown, Map.of(Reject.NOT_FOUND, (long) unknown)));
        assertThat(app.count("SELECT COUNT(DISTINCT asset_id) FROM binday_work_item WHERE run_id = " + run))
                .isEqualTo(lines.size());
        assertThat(staged(report.attempts().get(0))).isPositive().isLessThan(lines.size());
        assertThat(staged(report.attempts().get(report.attempts().size() - 1))).isEqualTo(lines.size());
        before.assertNothingLostOrDoubled(app.jdbc());
    }

    @Test
    void movesEachValueIntoItsColumnThoughColumnsChangePlacesMeanwhile() throws IOException {
        long run = create(csv(assets), true);

        RunReport report = app.runs()
                .work(
                        run,
                        new FirstRound(() ->
                                app.jdbc().execute("ALTER TABLE asset MODIFY file_name VARCHAR(255) NOT NULL FIRST")),
                        new StopSignal());

        assertThat(report.items().done()).isEqualTo(ASSETS);
        assertThat(app.count("SELECT COUNT(*) FROM binday_trash_asset WHERE title = file_name OR file_name = uid"))
                .isZero();
        assertThat(
                        app.count(
                                "SELECT COUNT(*) FROM binday_trash_asset a JOIN binday_trash t ON t.asset_id = a.uid AND t.label = a.title"))
                .isEqualTo(ASSETS);
    }

    @Test
    void isolatesRefusedAssetsInOneAttempt() throws IOException {
        List<String> refused = List.of(assets.get(3), assets.get(30), assets.get(50), assets.get(77));
        refused.forEach(id -> app.jdbc().update("UPDATE asset SET title = ? WHERE uid = ?", "x".repeat(200), id));
        before = StackContent.of(app.jdbc());
        app.jdbc().execute("ALTER TABLE binday_trash MODIFY COLUMN label VARCHAR(100)");

        RunReport report = app.work(create(csv(assets), true));

        assertThat(report.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(report.items().done()).isEqualTo(ASSETS - 4);
        assertThat(report.items().rejects()).isEqualTo(Map.of(Reject.REFUSED_BY_DATABASE, 4L));
        assertThat(report.attempts()).hasSize(1);
        before.assertNothingLostOrDoubled(app.jdbc());
        assertCountersEqualTables(report);
    }

    private static long staged(AttemptReport attempt) {
        AttemptReport.StepReport first = attempt.steps().get(0);
        assertThat(first.name()).isEqualTo("stage");
        return first.written();
    }

    private void killOthers() {
        List<Long> others = app.jdbc()
                .queryForList(
                        "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()",
                        Long.class);
        assertThat(others).isNotEmpty();
        for (long id : others) {
            try {
                app.jdbc().execute("KILL " + id);
            } catch (DataAccessException e) {
                // It has ended by itself meanwhile.
            }
        }
    }
}
