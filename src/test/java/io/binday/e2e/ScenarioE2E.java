package io.binday.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.testing.BindayProcess;
import io.binday.testing.BindayProcess.Result;
import io.binday.testing.SampleFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every folder of {@code scenarios} is one: {@code command} has the commands to type, or a wait, {@code exit} their exit codes,
 * {@code stdout} and {@code stderr} lines that the last one must print (each line somewhere, in any order), {@code stdout.N} and
 * {@code stderr.N} those of the Nth,
 * {@code files} what lies in the working folder, {@code why.md} the reason. The working folder starts without a
 * database. A stack that many scenarios begin with is created once, and copied for those that bring no settings.
 */
class ScenarioE2E {

    private static final Path SCENARIOS = Path.of("src/test/resources/scenarios");

    /** In place of a command: what was done before is old enough by then for a retention of a second. */
    private static final String LATER = "(two seconds later)";

    private static final String SAMPLE = "sample";

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> behavesAsTheScenarioSays() throws IOException {
        try (Stream<Path> folders = Files.list(SCENARIOS)) {
            return folders.sorted().toList().stream()
                    .map(scenario -> DynamicTest.dynamicTest(
                            String.valueOf(scenario.getFileName()), scenario.toUri(), () -> play(scenario)));
        }
    }

    private void play(Path scenario) throws IOException {
        assertThat(scenario.resolve("why.md")).isNotEmptyFile();
        Path work = Files.createDirectory(folder.resolve(String.valueOf(scenario.getFileName())));
        SampleFolder.copy(scenario.resolve("files"), work);
        List<String> exits = Files.readAllLines(scenario.resolve("exit"));
        List<String> commands = Files.readAllLines(scenario.resolve("command"));
        assertThat(exits).hasSameSizeAs(commands);
        Result result = new Result(0, "", "");
        int first = 0;
        List<String> typed = List.of(words(commands.get(0)));
        if (SAMPLE.equals(typed.get(0)) && "0".equals(exits.get(0)) && Files.notExists(work.resolve("config"))) {
            SampleFolder.copyTo(work, typed.subList(1, typed.size()).toArray(String[]::new));
            first = 1;
        }
        for (int i = first; i < commands.size(); i++) {
            if (LATER.equals(commands.get(i))) {
                Awaitility.await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
                continue;
            }
            result = BindayProcess.run(work, Map.of(), words(commands.get(i)));
            assertThat(result.exit())
                    .as("exit code of: %s%n%s%n%s", commands.get(i), result.out(), result.err())
                    .isEqualTo(Integer.parseInt(exits.get(i)));
            assertThat(result.err()).doesNotContain("\tat ", "springframework");
            assertPrinted(scenario.resolve("stdout." + (i + 1)), result.out());
            assertPrinted(scenario.resolve("stderr." + (i + 1)), result.err());
        }
        assertPrinted(scenario.resolve("stdout"), result.out());
        assertPrinted(scenario.resolve("stderr"), result.err());
    }

    private static void assertPrinted(Path expected, String printed) throws IOException {
        if (Files.exists(expected)) {
            for (String line : Files.readAllLines(expected)) {
                assertThat(printed).contains(line);
            }
            if (Files.size(expected) == 0) {
                assertThat(printed).isEmpty();
            }
        }
    }

    /** Words are separated by blanks; quotes keep them together. */
    private static String[] words(String command) {
        return Arrays.stream(command.split(" (?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1))
                .map(word -> word.replace("\"", ""))
                .toArray(String[]::new);
    }
}
