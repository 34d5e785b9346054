package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.binday.audit.Audit;
import io.binday.audit.AuditFinding;
import io.binday.input.InputSpec;
import io.binday.trash.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What is removed of runs that ended long ago, and what never is. */
abstract class HousekeepingContract extends RunContract {

    private static final Duration AGE = Duration.ofDays(90);
    private static final int MANY = 10_000;

    @Test
    void removesItemsAndAttemptsOfOldEndedRunsOnly() {
        long old = run("trash", new InputSpec.Ids(assets.subList(0, 9))).run().id();
        long failed =
                run("trash", new InputSpec.Ids(assets.subList(9, 12))).run().id();
        long plan = app.runs().create(request("trash", new InputSpec.Ids(assets.subList(20, 25)), false), true);
        app.work(plan);
        age();
        app.jdbc().update("UPDATE binday_run SET status = 'FAILED' WHERE run_id = ?", failed);
        long young =
                run("restore", new InputSpec.Ids(assets.subList(0, 2))).run().id();
        long events = app.count("SELECT COUNT(*) FROM binday_event");

        Housekeeping.Result plannedResult = housekeeping().plan(AGE);
        Housekeeping.Result result = housekeeping().work(AGE, new StopSignal());

        assertThat(result.runs()).isEqualTo(1).isEqualTo(plannedResult.runs());
        assertThat(result.items()).isEqualTo(9).isEqualTo(plannedResult.items());
        assertThat(result.attempts()).isEqualTo(1).isEqualTo(plannedResult.attempts());
        assertThat(app.jdbc().queryForList("SELECT DISTINCT run_id FROM binday_work_item ORDER BY run_id", Long.class))
                .containsExactly(failed, plan, young);
        assertThat(app.count("SELECT COUNT(*) FROM BATCH_JOB_EXECUTION")).isEqualTo(3);
        assertThat(app.count("SELECT COUNT(*) FROM BATCH_JOB_INSTANCE")).isEqualTo(3);
        assertThat(app.count("SELECT COUNT(*) FROM binday_event")).isEqualTo(events);
        assertThat(app.count("SELECT COUNT(*) FROM binday_run")).isEqualTo(4);
        RunReport report = app.runs().report(old);
        assertThat(report.items().done()).isEqualTo(9);
        assertThat(report.tidiedAt()).isPresent();
        assertThat(report.references(Fate.DETACHED)).isNotEmpty();
        assertThat(app.restart(failed).run().status()).isEqualTo(RunStatus.COMPLETED);
        app.runs().approve(plan, "tester");
        assertThat(app.work(plan).items().done()).isEqualTo(5);
        assertThat(run("restore", new InputSpec.Run(old)).items().done()).isEqualTo(7);
        assertThat(app.the(Audit.class).report(true).findings()).isEmpty();
    }

    @Test
    void goesOnWhereItWasInterrupted() {
        long run = run("trash", new InputSpec.Ids(assets.subList(0, 9))).run().id();
        app.jdbc().update("INSERT INTO binday_tidied (run_id, tidied_at) VALUES (?, NOW(6))", run);

        assertThat(housekeeping().work(AGE, new StopSignal()).items()).isEqualTo(9);
        assertThat(housekeeping().work(AGE, new StopSignal()).items()).isZero();
        StopSignal stopped = new StopSignal();
        stopped.request();
        age();
        assertThat(housekeeping().work(AGE, stopped).runs()).isZero();
    }

    @Test
    void leavesTheItemsOfARunThatMayGoOnWhateverIsNoted() {
        long run = run("trash", new InputSpec.Ids(assets.subList(0, 9))).run().id();
        app.jdbc().update("UPDATE binday_run SET status = 'STOPPED' WHERE run_id = ?", run);
        app.jdbc().update("INSERT INTO binday_tidied (run_id, tidied_at) VALUES (?, NOW(6))", run);

        assertThat(housekeeping().plan(AGE).items()).isZero();
        assertThat(housekeeping().work(AGE, new StopSignal()).items()).isZero();
        assertThat(app.count("SELECT COUNT(*) FROM binday_work_item")).isEqualTo(9);
    }

    @Test
    void keepsWhatARetryHasStillToReadThatIsNotStagedYet() {
        long run = run("trash", new InputSpec.Ids(List.of("unknown"))).run().id();
        long retry = app.runs()
                .create(request("trash", new InputSpec.Rejects(run, Optional.empty(), Optional.empty()), true), true);
        age();
        app.jdbc().update("UPDATE binday_run SET status = 'STOPPED' WHERE run_id = ?", retry);

        assertThat(housekeeping().plan(AGE).runs()).isZero();
        assertThat(housekeeping().work(AGE, new StopSignal()).items()).isZero();
        assertThat(app.restart(retry).items().rejected()).isEqualTo(1);
        assertThat(housekeeping().work(AGE, new StopSignal()).items()).isEqualTo(1);
    }

