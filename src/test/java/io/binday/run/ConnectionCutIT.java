package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.input.InputSpec;
import io.binday.testing.ConnectionCutter;
import io.binday.testing.ConnectionCutter.When;
import io.binday.testing.MySqlServer;
import io.binday.testing.OnMySql;
import io.binday.testing.SavedStack;
import io.binday.testing.StackContent;
import io.binday.testing.TestApplication;
import io.binday.trash.OperationName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Cuts the connection before and after every JDBC operation of a run over 50 assets, one history each; every history
 * must end COMPLETED by the product's own means with nothing lost and nothing doubled.
 */
@OnMySql
class ConnectionCutIT {

    private static final int ASSETS = 50;
    /** How many operations apart restores and purges are cut; the trash more often, 1 for each of all three. */
    private static final int EVERY = Integer.getInteger("binday.sweep.every", 10);

    private static final int EVERY_OF_TRASH = Math.min(EVERY, 4);

    private static final Instant CUTOFF = Instant.parse("2026-02-01T00:00:00Z");

    private final ConnectionCutter cutter = new ConnectionCutter();
    private TestApplication app;
    /** The test's own view, which is never cut. */
    private JdbcTemplate view;

    private String operation = "trash";
    private SavedStack saved;
    private StackContent before;
    private List<String> assets;

    @BeforeEach
    void createStack() {
        MySqlServer server = MySqlServer.shared();
        String url = server.url(server.migratedSchema());
        view = new JdbcTemplate(new SingleConnectionDataSource(url, true));
        app = TestApplication.on(
                        url,
                        Map.of(ConnectionCutter.class, cutter),
                        "binday.run.chunk-size=10",
                        "binday.run.lease=1s",
                        "binday.run.backoff=0s")
                .withSample(ASSETS);
        saved = new SavedStack(view);
        before = StackContent.of(view);
        assets = view.queryForList("SELECT uid FROM asset ORDER BY title", String.class);
    }

    @AfterEach
    void close() {
        app.close();
    }

    @Test
    void endsATrashWithNothingLostOrDoubledWhereverTheConnectionIsCut() {
        sweep("trash", EVERY_OF_TRASH);
    }

    @Test
    void endsARestoreWithNothingLostOrDoubledWhereverTheConnectionIsCut() {
        sweep("restore", EVERY);
    }

    @Test
    void endsAPurgeWithNothingLostOrDoubledWhereverTheConnectionIsCut() {
        sweep("purge", EVERY);
    }

    /** Cuts at every operation, or at every n-th from a random one on. */
    private void sweep(String name, int every) {
        operation = name;
        prepare();
        cutter.arm(0, When.BEFORE);
        history();
        int operations = cutter.disarm();
        prepare();
        cutter.arm(0, When.BEFORE);
        history();
        operations = Math.min(operations, cutter.disarm());
        assertThat(operations).isGreaterThan(100);
        prove("uncut");

        int first = 1 + new Random().nextInt(every);
        int expected = 2 * (operations - first) / every;
        Map<String, Integer> restarts = new TreeMap<>();
        int struck = 0;
        for (When when : When.values()) {
            for (int at = first; at <= operations; at += every) {
                prepare();
                cutter.arm(at, when);
                int needed = history();
                String cut = operation + ", " + when + " operation " + at + " (" + cutter.struck() + ")";
                boolean came = !cutter.struck().isEmpty();
                int counted = cutter.disarm();
                prove(cut);
                if (came) {
                    struck++;
                    restarts.merge(needed + " restarts by command", 1, Integer::sum);
                } else {
                    // Workers share the chunks as it comes, so a history can end a few operations earlier than another.
                    assertThat(counted).as(cut).isLessThan(at);
                }
            }
        }
        System.out.println("Connection cut before and after operations " + first + ", " + (first + every) + ", … of "
                + operations + " of a " + operation + ": " + struck + " histories struck, "
                + restarts
                + ", none lost, none doubled");
        assertThat(struck).isGreaterThan(expected * 9 / 10);
    }

