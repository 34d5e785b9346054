package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunStatusTest {

    @Test
    void allowsExactlyTheseChanges() {
        List<String> edges = new ArrayList<>();
        for (RunStatus from : RunStatus.values()) {
            for (RunStatus to : RunStatus.values()) {
                from.reasonFor(to).ifPresent(reason -> edges.add(from + " -> " + to));
            }
        }
        assertThat(edges)
                .containsExactly(
                        "RUNNING -> RUNNING",
                        "RUNNING -> AWAITING_APPROVAL",
                        "RUNNING -> COMPLETED",
                        "RUNNING -> STOPPED",
                        "RUNNING -> FAILED",
                        "AWAITING_APPROVAL -> RUNNING",
                        "AWAITING_APPROVAL -> ABANDONED",
                        "STOPPED -> RUNNING",
                        "STOPPED -> ABANDONED",
                        "FAILED -> RUNNING",
                        "FAILED -> ABANDONED");
    }
}
