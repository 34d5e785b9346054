package io.binday.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.testing.BindayProcess;
import io.binday.testing.BindayProcess.Result;
import io.binday.testing.SampleFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The question before anything is changed, at a real (pseudo) terminal. */
class TerminalE2E {

    private static final String FEW = "blt0c2379f64cbc6df1";

    @TempDir
    private Path folder;

    @BeforeEach
    void createStack() throws IOException {
        SampleFolder.copyTo(folder);
    }

    @Test
    void touchesNothingUnlessTheAnswerIsYes() throws IOException {
        Result no = atTerminal("n\n", "trash", "--id", FEW, "--reason", "test");
        assertThat(no.exit()).isEqualTo(5);
        assertThat(no.out())
                .contains("Trash 1 asset? [y/N]")
                .contains("Not confirmed. Nothing was touched. The plan is kept.")
                .contains("run approve 1");

        Result yes = atTerminal("y\n", "trash", "--id", FEW, "--reason", "test");
        assertThat(yes.exit()).as(yes.out()).isZero();
        assertThat(yes.out()).contains("COMPLETED");
    }

    @Test
    void saysHowToGoOnWhenInterruptedAtTheQuestion() throws IOException {
        BindayProcess asking = BindayProcess.startAtTerminal(
                folder, new String[] {"trash", "--id", FEW, "--reason", "test", "2>talk.txt"});
        Awaitility.await().until(() -> asking.outSoFar().contains("[y/N]"));
        asking.type("\u0003");

        assertThat(asking.await().exit()).isEqualTo(130);
        assertThat(folder.resolve("talk.txt"))
                .content()
                .contains("Not confirmed. Nothing was touched. The plan is kept.")
                .contains("run approve 1");
        assertThat(BindayProcess.run(folder, Map.of(), "list").out()).isEmpty();
    }

    @Test
    void wantsTheNumberTypedAboveAThousandAssets() throws IOException {
        Files.writeString(folder.resolve("all.csv"), allIds());

        Result careless = atTerminal("y\n", "trash", "--csv", "all.csv", "--reason", "test");
        assertThat(careless.exit()).isEqualTo(5);
        assertThat(careless.out()).contains("Trash 1,200 assets? Type the number 1200 to go on:");

        Result deliberate = atTerminal("1200\n", "trash", "--csv", "all.csv", "--reason", "test");
        assertThat(deliberate.exit()).as(deliberate.out()).isZero();
    }

    @Test
    void wantsTheNameOfTheEnvironmentTypedBeforeAPurge() throws IOException {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config/application.yml"), """
                binday:
                  purge:
                    retention: 1s
                    allow-short-retention: true
                    environment: production
                """);
        assertThat(BindayProcess.run(folder, Map.of(), "trash", "--id", FEW, "--reason", "test", "--yes")
                        .exit())
                .isZero();
        Awaitility.await().pollDelay(Duration.ofMillis(1_100)).until(() -> true);

        for (String careless : List.of("y\n", "embedded\n")) {
            Result refused = atTerminal(careless, "purge");
            assertThat(refused.exit()).as(refused.out()).isEqualTo(5);
            assertThat(refused.out())
                    .contains("Type the name of the environment, production, to go on:")
                    .contains("Not confirmed. Nothing was touched.");
        }
        assertThat(BindayProcess.run(folder, Map.of(), "list").out()).contains(FEW);

        Result deliberate = atTerminal("production\n", "purge");
        assertThat(deliberate.exit()).as(deliberate.out()).isZero();
        assertThat(BindayProcess.run(folder, Map.of(), "list").out()).isEmpty();
    }

    /** Every asset of the sample, by way of a query that spoils each ID, whose rejects then name them. */
    private String allIds() throws IOException {
        Files.createDirectories(folder.resolve("jobs"));
        Files.writeString(folder.resolve("jobs/all.yml"), """
                name: all
                description: Every asset.
                operation: trash
                reason: test
                input: {query: {sql: "SELECT CONCAT('x', uid) FROM asset ORDER BY uid"}}
                """);
        assertThat(BindayProcess.run(folder, Map.of(), "start", "all", "--dry-run")
                        .exit())
                .isZero();
        Result rejects = BindayProcess.run(folder, Map.of(), "run", "rejects", "1", "-o", "csv");
        return Pattern.compile("(?m)^\"x(blt[0-9a-f]{16})\",.*$|^\"asset_id.*\n")
                .matcher(rejects.out())
                .replaceAll("$1");
    }

    private Result atTerminal(String typed, String... arguments) throws IOException {
        return BindayProcess.startAtTerminal(folder, typed, arguments).await();
    }
}