    /** One run to its end, as an operator would bring it there; returns how many restarts that took. */
    private int history() {
        long run = create();
        for (int restarts = 0; restarts < 10; restarts++) {
            try {
                RunReport report = restarts == 0 ? app.work(run) : app.restart(run);
                if (report.run().status() == RunStatus.COMPLETED) {
                    return restarts;
                }
            } catch (RuntimeException e) {
                if (completed(run)) {
                    return restarts;
                }
                assertThat(Fault.of(e)).as(e.toString()).isEqualTo(Fault.TRANSIENT);
            }
        }
        throw new AssertionError(
                "run " + run + " did not complete: " + app.runs().report(run));
    }

    private boolean completed(long run) {
        return "COMPLETED"
                .equals(view.queryForObject("SELECT status FROM binday_run WHERE run_id = ?", String.class, run));
    }

    /** A request that failed may or may not have recorded a run; the operator looks, and asks again if not. */
    private long create() {
        long known = newest();
        try {
            return request();
        } catch (RuntimeException e) {
            assertThat(Fault.of(e)).as(e.toString()).isEqualTo(Fault.TRANSIENT);
            long now = newest();
            return now > known ? now : request();
        }
    }

    private long request() {
        InputSpec spec = "purge".equals(operation) ? new InputSpec.Expired(CUTOFF) : new InputSpec.Ids(assets);
        return app.runs()
                .create(
                        new RunRequest(
                                OperationName.of(operation),
                                operation,
                                "a test",
                                "tester",
                                app.inputs().open(spec),
                                10,
                                true),
                        true);
    }

    private long newest() {
        return count("SELECT COALESCE(MAX(run_id), 0) FROM binday_run");
    }

    private long count(String sql, Object... arguments) {
        Long count = view.queryForObject(sql, Long.class, arguments);
        return count == null ? 0 : count;
    }

    /** All assets live for a trash, all of them in the trash for a restore and a purge. */
    private void prepare() {
        if ("trash".equals(operation)) {
            saved.putBack();
        } else {
            saved.putIntoTrash();
        }
    }

    private void prove(String history) {
        long run = newest();
        RunReport report = app.runs().report(run);
        assertThat(report.run().status()).as(history).isEqualTo(RunStatus.COMPLETED);
        assertThat(report.items().done()).as(history).isEqualTo(ASSETS);
        assertThat(count("SELECT COUNT(*) FROM binday_event")).as(history).isEqualTo(ASSETS);
        assertThat(count("""
                        SELECT SUM(s.WRITE_COUNT) FROM BATCH_STEP_EXECUTION s
                        JOIN BATCH_JOB_EXECUTION_PARAMS p ON p.JOB_EXECUTION_ID = s.JOB_EXECUTION_ID
                        WHERE s.STEP_NAME = 'apply' AND p.PARAMETER_NAME = 'runId' AND p.PARAMETER_VALUE = ?""", String.valueOf(run)))
                .as("writes counted by the job repository, " + history)
                .isEqualTo(ASSETS);
        switch (operation) {
            case "trash" -> before.assertNothingLostOrDoubled(view);
            case "restore" -> {
                assertThat(count("SELECT COUNT(*) FROM asset")).as(history).isEqualTo(ASSETS);
                assertThat(StackContent.of(view).rows().get("entry_asset_reference"))
                        .as(history)
                        .isEqualTo(before.rows().get("entry_asset_reference"));
                assertThat(count("SELECT COUNT(*) FROM asset a JOIN saved_asset s ON s.uid = a.uid"
                                + " AND a.version = s.version + 1 AND a.title = s.title"))
                        .as(history)
                        .isEqualTo(ASSETS);
                assertThat(count("SELECT COUNT(*) FROM binday_unattached"))
                        .as(history)
                        .isEqualTo(count("SELECT COUNT(*) FROM saved_asset_publication"));
                assertTrashIsEmpty(history);
            }
            default -> {
                assertThat(count("SELECT COUNT(*) FROM binday_purged"))
                        .as(history)
                        .isEqualTo(ASSETS);
                assertThat(count("SELECT COUNT(*) FROM binday_binary_deletion"))
                        .as(history)
                        .isEqualTo(ASSETS);
                assertThat(count("SELECT COUNT(*) FROM asset")).as(history).isZero();
                assertTrashIsEmpty(history);
            }
        }
    }

    private void assertTrashIsEmpty(String history) {
        for (String table : SavedStack.TRASH) {
            assertThat(count("SELECT COUNT(*) FROM " + table))
                    .as(table + ", " + history)
                    .isZero();
        }
    }
}
