package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.input.InputSpec;
import io.binday.testing.ConnectionCutter;
import io.binday.testing.ConnectionCutter.When;
import io.binday.testing.MySqlServer;
import io.binday.testing.OnMySql;
import io.binday.testing.StackContent;
import io.binday.testing.TestApplication;
import java.util.List;
import java.util.Map;
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
    private static final List<String> STACK = List.of("asset", "entry_asset_reference", "asset_publication");
    private static final List<String> RECORDS = List.of(
            "binday_trash_asset",
            "binday_trash_entry_asset_reference",
            "binday_trash_asset_publication",
            "binday_trash",
            "binday_event");

    private final ConnectionCutter cutter = new ConnectionCutter();
    private TestApplication app;
    /** The test's own view, which is never cut. */
    private JdbcTemplate view;

    private StackContent before;
    private List<String> assets;

    @BeforeEach
    void createStack() {
        MySqlServer server = MySqlServer.shared();
        String url = server.url(server.freshSchema());
        view = new JdbcTemplate(new SingleConnectionDataSource(url, true));
        app = TestApplication.on(
                        url,
                        Map.of(ConnectionCutter.class, cutter),
                        "binday.run.chunk-size=10",
                        "binday.run.lease=1s",
                        "binday.run.backoff=0s")
                .withSample(ASSETS);
        STACK.forEach(table -> {
            view.execute("CREATE TABLE saved_" + table + " LIKE " + table);
            view.execute("INSERT INTO saved_" + table + " SELECT * FROM " + table);
        });
        before = StackContent.of(view);
        assets = view.queryForList("SELECT uid FROM asset ORDER BY title", String.class);
    }

    @AfterEach
    void close() {
        app.close();
    }

    @Test
    void endsCompletedWithNothingLostOrDoubledWhereverTheConnectionIsCut() {
        cutter.arm(0, When.BEFORE);
        history();
        int operations = cutter.disarm();
        assertThat(operations).isGreaterThan(100);

        Map<String, Integer> restarts = new TreeMap<>();
        int struck = 0;
        for (When when : When.values()) {
            for (int at = 1; at <= operations; at++) {
                restore();
                cutter.arm(at, when);
                int needed = history();
                struck += cutter.struck().isEmpty() ? 0 : 1;
                String name = when + " operation " + at + " (" + cutter.struck() + ")";
                cutter.disarm();
                restarts.merge(needed + " restarts by command", 1, Integer::sum);
                prove(name);
            }
        }
        System.out.println("Connection cut before and after each of " + operations + " operations: " + 2 * operations
                + " histories, " + struck + " struck, " + restarts + ", none lost, none doubled");
        assertThat(struck).isEqualTo(2 * operations);
    }

    /** One run to its end, as an operator would bring it there; returns how many restarts that took. */
    private int history() {
        long run = create();
        for (int restarts = 0; restarts < 10; restarts++) {
            try {
                RunReport report = restarts == 0
                        ? app.runs().work(run, new RunObserver() {}, new StopSignal())
                        : app.runs().restart(run, new RunObserver() {}, new StopSignal());
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
        InputSpec spec = new InputSpec.Ids(assets);
        RunRequest request = new RunRequest(
                "trash", "trash", "a test", "tester", app.inputs().open(spec), 10, true);
        long known = newest();
        try {
            return app.runs().create(request, true);
        } catch (RuntimeException e) {
            assertThat(Fault.of(e)).as(e.toString()).isEqualTo(Fault.TRANSIENT);
            long now = newest();
            return now > known ? now : app.runs().create(request, true);
        }
    }

    private long newest() {
        return count("SELECT COALESCE(MAX(run_id), 0) FROM binday_run");
    }

    private long count(String sql, Object... arguments) {
        Long count = view.queryForObject(sql, Long.class, arguments);
        return count == null ? 0 : count;
    }

    private void restore() {
        RECORDS.forEach(table -> view.update("DELETE FROM " + table));
        STACK.forEach(table -> view.update("INSERT INTO " + table + " SELECT * FROM saved_" + table));
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
        before.assertNothingLostOrDoubled(view);
    }
}
