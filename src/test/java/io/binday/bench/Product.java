package io.binday.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.testing.BindayProcess;
import io.binday.testing.BindayProcess.Result;
import io.binday.testing.MySqlServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The built jar on a schema, each run a process of its own as an operator starts it, at default settings. */
final class Product {

    private static final Duration LONGEST = Duration.ofHours(1);
    /** How much was in use before a collection, in megabytes. */
    private static final Pattern IN_USE = Pattern.compile("(\\d+)M->");

    private final int assets;
    private final Path folder;
    private final List<String> machine;
    private final String schema;
    private final Map<String, String> settings;
    private long peakHeap;

    /**
     * The product on a schema of this many assets.
     *
     * @param folder where it is started
     * @param machine settings of the virtual machine
     */
    Product(int assets, MySqlServer server, String schema, Path folder, String... machine) {
        this.assets = assets;
        this.folder = folder;
        this.machine = List.of(machine);
        this.schema = schema;
        this.settings = Map.of(
                "SPRING_DATASOURCE_URL", server.url(schema),
                "SPRING_DATASOURCE_USERNAME", "root",
                // A purge of more than usual would wait for an approval.
                "BINDAY_PURGE_MAXITEMS", String.valueOf(assets));
    }

    /** Trashes every asset of a CSV file in the folder. */
    JsonNode trash(String csv) throws IOException {
        return run("trash", "--csv", csv, "--reason", "a measurement", "--again", "--yes");
    }

    /** Restores what a run has trashed. */
    JsonNode restore(JsonNode trashed) throws IOException {
        return run("restore", "--run", trashed.get("run").asString(), "--reason", "a measurement", "--yes");
    }

    /** Purges the trash. */
    JsonNode purge() throws IOException {
        return run("purge", "--confirm", schema);
    }

    /** Most heap in use when a collection began, in bytes, since this was asked last. */
    long peakHeap() {
        long peak = peakHeap;
        peakHeap = 0;
        return peak << 20;
    }

    private JsonNode run(String... arguments) throws IOException {
        Path collections = folder.resolve("collections.log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(machine);
        command.add("-Xlog:gc:file=" + collections);
        command.addAll(
                List.of("-jar", Path.of("target", "binday.jar").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-o", "json"));
        Result result = BindayProcess.start(folder, settings, command).await(LONGEST);
        assertThat(result.exit()).as(result.err()).isZero();
        JsonNode run = JsonMapper.shared().readTree(result.out());
        assertThat(run.get("status").asString()).isEqualTo("COMPLETED");
        assertThat(run.at("/items/done").asInt()).isEqualTo(assets);
        peakHeap = Math.max(
                peakHeap,
                IN_USE.matcher(Files.readString(collections))
                        .results()
                        .map(MatchResult::group)
                        .map(found -> found.substring(0, found.indexOf('M')))
                        .mapToLong(Long::parseLong)
                        .max()
                        .orElse(0));
        return run;
    }

    /** How many seconds a step of a run has taken. */
    static double seconds(JsonNode run, String step) {
        return StreamSupport.stream(run.get("attemptReports").spliterator(), false)
                .flatMap(attempt -> StreamSupport.stream(attempt.get("steps").spliterator(), false))
                .filter(found -> step.equals(found.get("name").asString()))
                .mapToDouble(found -> found.path("seconds").asDouble())
                .sum();
    }
}
