package io.binday.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.testing.BindayProcess;
import io.binday.testing.BindayProcess.Result;
import io.binday.testing.MySqlServer;
import io.binday.testing.OnMySql;
import io.binday.testing.TestApplication;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A large input needs no more memory than a small one. */
@OnMySql
class MillionE2E {

    private static final int LINES = 1_000_000;
    private static final int KNOWN = 6_000;

    @TempDir
    private Path folder;

    @Test
    void stagesAMillionIdsInAHeapOf128Megabytes() throws IOException {
        MySqlServer server = MySqlServer.shared();
        String schema = server.migratedSchema();
        try (TestApplication app = TestApplication.on(server.url(schema)).withSample(KNOWN)) {
            writeLines(app.jdbc().queryForList("SELECT uid FROM asset ORDER BY uid", String.class));
        }

        Result result = BindayProcess.start(
                        folder,
                        BindayProcess.onMySql(server, schema),
                        List.of("-Xmx128m", "-XX:+ExitOnOutOfMemoryError"),
                        "trash",
                        "--csv",
                        "million.csv",
                        "--reason",
                        "a test",
                        "--dry-run",
                        "-o",
                        "json")
                .await();

        assertThat(result.exit()).as(result.err()).isZero();
        JsonNode run = JsonMapper.shared().readTree(result.out());
        assertThat(run.get("status").asString()).isEqualTo("AWAITING_APPROVAL");
        assertThat(run.at("/items/total").asInt()).isEqualTo(LINES);
        assertThat(run.at("/items/pending").asInt()).isEqualTo(KNOWN);
        assertThat(run.at("/rejects/NOT_FOUND").asInt()).isEqualTo(LINES - 2 * KNOWN);
        assertThat(run.at("/rejects/DUPLICATE").asInt()).isEqualTo(KNOWN);
    }

    /** Every known asset stands in it twice, far apart. */
    private void writeLines(List<String> known) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("million.csv"))) {
            out.write("uid\n");
            for (int i = 0; i < LINES; i++) {
                boolean repeats = i < KNOWN || i >= LINES - KNOWN;
                out.write(repeats ? known.get(i % KNOWN) : "blt%016x".formatted(i * 0x9E3779B97F4A7C15L));
                out.write('\n');
            }
        }
    }
}
