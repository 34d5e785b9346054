package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.audit.Audit;
import io.binday.testing.MySqlServer;
import io.binday.testing.OnMySql;
import io.binday.testing.TestApplication;
import io.binday.trash.OperationName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Looking at runs when there are 100,000 of them, judged by the rows that the server reads and not by the time it takes. */
@OnMySql
class RunListIT {

    private static final int RUNS = 100_000;
    private static final int PAGE = 20;
    /** A few rows for each run shown, and what a rare value is found by; far from reading them all. */
    private static final long MOST_READS = 2_000;

    private TestApplication app;

    @BeforeEach
    void createRuns() {
        MySqlServer server = MySqlServer.shared();
        app = TestApplication.on(server.url(server.migratedSchema())).withSample(60);
        new TransactionTemplate(app.the(PlatformTransactionManager.class)).executeWithoutResult(status -> {
            app.jdbc().execute("SET SESSION cte_max_recursion_depth = " + RUNS);
            app.jdbc().update("""
                    INSERT INTO binday_run (operation, job_name, status, reason, requested_by, requested_at, input_kind,
                        input_name, input_sha256, input_bytes, input_spec, chunk_size, attempts, finished_at)
                    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
                    SELECT IF(i %% 1000 = 1, 'restore', 'trash'), IF(i %% 1000 = 2, 'cleanup', 'trash'),
                        IF(i %% 1000 = 3, 'FAILED', 'COMPLETED'), 'x', IF(i %% 1000 = 4, 'anna', 'bob'),
                        TIMESTAMPADD(MINUTE, i, '2026-01-01'), 'ids', 'x', SHA2(i, 256), 0, '{"kind":"ids","values":[]}',
                        100, 1, TIMESTAMPADD(MINUTE, i, '2026-01-01')
                    FROM n ORDER BY i""".replace("%%", "%"), RUNS);
            app.jdbc().update("INSERT INTO binday_lease SELECT run_id, NULL, 1, NOW(6), NOW(6) FROM binday_run");
        });
        app.jdbc().execute("ANALYZE TABLE binday_run");
    }

    @AfterEach
    void close() {
        app.close();
    }

    @Test
    void readsFewRowsWhateverIsAskedFor() {
        Map<String, RunFilter> filters = Map.of(
                "any", RunFilter.any(),
                "status", filter(Set.of(RunStatus.FAILED), "", "", "", 0, 0),
                "operation", filter(Set.of(), "restore", "", "", 0, 0),
                "job", filter(Set.of(), "", "cleanup", "", 0, 0),
                "who", filter(Set.of(), "", "", "anna", 0, 0),
                "since", filter(Set.of(), "", "", "", 1, 0),
                "before", filter(Set.of(), "", "", "", 0, 50_000));

        filters.forEach((name, filter) -> {
            List<RunLine> lines = app.the(RunRecords.class).newest(filter, PAGE);
            assertThat(lines).as(name).hasSize(PAGE);
            assertThat(reads(() -> app.the(RunRecords.class).newest(filter, PAGE)))
                    .as("rows read for a list by " + name)
                    .isLessThan(MOST_READS);
        });
        assertThat(reads(() -> app.runs().report(70_000)))
                .as("rows read for one run")
                .isLessThan(MOST_READS);
    }

    @Test
    void auditsThemWithoutComparingEachWithEach() {
        long reads = reads(() -> app.the(Audit.class).report(true));

        assertThat(reads).as("rows read for a deep audit of %d runs", RUNS).isLessThan(30L * RUNS);
    }

    private static RunFilter filter(
            Set<RunStatus> statuses, String operation, String job, String who, int since, long before) {
        return new RunFilter(
                statuses,
                Optional.of(operation).filter(text -> !text.isEmpty()).map(OperationName::of),
                Optional.of(job).filter(text -> !text.isEmpty()),
                Optional.of(who).filter(text -> !text.isEmpty()),
                since == 0 ? Optional.empty() : Optional.of(Instant.parse("2026-03-11T00:00:00Z")),
                before == 0 ? Optional.empty() : Optional.of(before));
    }

    /** How many rows the server reads for something, by its own counters. */
    private long reads(Runnable action) {
        return Optional.ofNullable(
                        new TransactionTemplate(app.the(PlatformTransactionManager.class)).execute(status -> {
                            long before = counter();
                            action.run();
                            return counter() - before;
                        }))
                .orElseThrow();
    }

    private long counter() {
        return app.count("""
                SELECT SUM(VARIABLE_VALUE) FROM performance_schema.session_status
                WHERE VARIABLE_NAME IN ('Handler_read_first', 'Handler_read_key', 'Handler_read_last', 'Handler_read_next',
                    'Handler_read_prev', 'Handler_read_rnd', 'Handler_read_rnd_next')""");
    }
}
