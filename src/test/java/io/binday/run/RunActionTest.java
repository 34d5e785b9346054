package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunActionTest {

    @Test
    void allowsExactlyTheseActions() {
        List<String> legal = new ArrayList<>();
        for (RunSituation situation : RunSituation.values()) {
            legal.add(situation + ": " + RunAction.legalIn(situation));
        }
        assertThat(legal)
                .containsExactly(
                        "PLANNED: [APPROVE, ABANDON]",
                        "WORKING: [STOP, PAUSE, THROTTLE]",
                        "PAUSED: [RESUME, STOP, THROTTLE]",
                        "STOPPING: []",
                        "ORPHANED: [RESTART, RECOVER, RESOLVE, ABANDON]",
                        "UNKNOWN: [RESTART, RESOLVE, ABANDON]",
                        "STOPPED: [RESTART, RESOLVE, ABANDON, RETRY]",
                        "FAILED: [RESTART, RESOLVE, ABANDON, RETRY]",
                        "COMPLETED: [RESOLVE, RETRY]",
                        "ABANDONED: [RESOLVE, RETRY]");
    }

    @Test
    void saysWhyNotAndWhatInstead() {
        assertThat(new IllegalRunStateException(7, RunSituation.STOPPED, RunAction.PAUSE))
                .hasMessage("""
                        run 7 cannot be paused: it is STOPPED; nobody works on it. What can be done:
                          binday run restart 7  goes on from the last committed chunk
                          binday run resolve 7  counts again what was committed, then goes on
                          binday run abandon 7  nobody wants the rest of it
                          binday run retry 7  tries its rejects, if it has any, in a run of its own""");
        assertThat(new IllegalRunStateException(7, RunSituation.STOPPING, RunAction.PAUSE))
                .hasMessageEndingWith("it stops after the chunks it has begun anyway; see: binday run show 7");
        assertThat(new IllegalRunStateException(7, RunSituation.COMPLETED, RunAction.STOP))
                .hasMessage(
                        "run 7 cannot be stopped: it is COMPLETED; it has nothing left to do; see: binday run show 7");
    }

    @Test
    void hasAReasonAgainstEverythingElseInEverySituation() {
        for (RunSituation situation : RunSituation.values()) {
            assertThat(RunAction.whyNot(situation)).as(situation.name()).isNotBlank();
        }
    }
}
