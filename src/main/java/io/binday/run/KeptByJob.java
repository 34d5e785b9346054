package io.binday.run;

import io.binday.document.InvalidDocumentException;
import io.binday.job.JobDefinition.Input;
import io.binday.job.Jobs;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** For how long the job of a purge keeps trash by now, which may be longer than when the purge was begun. */
@Component
final class KeptByJob {

    private final ObjectProvider<Jobs> jobs;

    KeptByJob(ObjectProvider<Jobs> jobs) {
        this.jobs = jobs;
    }

    /**
     * Empty where an operator asked for the purge, there is no such job any more, its file has a mistake, or it says nothing of that:
     * then the retention counts.
     */
    Optional<Duration> of(Run run) {
        if (run.job().equals(run.operation().word())) {
            return Optional.empty();
        }
        try {
            return jobs.getObject().named(run.job()).input() instanceof Input.Expired expired
                    ? expired.olderThan()
                    : Optional.empty();
        } catch (NoSuchElementException | InvalidDocumentException e) {
            return Optional.empty();
        }
    }
}
