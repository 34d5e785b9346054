package io.binday.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import io.binday.testing.BindayProcess;
import io.binday.testing.BindayProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The first minute of a newcomer, with the jar alone in an empty folder. */
class DemoE2E {

    @TempDir
    private Path folder;

    @Test
    void showsTheMainJobAndThenLetsItBeLookedAt() throws IOException {
        Result demo = binday("demo");
        assertThat(demo.exit()).as(demo.err()).isZero();
        assertThat(demo.err())
                .contains("Creating the sample stack in embedded ./data/binday")
                .contains("catalog: (built in)", "jobs: (built in)")
                .contains("1,200  asset", "800  entry", "3  environment")
                .contains("would trash 231 assets", "detach ", "affects ", "for example")
                .contains("255 of 255 values settled")
                .contains("run rejects 2", "list --run 2", "run show 2")
                .contains("Run 3 has restored 5 assets", "2 assets put on hold")
                .contains("Run 4 has purged 18 assets for good and left 2 on hold");
        assertThat(demo.out())
                .contains("Run 2 · cleanup · COMPLETED")
                .contains("6  MALFORMED", "10  DUPLICATE", "7  NOT_FOUND", "1  ALREADY_IN_TRASH")
                .contains("of entry_asset_reference", "of asset_publication");

        JsonNode list = json(binday("list", "--run", "2", "--limit", "5", "-o", "json"));
        assertThat(list.get("total").asInt()).isEqualTo(208);
        assertThat(list.get("assets").size()).isEqualTo(5);

        assertThat(json(binday("list", "--on-hold", "-o", "json")).get("total").asInt())
                .isEqualTo(2);

        JsonNode run = json(binday("run", "show", "2", "-o", "json"));
        assertThat(run.get("status").asString()).isEqualTo("COMPLETED");
        assertThat(run.at("/items/done").asInt()).isEqualTo(231);
        assertThat(run.at("/rejects/DUPLICATE").asInt()).isEqualTo(10);
        assertThat(run.at("/detached/asset_publication").asInt()).isPositive();
        assertThat(run.at("/input/sha256").asString()).hasSize(64);

        assertRejectsCanBeReadAgain();

        Result again = binday("demo");
        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(again.out()).contains("COMPLETED", "209  ALREADY_IN_TRASH", "25  NOT_FOUND");
        assertThat(again.err()).contains("To start afresh, delete the folder data");
    }

    private void assertRejectsCanBeReadAgain() throws IOException {
        Result rejects = binday("run", "rejects", "2", "-o", "csv");
        assertThat(rejects.out()).startsWith("\"asset_id\",\"line\",\"reason\",\"detail\"\n");
        assertThat(CsvReader.builder().ofNamedCsvRecord(rejects.out()).stream().map(line -> line.getField("reason")))
                .hasSize(24);
        Files.writeString(folder.resolve("rejects.csv"), rejects.out());
        JsonNode plan = json(binday("trash", "--csv", "rejects.csv", "--reason", "a look", "--dry-run", "-o", "json"));
        assertThat(plan.at("/items/total").asInt()).isEqualTo(24);
        assertThat(plan.at("/rejects/MALFORMED").asInt()).isEqualTo(6);
    }

    private Result binday(String... arguments) throws IOException {
        return BindayProcess.run(folder, Map.of(), arguments);
    }

    private static JsonNode json(Result result) {
        return JsonMapper.shared().readTree(result.out());
    }
}
