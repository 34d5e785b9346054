package io.binday.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.binary.Outbox;
import io.binday.input.InputDigest;
import io.binday.input.InputSpec;
import io.binday.run.AttemptReport;
import io.binday.run.AttemptReport.StepReport;
import io.binday.run.Control;
import io.binday.run.ItemCounts;
import io.binday.run.Run;
import io.binday.run.RunReport;
import io.binday.run.RunSituation;
import io.binday.run.RunStatus;
import io.binday.trash.OperationName;
import io.binday.trash.Reject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RunTextTest {

    private static final Instant BEGAN = Instant.parse("2026-01-31T02:30:00Z");

    @Test
    void tellsTheSpeedOfWhatHasEndedOnly() {
        AttemptReport ended = attempt(1, "STOPPED", 100, Optional.of(Duration.ofSeconds(10)));
        AttemptReport open = attempt(2, "STARTED", 900, Optional.empty());

        assertThat(AttemptText.took(report(List.of(ended, open), Map.of())))
                .contains("10.0 s, 10 assets/s while applying");
        assertThat(AttemptText.took(report(List.of(open), Map.of()))).isEmpty();
    }

    @Test
    void doesNotProposeToTryAgainWhatWouldBeRejectedAgain() {
        assertThat(commands(Map.of(Reject.PURGED, 2L, Reject.MALFORMED, 1L))).containsExactly("run rejects 7");
        assertThat(commands(Map.of(Reject.PURGED, 2L, Reject.PARENT_MISSING, 1L)))
                .containsExactly("run rejects 7", "run retry 7");
        assertThat(commands(Map.of())).isEmpty();
    }

    @Test
    void proposesWhatComesNextBeforeWhatWasRejected() {
        assertThat(commands(RunSituation.PLANNED, Map.of(Reject.MALFORMED, 1L)))
                .containsExactly("run approve 7", "run abandon 7", "run rejects 7");
    }

    private static List<String> commands(Map<Reject, Long> rejects) {
        return commands(RunSituation.COMPLETED, rejects);
    }

    private static List<String> commands(RunSituation situation, Map<Reject, Long> rejects) {
        return RunText.next(report(situation, List.of(), rejects)).stream()
                .map(command -> command.substring(command.indexOf("run ")))
                .toList();
    }

    private static AttemptReport attempt(int number, String status, long written, Optional<Duration> duration) {
        return new AttemptReport(
                number,
                number,
                status,
                Optional.of(BEGAN),
                duration.map(BEGAN::plus),
                List.of(new StepReport("apply", status, written, written, 0, duration)));
    }

    private static RunReport report(List<AttemptReport> attempts, Map<Reject, Long> rejects) {
        return report(RunSituation.COMPLETED, attempts, rejects);
    }

    private static RunReport report(RunSituation situation, List<AttemptReport> attempts, Map<Reject, Long> rejects) {
        long rejected = rejects.values().stream().collect(Collectors.summingLong(Long::longValue));
        Run run = new Run(
                7,
                OperationName.RESTORE,
                "restore",
                RunStatus.COMPLETED,
                "a test",
                "tester",
                BEGAN,
                new InputSpec.Ids(List.of("a")),
                new InputDigest("ids", "a", "", 1),
                100,
                Optional.of("tester"),
                true,
                attempts.size(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(BEGAN));
        return new RunReport(
                run,
                new ItemCounts(1_000 + rejected, 1_000, rejected, rejects),
                Map.of(),
                Optional.empty(),
                0,
                new Outbox.Files(Map.of(), Optional.empty(), false),
                Optional.empty(),
                situation,
                Control.NONE,
                attempts,
                Optional.empty());
    }
}
