package io.binday.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.testing.BindayProcess;
import io.binday.testing.BindayProcess.Result;
import io.binday.testing.SampleFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The embedded default with several processes, and with one that is stopped. */
class EmbeddedE2E {

    private static final Map<String, String> SMALL_CHUNKS =
            Map.of("BINDAY_RUN_CHUNKSIZE", "1", "BINDAY_RUN_LEASE", "2s");

    @TempDir
    private Path folder;

    private static final int ASSETS = 60;
    /** As many as the work on them takes longer than another command. */
    private static final int MANY = 3_000;

    @BeforeEach
    void createJob() throws IOException {
        Files.createDirectories(folder.resolve("jobs"));
        Files.writeString(folder.resolve("jobs/all.yml"), """
                name: all
                description: Every asset.
                operation: trash
                reason: a test
                input: {query: {sql: "SELECT uid FROM asset ORDER BY uid"}}
                """);
    }

    @Test
    void letsASecondCommandInAndEndsInOrderWhenTerminated() throws IOException {
        createStack(MANY);
        BindayProcess process = BindayProcess.start(folder, SMALL_CHUNKS, List.of(), "start", "all", "--yes");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> process.errSoFar().contains("values settled") || !process.isAlive());

        JsonNode beside = json(binday("run", "show", "1", "-o", "json"));
        assertThat(beside.get("status").asString()).isEqualTo("RUNNING");
        assertThat(beside.at("/owner/alive").asBoolean()).isTrue();

        process.terminate();
        Result stopped = process.await();
        assertThat(stopped.exit()).as(stopped.err()).isEqualTo(143);
        assertThat(stopped.out()).contains("STOPPED");
        assertThat(stopped.err()).contains("run restart 1");
        JsonNode after = json(binday("run", "show", "1", "-o", "json"));
        assertThat(after.get("status").asString()).isEqualTo("STOPPED");
        assertThat(after.at("/items/done").asInt()).isBetween(1, MANY - 1);

        Result hold = binday("hold", "--run", "1", "--reason", "a test");
        assertThat(hold.exit()).as("a hold of what is not all there yet").isEqualTo(3);
        assertThat(hold.err()).contains("run 1 has not ended: what it trashes from now on is not on hold");

