package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binday.audit.Audit;
import io.binday.audit.AuditFinding;
import io.binday.catalog.Dialect;
import io.binday.catalog.RefusedException;
import io.binday.input.InputRefusedException;
import io.binday.input.InputSpec;
import io.binday.trash.OperationName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What operators ask of runs that something else works on. */
abstract class RunControlContract extends RunContract {

    private static final Control.Pace SLOW = new Control.Pace(14, "tester");

    private final List<Control> told = new CopyOnWriteArrayList<>();

    @Test
    void stopsARunOfAnotherProcessAfterItsChunkAndRestartsIt() {
        long run = create("trash");
        app.the(ControlStore.class).throttle(run, SLOW);
        CompletableFuture<RunReport> working = work(run);
        awaitDone(run, 7);

        controls().stop(run, "anna");
        RunReport stopped = working.join();

        assertThat(stopped.run().status()).isEqualTo(RunStatus.STOPPED);
        assertThat(stopped.items().done()).isBetween(7L, 59L);
        assertThat(stopped.items().done() % chunk).isZero();
        assertThat(told.get(told.size() - 1).stopBy()).contains("anna");
        app.the(ControlStore.class).unthrottle(run);
        RunReport ended = app.restart(run);
        assertThat(ended.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(ended.items().done()).isEqualTo(ASSETS);
        assertThat(ended.attempts()).hasSize(2);
        assertThat(ended.attempts().stream()
                        .flatMap(attempt -> attempt.steps().stream())
                        .mapToLong(AttemptReport.StepReport::written)
                        .sum())
                .as("assets, and values staged")
                .isEqualTo(ASSETS + ASSETS);
    }

    @Test
    void waitsWhileItIsPausedAndHoldsNoLock() {
        long run = create("trash");
        CompletableFuture<RunReport> working = workUntilPaused(run);
        long done = trashed().size();

        assertThat(app.runs().report(run).situation()).isEqualTo(RunSituation.PAUSED);
        app.jdbc().update("UPDATE asset SET title = 'edited meanwhile' WHERE uid = ?", live());
        Awaitility.await().during(Duration.ofSeconds(2)).until(() -> trashed().size() == done);
        assertThatExceptionOfType(OwnedElsewhereException.class).isThrownBy(() -> app.restart(run));
        controls().throttle(run, Optional.empty());
        controls().resume(run);

        assertThat(working.join().items().done()).isEqualTo(ASSETS);
    }

    @Test
    void looksAtTheTablesOnceMoreAfterAPause() {
        long run = create("trash");
        CompletableFuture<RunReport> working = workUntilPaused(run);
        long done = trashed().size();
        app.jdbc()
                .execute("CREATE TABLE asset_note (id INT PRIMARY KEY, asset_uid VARCHAR(64)"
                        + (app.the(Dialect.class) == Dialect.MYSQL ? " COLLATE utf8mb4_bin" : "")
                        + ", FOREIGN KEY (asset_uid) REFERENCES asset (uid) ON DELETE CASCADE)");
        app.jdbc().update("INSERT INTO asset_note VALUES (1, ?)", live());
        controls().throttle(run, Optional.empty());
        controls().resume(run);

        RunReport report = working.join();

        assertThat(report.run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(report.run().message().orElse(""))
                .contains("asset_note", "it came while the run was at work", "compare the table with a backup");
        assertThat(app.restart(run).run().message().orElse("")).contains("compare the table with a backup");
        assertThat(trashed()).hasSize((int) done);
        assertThat(app.count("SELECT COUNT(*) FROM asset_note")).isEqualTo(1);
    }

    @Test
    void saysThatTheDatabaseDoesNotKnowItAnyMore() {
        long run = create("trash");
        CompletableFuture<RunReport> working = workUntilPaused(run);
        Stream.of("binday_lease", "binday_control", "binday_tally", "binday_work_item", "binday_run")
                .forEach(table -> app.jdbc().update("DELETE FROM " + table));

        assertThat(working)
                .failsWithin(Duration.ofMinutes(1))
                .withThrowableThat()
                .withRootCauseInstanceOf(RefusedException.class)
                .withMessageContaining("does not know run " + run + " any more");
    }

    @Test
    void isNoFasterThanItsPaceAndNamesTheWait() {
        long run = create("trash");
        app.the(ControlStore.class).throttle(run, new Control.Pace(28, "anna"));
        long start = System.nanoTime();

        RunReport ended = work(run).join();

        Duration least = Duration.ofMillis(1_000L * (ASSETS - chunk) / 28);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(least);
        assertThat(ended.items().done()).isEqualTo(ASSETS);
        assertThat(told)
                .contains(new Control(
                        Optional.empty(), Optional.empty(), ended.control().pace()));
    }

    @Test
    void recoversARunWhoseProcessIsGoneAndLeavesTheRestToARestart() {
        long run = orphan("STARTED");
        assertThat(app.runs().report(run).situation()).isEqualTo(RunSituation.ORPHANED);

        ItemCounts counts = controls().recover(run, "anna", new RunObserver() {}, new StopSignal());

        assertThat(counts.pending()).isPositive();
        RunReport recovered = app.runs().report(run);
        assertThat(recovered.run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(recovered.run().message()).contains("its process was lost; recorded by anna");
        assertThat(recovered.attempts().get(0).status()).isEqualTo("FAILED");
        assertRefused(RunAction.RECOVER, run);
        assertThat(app.restart(run).items().done()).isEqualTo(ASSETS);
        before.assertNothingLostOrDoubled(app.jdbc());
    }

    @Test
    void countsNoTimeInWhichNobodyWorkedOnARun() {
        long run = orphan("STARTED");
        for (String table : List.of("BATCH_JOB_EXECUTION", "BATCH_STEP_EXECUTION")) {
            app.jdbc()
                    .update("UPDATE " + table + " SET START_TIME = TIMESTAMPADD(HOUR, -1, START_TIME),"
                            + " END_TIME = TIMESTAMPADD(HOUR, -1, END_TIME),"
                            + " LAST_UPDATED = TIMESTAMPADD(HOUR, -1, LAST_UPDATED)");
        }

        controls().recover(run, "anna", new RunObserver() {}, new StopSignal());

        RunReport recovered = app.runs().report(run);
        assertThat(recovered.worked()).isBetween(Duration.ZERO, Duration.ofMinutes(30));
        assertThat(recovered.applied()).isBetween(Duration.ofMillis(1), Duration.ofMinutes(30));
    }

    @Test
    void tellsThePlanOfALostProcessOnceMoreAndCountsItsAttempt() {
        long run = app.runs().create(request("trash", new InputSpec.Ids(assets), false), true);
        app.work(run);
        app.jdbc().update("UPDATE binday_run SET status = 'RUNNING', attempts = 0 WHERE run_id = ?", run);
        app.jdbc().update("UPDATE binday_lease SET owner = 'gone', expires_at = NOW(6) WHERE run_id = ?", run);
        List<Long> planned = new ArrayList<>();
        RunObserver observer = new RunObserver() {
            @Override
            public void planned(Run of, ItemCounts counts) {
                planned.add(of.plan().orElseThrow().assets());
            }
        };

        RunReport again = app.runs().restart(run, observer, new StopSignal());

        assertThat(again.run().status()).isEqualTo(RunStatus.AWAITING_APPROVAL);
        assertThat(planned).containsExactly((long) ASSETS);
        assertThat(again.run().attempts())
                .isEqualTo(2)
                .isEqualTo(again.attempts().size());
    }

    @Test
    void countsWhatIsThereOfARunThatWasLostWhileItWasStaged() {
        long run = app.runs().create(request("trash", new InputSpec.Ids(assets), false), true);
        app.work(run);
        app.jdbc().update("UPDATE binday_run SET status = 'RUNNING', staged_at = NULL WHERE run_id = ?", run);
        app.jdbc().update("UPDATE binday_lease SET owner = 'gone', expires_at = NOW(6) WHERE run_id = ?", run);
        app.jdbc().update("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'STARTED', END_TIME = NULL");
        app.jdbc()
                .update("UPDATE BATCH_STEP_EXECUTION SET STATUS = 'STARTED', WRITE_COUNT = 1, END_TIME = NULL"
                        + " WHERE STEP_NAME = 'stage'");

        controls().recover(run, "anna", new RunObserver() {}, new StopSignal());

        assertThat(app.runs().report(run).attempts().get(0).steps().get(0).written())
                .isEqualTo(ASSETS);
        RunReport again = app.restart(run);
        assertThat(again.run().status()).isEqualTo(RunStatus.AWAITING_APPROVAL);
        assertThat(again.items()).isEqualTo(new ItemCounts(ASSETS, 0, 0, Map.of()));
    }

    @Test
    void resolvesARunOfWhichNobodyKnowsHowItsLastAttemptEnded() {
        long run = orphan("UNKNOWN");
        assertThat(app.runs().report(run).situation()).isEqualTo(RunSituation.UNKNOWN);
        assertRefused(RunAction.RECOVER, run);

        controls().resolve(run, "anna", new RunObserver() {}, new StopSignal());

        RunReport known = app.runs().report(run);
        assertThat(known.situation()).isEqualTo(RunSituation.FAILED);
        AttemptReport.StepReport apply = known.attempts().get(0).steps().get(2);
        assertThat(apply.written()).isEqualTo(known.items().done()).isPositive();
        assertThat(app.restart(run).run().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void putsTheJobRepositoryRightAfterALateWordOfAProcessThatHadLostARun() {
        long run = run("trash", new InputSpec.Ids(assets.subList(0, 3))).run().id();
        app.jdbc().update("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'UNKNOWN'");
        assertThat(app.the(Audit.class).report(true).findings())
                .extracting(AuditFinding::code)
                .containsExactly("EXECUTION_UNKNOWN");

        controls().resolve(run, "anna", new RunObserver() {}, new StopSignal());

        assertThat(app.the(Audit.class).report(true).findings()).isEmpty();
        assertThat(app.runs().report(run).run().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void abandonsAPlanForGood() {
        long plan = app.runs().create(request("trash", new InputSpec.Ids(assets), false), true);
        app.work(plan);

        controls().abandon(plan, "anna", new RunObserver() {}, new StopSignal());

        RunReport report = app.runs().report(plan);
        assertThat(report.run().status()).isEqualTo(RunStatus.ABANDONED);
        assertThat(report.run().message()).contains("given up by anna");
        assertThat(report.attempts().get(0).status()).isEqualTo("ABANDONED");
        assertThatExceptionOfType(IllegalRunStateException.class)
                .isThrownBy(() -> app.runs().approve(plan, "tester"))
                .withMessageContaining("cannot be approved: it is ABANDONED; it was given up for good");
        assertRefused(RunAction.ABANDON, plan);
        before.assertUntouched(app.jdbc());
    }

    @Test
    void refusesWhatIsNotLegalAndChangesNothing() {
        long run = run("trash", new InputSpec.Ids(assets.subList(0, 3))).run().id();
        Run completed = app.runs().report(run).run();

        for (RunAction action : List.of(
                RunAction.STOP,
                RunAction.PAUSE,
                RunAction.RESUME,
                RunAction.THROTTLE,
                RunAction.RECOVER,
                RunAction.ABANDON,
                RunAction.RESTART)) {
            assertRefused(action, run);
        }

        assertThat(app.runs().report(run).run()).isEqualTo(completed);
        assertThat(app.count("SELECT COUNT(*) FROM binday_control")).isZero();
    }

    @Test
    void retriesJustTheRejectedItemsOfARun() {
        long first = run(
                        "trash",
                        new InputSpec.Ids(List.of(assets.get(0), "blt00000000000000ff", assets.get(0), "nonsense")))
                .run()
                .id();
        app.jdbc().update("UPDATE asset SET uid = 'blt00000000000000ff' WHERE uid = ?", unused());

        RunReport retry = run("trash", app.runs().requireRetryable(first).rejects());

        assertThat(retry.items().total()).isEqualTo(2);
        assertThat(retry.items().done()).isEqualTo(1);
        assertThat(trashed()).contains("blt00000000000000ff");
        long clean = run("trash", new InputSpec.Ids(assets.subList(3, 4))).run().id();
        assertThatExceptionOfType(InputRefusedException.class)
                .isThrownBy(() -> run("trash", new InputSpec.Rejects(clean, Optional.empty(), Optional.empty())))
                .withMessage("run " + clean + " has no rejected items that could be tried again");
    }

    @Test
    void listsRunsByWhatIsAskedFor() {
        long trash = run("trash", new InputSpec.Ids(assets.subList(0, 3))).run().id();
        long restore =
                run("restore", new InputSpec.Ids(assets.subList(0, 2))).run().id();
        long plan = app.runs().create(request("trash", new InputSpec.Ids(assets.subList(5, 9)), false), true);
        app.work(plan);

        assertThat(list(RunFilter.any())).containsExactly(plan, restore, trash);
        assertThat(list(new RunFilter(
                        Set.of(RunStatus.COMPLETED),
                        Optional.of(OperationName.TRASH),
                        Optional.of("trash"),
                        Optional.of("tester"),
                        Optional.of(Instant.EPOCH),
                        Optional.empty())))
                .containsExactly(trash);
        assertThat(list(new RunFilter(
                        Set.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(plan))))
                .containsExactly(restore, trash);
        assertThat(list(new RunFilter(
                        Set.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("nobody"),
                        Optional.empty(),
                        Optional.empty())))
                .isEmpty();
        RunLine line = app.the(RunRecords.class).line(restore);
        assertThat(line.done()).isEqualTo(2);
        assertThat(line.pending()).hasValue(0);
        assertThat(app.the(RunRecords.class).line(plan).pending()).hasValue(4);
        assertThat(app.the(RunRecords.class).newest(RunFilter.any(), 1)).hasSize(1);
    }

    private List<Long> list(RunFilter filter) {
        return app.the(RunRecords.class).newest(filter, 10).stream()
                .map(RunLine::id)
                .toList();
    }

    private void assertRefused(RunAction action, long run) {
        assertThatExceptionOfType(IllegalRunStateException.class)
                .as(action.name())
                .isThrownBy(() -> act(action, run))
                .withMessageContaining("cannot be " + action.participle());
    }

    private void act(RunAction action, long run) {
        RunObserver nobody = new RunObserver() {};
        StopSignal never = new StopSignal();
        switch (action) {
            case STOP -> controls().stop(run, "anna");
            case PAUSE -> controls().pause(run, "anna");
            case RESUME -> controls().resume(run);
            case THROTTLE -> controls().throttle(run, Optional.of(SLOW));
            case RECOVER -> controls().recover(run, "anna", nobody, never);
            case RESOLVE -> controls().resolve(run, "anna", nobody, never);
            case ABANDON -> controls().abandon(run, "anna", nobody, never);
            case RESTART -> app.runs().restart(run, nobody, never);
            case APPROVE -> app.runs().approve(run, "anna");
            case RETRY -> app.runs().requireRetryable(run);
        }
    }

    /** A run that a process left in the middle of the apply step, as the job repository would have it. */
    private long orphan(String batchStatus) {
        long run = create("trash");
        app.the(ControlStore.class).throttle(run, SLOW);
        CompletableFuture<RunReport> working = work(run);
        awaitDone(run, 7);
        controls().stop(run, "tester");
        working.join();
        app.the(ControlStore.class).unthrottle(run);
        app.jdbc().update("UPDATE binday_run SET status = 'RUNNING', finished_at = NULL WHERE run_id = ?", run);
        app.jdbc()
                .update(
                        "UPDATE binday_lease SET owner = 'process 1 on gone', expires_at = NOW(6) WHERE run_id = ?",
                        run);
        app.jdbc().update("UPDATE BATCH_JOB_EXECUTION SET STATUS = ?, END_TIME = NULL", batchStatus);
        app.jdbc()
                .update(
                        "UPDATE BATCH_STEP_EXECUTION SET STATUS = ?, WRITE_COUNT = 1, END_TIME = NULL WHERE STEP_NAME = 'apply'",
                        batchStatus);
        return run;
    }

    private long create(String operation) {
        return app.runs().create(request(operation, new InputSpec.Ids(assets), true), true);
    }

    private CompletableFuture<RunReport> work(long run) {
        return CompletableFuture.supplyAsync(() -> app.runs()
                .work(
                        run,
                        new RunObserver() {
                            @Override
                            public void asked(Control control) {
                                told.add(control);
                            }
                        },
                        new StopSignal()));
    }

    private void awaitDone(long run, long assets) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .until(() -> app.the(RunRecords.class).line(run).done() >= assets);
    }

    /** Begins a run and pauses it. */
    private CompletableFuture<RunReport> workUntilPaused(long run) {
        app.the(ControlStore.class).throttle(run, SLOW);
        CompletableFuture<RunReport> working = work(run);
        awaitDone(run, 7);
        controls().pause(run, "anna");
        Awaitility.await()
                .until(() -> told.stream().anyMatch(now -> now.pausedBy().isPresent()));
        return working;
    }

    private String live() {
        return app.jdbc()
                .queryForList("SELECT uid FROM asset ORDER BY uid LIMIT 1", String.class)
                .get(0);
    }

    private String unused() {
        return app.jdbc().queryForList("""
                        SELECT a.uid FROM asset a
                        WHERE NOT EXISTS (SELECT 1 FROM entry_asset_reference r WHERE r.asset_uid = a.uid)
                          AND NOT EXISTS (SELECT 1 FROM asset_publication p WHERE p.asset_uid = a.uid)
                        ORDER BY a.uid LIMIT 1""", String.class).get(0);
    }

    private RunControls controls() {
        return app.the(RunControls.class);
    }
}
