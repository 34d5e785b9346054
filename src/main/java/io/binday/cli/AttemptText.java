package io.binday.cli;

import io.binday.run.AttemptReport;
import io.binday.run.RunReport;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The attempts of a run in lines for a person. */
final class AttemptText {

    private static final int MOST = 10;

    private AttemptText() {}

    /** How long a run was worked on, and how fast it was; empty while no attempt has ended. */
    static Optional<String> took(RunReport report) {
        Duration worked = report.worked();
        if (worked.isZero()) {
            return Optional.empty();
        }
        return Optional.of(Sizes.duration(worked)
                + report.speed()
                        .map(speed -> ", " + Sizes.count(speed) + " assets/s while applying")
                        .orElse(""));
    }

    /** The newest attempts, each with its steps. */
    static List<String> attempts(RunReport report) {
        List<AttemptReport> all = report.attempts();
        List<String> lines = new ArrayList<>();
        for (AttemptReport attempt : all.subList(Math.max(0, all.size() - MOST), all.size())) {
            lines.add(RunText.field(
                    "attempt " + attempt.number(),
                    attempt.status()
                            + attempt.startedAt()
                                    .map(start -> " · began " + start.truncatedTo(ChronoUnit.SECONDS))
                                    .orElse("")
                            + " · " + steps(attempt)));
        }
        return lines;
    }

    private static String steps(AttemptReport attempt) {
        return attempt.steps().isEmpty()
                ? "no step begun"
                : attempt.steps().stream().map(AttemptText::step).collect(Collectors.joining(", "));
    }

    private static String step(AttemptReport.StepReport step) {
        String status = "COMPLETED".equals(step.status()) ? "" : " " + step.status();
        String counts = step.read() > 0
                ? " " + Sizes.count(step.written()) + " done, " + Sizes.count(step.filtered()) + " rejected"
                : "";
        return step.name()
                + status
                + step.duration().map(time -> " " + Sizes.duration(time)).orElse("")
                + counts;
    }
}
