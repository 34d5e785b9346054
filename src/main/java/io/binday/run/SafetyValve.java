package io.binday.run;

import io.binday.trash.OperationName;
import io.binday.trash.PurgeSettings;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Holds back a purge that nobody has looked at and that is larger than purges usually are. */
@Component
final class SafetyValve {

    private static final int NIGHTS = 7;
    private static final int TIMES = 5;
    /** So small a purge is never unusual. */
    private static final long SMALL = 100;

    private final JobRunStore runs;
    private final PurgeSettings settings;

    SafetyValve(JobRunStore runs, PurgeSettings settings) {
        this.runs = runs;
        this.settings = settings;
    }

    /** Why a run has to be looked at by a person before it is carried out; empty when it has not. */
    Optional<String> closedFor(Run run, long assets) {
        if (run.operation() != OperationName.PURGE) {
            return Optional.empty();
        }
        if (assets > settings.maxItems()) {
            return Optional.of("held back by the safety valve: %,d assets are more than binday.purge.max-items of %,d"
                    .formatted(assets, settings.maxItems()));
        }
        return unusual(assets, runs.lastDone(run.operation(), NIGHTS));
    }

    /** Why so many assets are unusual after those of the last purges; empty when they are not. */
    static Optional<String> unusual(long assets, List<Long> last) {
        double average = last.stream().mapToLong(Long::longValue).average().orElse((double) assets);
        if (assets > SMALL && assets > TIMES * average) {
            return Optional.of(
                    "held back by the safety valve: %,d assets are more than %d times the average of %,.0f of the last %s"
                            .formatted(assets, TIMES, average, last.size() == 1 ? "purge" : last.size() + " purges"));
        }
        return Optional.empty();
    }
}
