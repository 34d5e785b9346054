package io.binday.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.audit.Audit;
import io.binday.input.InputSpec;
import io.binday.run.FileDeletion;
import io.binday.run.RunReport;
import io.binday.run.RunRequest;
import io.binday.run.RunStatus;
import io.binday.run.StopSignal;
import io.binday.testing.BindayProcess;
import io.binday.testing.MySqlServer;
import io.binday.testing.OldFile;
import io.binday.testing.StackContent;
import io.binday.testing.TestApplication;
import io.binday.trash.OperationName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** One run of one operation over a stack of its own, from its start to the proof that every promise was kept. */
final class History implements AutoCloseable {

    private static final int ASSETS = 1_200;
    /** Values a second, so that there is time for harm. */
    static final int RATE = 150;

    private final MySqlServer server;
    private final Path folder;
    private final Random random;
    private final Fault.Operation operation;
    private final String schema;
    private final TestApplication view;
    private final Map<String, String> environment;
    private final List<String> assets;
    private final StackContent before;
    private final long versions;
    private BindayProcess process;
    private final long run;

    /** Creates a stack and starts a process that works on it, slowly enough to be harmed. */
    History(MySqlServer server, Path folder, Random random, Fault.Operation operation) throws IOException {
        this.server = server;
        this.folder = folder;
        this.random = random;
        this.operation = operation;
        this.schema = server.migratedSchema();
        this.view = TestApplication.on(url(), "binday.binary.directory=" + binaries())
                .withSample(ASSETS);
        this.assets = view.jdbc().queryForList("SELECT uid FROM asset ORDER BY title", String.class);
        this.before = StackContent.of(view.jdbc());
        this.versions = view.count("SELECT SUM(version) FROM asset");
        this.environment = new HashMap<>(BindayProcess.onMySql(server, schema));
        environment.put("BINDAY_RUN_LEASE", "1s");
        environment.put("BINDAY_RUN_CHUNKSIZE", "10");
        environment.put("BINDAY_BINARY_DIRECTORY", binaries().toString());
        Files.writeString(folder.resolve("all.csv"), String.join("\n", assets));
        prepare();
        long known = view.count("SELECT COALESCE(MAX(run_id), 0) FROM binday_run");
        this.process = start(command());
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> view.count("SELECT COALESCE(MAX(run_id), 0) FROM binday_run") > known);
        this.run = known + 1;
        view.jdbc().update("INSERT INTO binday_control (run_id, rate, rate_by) VALUES (?, ?, 'chaos')", run, RATE);
    }

    private void prepare() throws IOException {
        Files.createDirectories(binaries());
        for (String key : view.jdbc().queryForList("SELECT file_key FROM asset ORDER BY uid", String.class)) {
            Path file = binaries().resolve(key);
            Files.createDirectories(file.resolveSibling("x").resolve("..").normalize());
            OldFile.write(file);
        }
        if (operation == Fault.Operation.TRASH) {
            return;
        }
        RunRequest request = new RunRequest(
                OperationName.TRASH,
                "trash",
                "before",
                "tester",
                view.inputs().open(new InputSpec.Ids(assets)),
                100,
                true);
        view.work(view.runs().create(request, true));
        if (operation == Fault.Operation.PURGE) {
            view.jdbc()
                    .update("UPDATE binday_event SET at = TIMESTAMPADD(DAY, -15, at) WHERE event = 'TRASHED' AND"
                            + " EXISTS (SELECT 1 FROM binday_trash t WHERE t.run_id = binday_event.run_id"
                            + " AND t.asset_id = binday_event.asset_id)");
            view.jdbc().update("UPDATE binday_trash SET trashed_at = TIMESTAMPADD(DAY, -15, trashed_at)");
        }
    }

    private String[] command() {
        return switch (operation) {
            case TRASH -> new String[] {"trash", "--csv", "all.csv", "--reason", "chaos", "--yes"};
            case RESTORE -> new String[] {"restore", "--csv", "all.csv", "--yes"};
            case PURGE -> new String[] {"purge", "--confirm", schema};
        };
    }

    /** Waits until the run, gone on with if need be, has done a random part; false when it ended first. */
    boolean awaitWorking() throws IOException {
        if (!process.isAlive() && status() != RunStatus.COMPLETED) {
            process = goOn();
        }
        long part = done() + 10 + random.nextInt(200);
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> done() >= part || !process.isAlive());
        return process.isAlive() && status() == RunStatus.RUNNING && done() < ASSETS;
    }

    /** Brings the run to its end by commands alone, as an operator would. */
    void finish() throws IOException {
        for (int commands = 0; commands < 15; commands++) {
            process.await();
            if (status() == RunStatus.COMPLETED) {
                return;
            }
            process = goOn();
        }
        throw new AssertionError(
                "run " + run + " did not come to its end: " + view.runs().report(run) + "\n" + process.errSoFar());
    }

    private BindayProcess goOn() throws IOException {
        return start("run", process.await().exit() == 7 ? "resolve" : "restart", run());
    }

    /** Looks every promise up in the tables. */
    void prove(String what) {
        RunReport report = patiently(() -> view.runs().report(run));
        assertThat(report.run().status()).as(what).isEqualTo(RunStatus.COMPLETED);
        assertThat(report.items().done()).as(what).isEqualTo(ASSETS);
        assertThat(view.count("SELECT COUNT(*) FROM binday_event WHERE run_id = ?", run))
                .as(what)
                .isEqualTo(ASSETS);
        switch (operation) {
            case TRASH -> before.assertNothingLostOrDoubled(view.jdbc());
            case RESTORE -> {
                assertThat(StackContent.of(view.jdbc()).rows().get("entry_asset_reference"))
                        .as(what)
                        .isEqualTo(before.rows().get("entry_asset_reference"));
                assertThat(view.count("SELECT SUM(version) FROM asset"))
                        .as(what)
                        .isEqualTo(versions + ASSETS);
                assertThat(view.count("SELECT COUNT(*) FROM binday_trash"))
                        .as(what)
                        .isZero();
            }
            case PURGE -> {
                assertThat(view.count("SELECT COUNT(*) FROM binday_purged"))
                        .as(what)
                        .isEqualTo(ASSETS);
                assertThat(view.count("SELECT COUNT(*) FROM binday_trash_asset"))
                        .as(what)
                        .isZero();
                view.jdbc()
                        .update("UPDATE binday_binary_deletion SET next_attempt_at = NOW(6) WHERE state = 'PENDING'");
                view.the(FileDeletion.class).work(new StopSignal());
                assertThat(report.files().configured()).isTrue();
                assertThat(view.count("SELECT COUNT(*) FROM binday_binary_deletion WHERE state = 'PENDING'"))
                        .as(what)
                        .isZero();
            }
        }
        assertThat(view.the(Audit.class).report(true).findings()).as(what).isEmpty();
    }

    private RunStatus status() {
        return RunStatus.valueOf(patiently(() -> view.jdbc()
                .queryForList("SELECT status FROM binday_run WHERE run_id = ?", String.class, run)
                .get(0)));
    }

    long done() {
        return patiently(() -> view.count(
                "SELECT COALESCE(SUM(amount), 0) FROM binday_tally WHERE run_id = ? AND name = 'assets'", run));
    }

    /** Takes the brake off. */
    void hurry() {
        patiently(() ->
                view.jdbc().update("UPDATE binday_control SET rate = NULL, rate_by = NULL WHERE run_id = ?", run));
    }

    /** Files that could not be deleted at the first attempt. */
    long failedFiles() {
        return patiently(() -> view.count("SELECT COUNT(*) FROM binday_binary_deletion WHERE error IS NOT NULL"));
    }

    long leaseToken() {
        return patiently(() -> view.count("SELECT token FROM binday_lease WHERE run_id = ?", run));
    }

    /** The test's own eyes are cut off with all others. */
    private static <T> T patiently(Callable<T> look) {
        List<T> seen = new ArrayList<>();
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptionsMatching(
                        failure -> failure instanceof DataAccessException || failure instanceof TransactionException)
                .until(() -> seen.add(look.call()));
        return seen.get(0);
    }

    /** The connections to this stack. */
    List<Long> connections() {
        return patiently(() -> view.jdbc()
                .queryForList(
                        "SELECT id FROM information_schema.processlist WHERE db = ? ORDER BY id", Long.class, schema));
    }

    /** Some assets, the largest ID first. */
    List<String> someDescending(int count) {
        List<String> some = new ArrayList<>(assets);
        Collections.shuffle(some, random);
        return some.subList(0, count).stream().sorted(Comparator.reverseOrder()).toList();
    }

    BindayProcess start(String... arguments) throws IOException {
        return BindayProcess.start(folder, environment, List.of(), arguments);
    }

    BindayProcess startWithFullDisk(String... arguments) throws IOException {
        String line = String.join(" ", BindayProcess.command(List.of(), List.of(arguments)));
        return BindayProcess.start(folder, environment, List.of("sh", "-c", "exec " + line + " > /dev/full 2>&1"));
    }

    BindayProcess process() {
        return process;
    }

    /** From now on this process works on the run. */
    void use(BindayProcess other) {
        process = other;
    }

    String run() {
        return String.valueOf(run);
    }

    MySqlServer server() {
        return server;
    }

    String url() {
        return server.url(schema);
    }

    Path binaries() {
        return folder.resolve("files");
    }

    <T> T the(Class<T> type) {
        return view.the(type);
    }

    @Override
    public void close() throws IOException {
        if (process.isAlive()) {
            process.kill();
        }
        view.close();
    }
}