    @Test
    void refusesAnAgeThatIsTooShort() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> housekeeping().work(Duration.ofHours(23), new StopSignal()))
                .withMessageContaining("at least 1d ago");
    }

    @Test
    void tidiesUpAfterTenThousandRuns() {
        createMany();
        assertThat(app.the(Audit.class).report(true).findings())
                .as("none of them has a tally")
                .extracting(AuditFinding::code)
                .contains("COUNTERS_DIFFER");

        Housekeeping.Result planned = housekeeping().plan(AGE);
        Housekeeping.Result result = housekeeping().work(AGE, new StopSignal());

        assertThat(result.runs()).isEqualTo(MANY);
        assertThat(result.attempts()).isEqualTo(MANY).isEqualTo(planned.attempts());
        assertThat(result.items()).isEqualTo(2 * MANY);
        for (String table : List.of(
                "binday_work_item",
                "BATCH_JOB_INSTANCE",
                "BATCH_JOB_EXECUTION",
                "BATCH_JOB_EXECUTION_PARAMS",
                "BATCH_JOB_EXECUTION_CONTEXT",
                "BATCH_STEP_EXECUTION",
                "BATCH_STEP_EXECUTION_CONTEXT")) {
            assertThat(app.count("SELECT COUNT(*) FROM " + table)).as(table).isZero();
        }
        assertThat(app.count("SELECT COUNT(*) FROM binday_run")).isEqualTo(MANY);
    }

    private void createMany() {
        insert("""
                INSERT INTO binday_run (run_id, operation, job_name, status, reason, requested_by, requested_at, input_kind,
                    input_name, input_sha256, input_bytes, input_spec, chunk_size, attempts, finished_at)
                VALUES (?, 'trash', 'trash', 'COMPLETED', 'x', 'x', '2020-01-01', 'ids', 'x', 'x', 0, '{}', 100, 1,
                    '2020-01-01')""");
        insert("INSERT INTO binday_work_item (run_id, seq, asset_id, state) VALUES (?, 1, 'x', 'DONE')");
        insert("INSERT INTO binday_work_item (run_id, seq, asset_id, state) VALUES (?, 2, 'y', 'DONE')");
        insert(
                "INSERT INTO BATCH_JOB_INSTANCE (JOB_INSTANCE_ID, VERSION, JOB_NAME, JOB_KEY) VALUES (?, 0, 'trash', ?)");
        insert("""
                INSERT INTO BATCH_JOB_EXECUTION (JOB_EXECUTION_ID, JOB_INSTANCE_ID, VERSION, CREATE_TIME, STATUS)
                VALUES (?, ?, 0, '2020-01-01', 'COMPLETED')""");
        insert("""
                INSERT INTO BATCH_JOB_EXECUTION_PARAMS
                    (JOB_EXECUTION_ID, PARAMETER_NAME, PARAMETER_TYPE, PARAMETER_VALUE, IDENTIFYING)
                VALUES (?, 'runId', 'java.lang.Long', ?, 'Y')""");
        insert("INSERT INTO BATCH_JOB_EXECUTION_CONTEXT (JOB_EXECUTION_ID, SHORT_CONTEXT) VALUES (?, '{}')");
        insert("""
                INSERT INTO BATCH_STEP_EXECUTION
                    (STEP_EXECUTION_ID, VERSION, STEP_NAME, JOB_EXECUTION_ID, CREATE_TIME, STATUS, WRITE_COUNT)
                VALUES (?, 0, 'apply', ?, '2020-01-01', 'COMPLETED', 2)""");
        insert("INSERT INTO BATCH_STEP_EXECUTION_CONTEXT (STEP_EXECUTION_ID, SHORT_CONTEXT) VALUES (?, '{}')");
    }

    private void insert(String sql) {
        long marks = sql.chars().filter(c -> c == '?').count();
        List<Object[]> rows = new ArrayList<>();
        LongStream.rangeClosed(1, MANY)
                .forEach(run ->
                        rows.add(LongStream.range(0, marks).mapToObj(i -> run).toArray()));
        new TransactionTemplate(app.the(PlatformTransactionManager.class))
                .executeWithoutResult(status -> app.jdbc().batchUpdate(sql, rows));
    }

    private void age() {
        app.jdbc().update("UPDATE binday_run SET finished_at = '2020-01-01' WHERE finished_at IS NOT NULL");
    }

    private Housekeeping housekeeping() {
        return app.the(Housekeeping.class);
    }
}
