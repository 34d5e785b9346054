package io.binday.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunJsonTest {

    @Test
    void hasNoFieldThatTheReadmeDoesNotTellOfARun() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("README.md"));

        String told = lines.stream()
                .filter(line -> line.contains("| a run: `run`"))
                .findFirst()
                .orElseThrow();

        assertThat(Stream.concat(Stream.of(RunJson.class), Arrays.stream(RunJson.class.getDeclaredClasses()))
                        .flatMap(type -> Arrays.stream(type.getRecordComponents()))
                        .map(RecordComponent::getName))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(told).contains("`" + name + "`"));
    }
}