        Result restarted = binday("run", "restart", "1");
        assertThat(restarted.exit()).as(restarted.err()).isZero();
        assertThat(json(binday("list", "--limit", "1", "-o", "json"))
                        .get("total")
                        .asInt())
                .isEqualTo(MANY);
    }

    @Test
    void doesNothingWhereTheFolderOfSettingsCannotBeRead() throws IOException {
        createStack(ASSETS);
        Files.createSymbolicLink(folder.resolve("config"), folder.resolve("not mounted"));

        Result refused = binday("purge", "--confirm", "embedded");

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("the folder config is there, but this user may not read it");
        Files.delete(folder.resolve("config"));
        Files.createDirectories(folder.resolve("config/application.yml"));

        Result noFile = binday("purge", "--confirm", "embedded");

        assertThat(noFile.exit()).isEqualTo(2);
        assertThat(noFile.err()).contains("config/application.yml is a folder; without its settings nothing is done");
    }

    @Test
    void namesTheCommandThatDoesWhatAPurgeJobDoes() throws IOException {
        Files.writeString(folder.resolve("jobs/keep-long.yml"), """
                name: keep-long
                description: Purges late.
                reason: a rule
                operation: purge
                input: {expired: {older-than: 90d}}
                """);

        Result refused = binday("start", "keep-long");

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("purge --older-than 90d, and in a daemon: ");
    }

    @Test
    void carriesOutNothingThatWasInterruptedBeforeItWasApproved() throws Exception {
        createStack(ASSETS);
        Result planned = binday("start", "all", "--dry-run");
        assertThat(planned.exit()).isZero();
        assertThat(planned.err()).contains("Job: all. Every asset.");
        assertThat(planned.out()).startsWith("Run 1 would trash 60 assets (");
        // As it is before the transaction that ends the staging: that writes all of these.
        execute("UPDATE binday_run SET status = 'STOPPED', staged_at = NULL");
        execute("DELETE FROM binday_tally");
        execute("UPDATE BATCH_STEP_EXECUTION SET STATUS = 'STOPPED', EXIT_CODE = 'STOPPED' WHERE STEP_NAME = 'stage'");

        Result restarted = binday("run", "restart", "1");

        assertThat(restarted.exit()).as(restarted.err()).isEqualTo(5);
        assertThat(restarted.err())
                .contains("Not confirmed: nobody can be asked")
                .contains("Nothing was touched. The plan is kept.")
                .contains("run approve 1");
        assertThat(binday("run", "approve", "1").exit()).isZero();
    }

    @Test
    void endsAnAuditThatFindsSomethingWithOneAndSaysWhatToType() throws IOException, SQLException {
        createStack(ASSETS);
        assertThat(binday("start", "all", "--dry-run").exit()).isZero();
        execute("UPDATE binday_run SET requested_at = TIMESTAMPADD(DAY, -2, requested_at)");

        Result audit = binday("audit", "-o", "json");

        assertThat(audit.exit()).isEqualTo(1);
        JsonNode finding = json(audit).at("/findings/0");
        assertThat(finding.get("code").asString()).isEqualTo("PLAN_WAITING");
        assertThat(finding.get("remedy").asString()).matches("java -jar \\S+binday.jar run approve 1, or .*");
    }

    @Test
    void saysThatAHoldOfARunHoldsNothing() throws IOException {
        createStack(ASSETS);
        Result trash = binday("trash", "--id", "unknown", "--reason", "a test", "--yes");
        assertThat(trash.exit()).isEqualTo(3);

        Result hold = binday("hold", "--run", "1", "--reason", "a test");

        assertThat(hold.exit()).isEqualTo(3);
        assertThat(hold.err()).contains("run 1: what it has trashed, if anything, is not in the trash");
    }

    @Test
    void holdsUntilTheEndOfTheDayThatIsNamed() throws IOException, SQLException {
        createStack(ASSETS);
        assertThat(binday("start", "all", "--yes").exit()).isZero();

        Result hold = binday("hold", "--run", "1", "--reason", "a test", "--until", "2090-01-02");

        assertThat(hold.exit()).as(hold.err()).isZero();
        JsonNode listed = json(binday("list", "--limit", "1", "-o", "json"));
        assertThat(listed.at("/assets/0/heldUntil").asString())
                .as(listed.toString())
                .isEqualTo("2090-01-02");
        execute("DELETE FROM binday_hold WHERE held_until <> TIMESTAMP '2090-01-03 00:00:00'");
        assertThat(json(binday("list", "--on-hold", "-o", "json")).get("total").asInt())
                .isEqualTo(ASSETS);
    }

    @Test
    void takesItsSettingsFromTheStartAndNotFromTheBuild() throws IOException, SQLException {
        createStack(ASSETS);
        assertThat(binday("start", "all", "--yes").exit()).isZero();
        execute("UPDATE binday_trash SET trashed_at = DATEADD(DAY, -15, trashed_at)");
        Files.createDirectories(folder.resolve("files"));
        Files.writeString(folder.resolve("files/other"), "not empty");

        Result purged = BindayProcess.run(
                folder, Map.of("BINDAY_BINARY_DIRECTORY", "files"), "purge", "--confirm", "embedded", "-o", "json");

        assertThat(purged.exit()).as(purged.err()).isZero();
        assertThat(json(purged).at("/files/MISSING").asInt()).as(purged.out()).isEqualTo(ASSETS);
    }

    @Test
    void refusesASettingThatNobodyKnowsWhateverItMayHaveMeant() throws IOException {
        Result refused = BindayProcess.run(folder, Map.of("BINDAY_PURGE_RETENTON", "90d"), "run", "list");

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("BINDAY_PURGE_RETENTON");
    }

    @Test
    void failsWhereItsAnswerDoesNotArrive() throws IOException {
        createStack(ASSETS);
        assertThat(binday("trash", "--id", "unknown", "--reason", "a test", "--yes")
                        .exit())
                .isEqualTo(3);

        for (String format : List.of("json", "table")) {
            List<String> command = new ArrayList<>(List.of("sh", "-c", "\"$@\" > /dev/full", "sh"));
            command.addAll(BindayProcess.command(List.of(), List.of("run", "list", "-o", format)));
            Result lost = BindayProcess.start(folder, Map.of(), command).await();

            assertThat(lost.exit()).as(lost.err()).isEqualTo(1);
        }
    }

    private void createStack(int assets) throws IOException {
        SampleFolder.copyTo(folder, "--assets", String.valueOf(assets));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:h2:file:" + folder.resolve("data/binday")
                                + ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;AUTO_SERVER=TRUE",
                        "binday",
                        "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Result binday(String... arguments) throws IOException {
        return BindayProcess.run(folder, Map.of(), arguments);
    }

    private static JsonNode json(Result result) {
        return JsonMapper.shared().readTree(result.out());
    }
}
