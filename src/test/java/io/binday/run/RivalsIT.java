package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.audit.Audit;
import io.binday.input.InputSpec;
import io.binday.testing.MySqlServer;
import io.binday.testing.OnMySql;
import io.binday.testing.StackContent;
import io.binday.testing.TestApplication;
import io.binday.trash.OperationName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes that want the same run at the same moment: one has it, the other is told so. */
@OnMySql
class RivalsIT {

    private static final int ROUNDS = 100;

    private static final int CHUNK = 1;

    /** More than the 32 that two workers have done when they stop, so that something of the shortest run is left. */
    private static final int SHORTEST = 36;

    private static final int LONGEST = 60;

    private TestApplication one;
    private TestApplication other;
    private StackContent before;
    private List<String> assets;
    private Random random = new Random();

    /** What a run is wanted for; each begins with a run in the middle of its work that nobody owns. */
    private enum Want {
        START,
        RESTART,
        RECOVER,
        RESOLVE
    }

    @BeforeEach
    void createStack() {
        MySqlServer server = MySqlServer.shared();
        String url = server.url(server.migratedSchema());
        one = TestApplication.on(url, "binday.run.lease=1s", "binday.run.chunk-size=" + CHUNK)
                .withSample(LONGEST);
        other = TestApplication.on(url, "binday.run.lease=1s", "binday.run.chunk-size=" + CHUNK);
        before = StackContent.of(one.jdbc());
        assets = one.jdbc().queryForList("SELECT uid FROM asset ORDER BY title", String.class);
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @Test
    void letsOneOfTwoHaveItHoweverOftenTheyTry() throws Exception {
        long seed = Long.getLong("binday.seed", System.nanoTime());
        random = new Random(seed);
        Map<Want, Integer> wins = new EnumMap<>(Want.class);
        for (int round = 0; round < ROUNDS; round++) {
            Want want = Want.values()[round % Want.values().length];
            List<String> some = assets.subList(0, SHORTEST + random.nextInt(LONGEST - SHORTEST));
            long run = prepare(want, some);
            List<String> outcomes = race(want, run);
            assertThat(outcomes)
                    .as("round %d, %s, seed %d", round, want, seed)
                    .contains("won")
                    .allMatch(outcome -> outcome.equals("won") || outcome.startsWith("refused"));
            assertThat(outcomes.stream().filter("won"::equals))
                    .as("round %d, %s, seed %d", round, want, seed)
                    .hasSize(1);
            wins.merge(want, 1, Integer::sum);
            prove(run, some, "round " + round + ", " + want + ", seed " + seed);
        }
        System.out.println("Rivals: one winner in each of " + ROUNDS + " rounds, " + wins);
        assertThat(one.the(Audit.class).report(true).findings()).isEmpty();
    }

    /** Whoever has lost the lease and does not know it yet closes the execution of his successor, and begins one himself. */
    @Test
    void countsRightThoughSomebodyWhoHasLostTheLeaseBeginsOnceMore() {
        long run = one.runs().create(one.request("trash", new InputSpec.Ids(assets), true), true);
        AtomicBoolean late = new AtomicBoolean();

        RunReport report = one.runs()
                .work(
                        run,
                        new RunObserver() {
                            @Override
                            public void applied(int done, int rejected) {
                                if (late.compareAndSet(false, true)) {
                                    CompletableFuture.runAsync(() -> other.the(Executions.class)
                                                    .begin(
                                                            one.runs()
                                                                    .report(run)
                                                                    .run(),
                                                            List.of()))
                                            .join();
                                }
                            }
                        },
                        new StopSignal());

        assertThat(report.run().message()).isEmpty();
        assertThat(report.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(one.the(Audit.class).report(true).findings()).isEmpty();
    }

    /** A new run, or one in the middle of its work whose owner is gone. */
    private long prepare(Want want, List<String> some) {
        long run = one.runs().create(one.request("trash", new InputSpec.Ids(some), true), true);
        if (want == Want.START) {
            return run;
        }
        StopSignal stop = new StopSignal();
        one.runs()
                .work(
                        run,
                        new RunObserver() {
                            @Override
                            public void applied(int done, int rejected) {
                                stop.request();
                            }
                        },
                        stop);
        String batch = want == Want.RESOLVE ? "UNKNOWN" : "STARTED";
        one.jdbc().update("UPDATE binday_run SET status = 'RUNNING', finished_at = NULL WHERE run_id = ?", run);
        one.jdbc().update("UPDATE binday_lease SET owner = 'gone', expires_at = NOW(6) WHERE run_id = ?", run);
        one.jdbc()
                .update(
                        "UPDATE BATCH_JOB_EXECUTION SET STATUS = ? WHERE JOB_EXECUTION_ID ="
                                + " (SELECT id FROM (SELECT MAX(JOB_EXECUTION_ID) AS id FROM BATCH_JOB_EXECUTION) x)",
                        batch);
        return run;
    }

    private List<String> race(Want want, long run) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(2);
        List<CompletableFuture<String>> rivals = new ArrayList<>();
        for (TestApplication app : List.of(one, other)) {
            rivals.add(CompletableFuture.supplyAsync(() -> {
                try {
                    barrier.await();
                    return act(want, app, run);
                } catch (OwnedElsewhereException | IllegalRunStateException e) {
                    return "refused: " + e.getMessage();
                } catch (Exception e) {
                    return "failed: " + e;
                }
            }));
        }
        List<String> outcomes = new ArrayList<>();
        for (CompletableFuture<String> rival : rivals) {
            outcomes.add(rival.get());
        }
        return outcomes;
    }

    /** Who came when all was done has not won either. */
    private static String act(Want want, TestApplication app, long run) {
        int[] applied = new int[1];
        RunObserver observer = new RunObserver() {
            @Override
            public void applied(int done, int rejected) {
                applied[0]++;
            }
        };
        StopSignal stop = new StopSignal();
        switch (want) {
            case START -> app.runs().work(run, observer, stop);
            case RESTART -> app.runs().restart(run, observer, stop);
            case RECOVER -> {
                app.the(RunControls.class).recover(run, "tester", observer, stop);
                return "won";
            }
            case RESOLVE -> {
                app.the(RunControls.class).resolve(run, "tester", observer, stop);
                app.runs().restart(run, observer, stop);
            }
        }
        return applied[0] > 0 ? "won" : "refused: it has ended";
    }

    private void prove(long run, List<String> some, String round) {
        if (one.runs().report(run).run().status() == RunStatus.FAILED) {
            one.restart(run);
        }
        RunReport report = one.runs().report(run);
        assertThat(report.run().status()).as(round).isEqualTo(RunStatus.COMPLETED);
        assertThat(report.items().done()).as(round).isEqualTo(some.size());
        assertThat(one.count("SELECT COUNT(*) FROM binday_event WHERE run_id = ?", run))
                .as(round)
                .isEqualTo(some.size());
        assertThat(one.count("SELECT COUNT(*) FROM binday_lease WHERE owner IS NOT NULL"))
                .as(round)
                .isZero();
        before.assertNothingLostOrDoubled(one.jdbc());
        RunRequest back = new RunRequest(
                OperationName.RESTORE,
                "restore",
                "a test",
                "tester",
                one.inputs().open(new InputSpec.Run(run)),
                100,
                true);
        one.work(one.runs().create(back, true));
        before = StackContent.of(one.jdbc());
    }
}
