package io.binday.trash;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.catalog.JsonPath;
import io.binday.trash.JsonDocument.Removal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDocumentTest {

    private static final List<JsonPath> PATHS = List.of(
            JsonPath.parse("$.g[*]").orElseThrow(), JsonPath.parse("$.h").orElseThrow());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"g\":[\"a\"]}",
                "{\"g\": [ \"a\" ] , \"h\" : \"a\"}",
                "{\"g\":[\"a\",\"x\"]}",
                "{\"g\":[ \"a\" , \"x\" , \"b\" ]}",
                "{\"g\":[\"x\",\n  \"a\"\n]}",
                "{\"g\":[\"a\",\"b\",\"a\"],\"k\":\"a\"}",
                "{\"g\":[\"\\u0061\", [\"a\"], {\"a\":\"a\"}]}",
                "{\"g\":\"a\",\"h\":[\"a\"]}",
                "[\"a\"]",
            })
    void putsBackExactlyWhatItHasTakenOut(String text) {
        assertThat(thereAndBack(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-99999999999", "-1E99999999999"})
    void leavesNumbersAloneThatNoComputerCounts(String number) {
        String text = "{\"g\":[" + number + ",\"a\"]}";
        assertThat(thereAndBack(text)).isEqualTo(text);
    }

    @Test
    void takesForNoJsonWhatIsDeeperThanAnyOfTheServer() {
        String deep = "[".repeat(40_000) + "\"a\"" + "]".repeat(40_000);
        assertThat(new JsonDocument(deep).isReadable()).isFalse();
    }

    @Test
    void putsBackWhatItHasTakenOutOfMadeUpDocuments() {
        long seed = Long.getLong("binday.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder("{")
                    .append(blank(random))
                    .append("\"g\"")
                    .append(blank(random))
                    .append(":[");
            int elements = random.nextInt(6);
            for (int e = 0; e < elements; e++) {
                text.append(blank(random)).append(e > 0 ? "," : "").append(blank(random));
                text.append(List.of("\"a\"", "\"b\"", "\"c\"", "1", "null", "{\"g\":[\"a\"]}")
                        .get(random.nextInt(6)));
            }
            text.append(blank(random))
                    .append("],\"h\":")
                    .append(random.nextBoolean() ? "\"a\"" : "\"z\"")
                    .append("}");
            assertThat(thereAndBack(text.toString())).as("seed %d", seed).isEqualTo(text.toString());
        }
    }

    @Test
    void leavesNothingOfTheIdsAtTheirPaths() {
        JsonDocument document = new JsonDocument("{\"g\":[\"a\",1,\"b\"],\"h\":\"b\",\"x\":\"a\"}");
        Optional<Removal> removal = document.removeLast(PATHS, Set.of("a", "b", "1"), Optional::of);
        while (removal.isPresent()) {
            document = removal.get().after();
            removal = document.removeLast(PATHS, Set.of("a", "b", "1"), Optional::of);
        }
        assertThat(document.text()).isEqualTo("{\"g\":[],\"h\":null,\"x\":\"a\"}");
    }

    @Test
    void takesNothingOutOfWhatIsNoJson() {
        assertThat(new JsonDocument("{\"g\":[\"a\"").removeLast(PATHS, Set.of("a"), Optional::of))
                .isEmpty();
        assertThat(new JsonDocument("").removeLast(PATHS, Set.of("a"), Optional::of))
                .isEmpty();
    }

    @Test
    void putsAnIdAtTheEndOfAnArrayThatHasBecomeShorter() {
        assertThat(new JsonDocument("{\"g\":[\"x\"]}")
                        .insert("a", "$.\"g\"[5]", ", \"a\"", 0, Optional::of)
                        .orElseThrow()
                        .after()
                        .text())
                .isEqualTo("{\"g\":[\"x\", \"a\"]}");
    }

    @Test
    void putsNoIdWhereItsPlaceIsTakenOrGone() {
        assertThat(new JsonDocument("{\"g\":[\"a\"]}").insert("a", "$.\"g\"[0]", "\"a\"", 0, Optional::of))
                .isEmpty();
        assertThat(new JsonDocument("{\"h\":\"b\"}").insert("a", "$.\"h\"", "\"a\"", 0, Optional::of))
                .isEmpty();
        assertThat(new JsonDocument("{}").insert("a", "$.\"h\"", "\"a\"", 0, Optional::of))
                .isEmpty();
        assertThat(new JsonDocument("{\"g\":{}}").insert("a", "$.\"g\"[0]", "\"a\"", 0, Optional::of))
                .isEmpty();
    }

    private static String thereAndBack(String text) {
        JsonDocument document = new JsonDocument(text);
        Deque<Removal> removals = new ArrayDeque<>();
        Optional<Removal> removal = document.removeLast(PATHS, Set.of("a", "b"), Optional::of);
        while (removal.isPresent()) {
            removals.push(removal.get());
            document = removal.get().after();
            removal = document.removeLast(PATHS, Set.of("a", "b"), Optional::of);
        }
        for (Removal back : removals) {
            JsonDocument now = document;
            document = now.insert("none", back.path(), back.cut(), 0, Optional::of)
                    .orElseThrow(() -> new AssertionError("no place for " + back + " in " + now))
                    .after();
        }
        return document.text();
    }

    private static String blank(Random random) {
        return List.of("", "", " ", "\n  ").get(random.nextInt(4));
    }
}
