package io.binday.run;

import io.binday.document.InvalidDocumentException;
import io.binday.job.JobDefinition;
import io.binday.job.JobDefinition.Input;
import io.binday.job.Jobs;
import io.binday.job.UnknownNameException;
import io.binday.trash.Retention;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** For how long the jobs that purge keep trash, as their files say by now. */
@Component
public final class KeptByJobs {

    private final ObjectProvider<Jobs> jobs;
    private final Retention retention;

    KeptByJobs(ObjectProvider<Jobs> jobs, Retention retention) {
        this.jobs = jobs;
        this.retention = retention;
    }

    /** How old trash becomes where the jobs that purge by themselves do what they say; without any, the retention. */
    public Duration leastOfScheduled() {
        return jobs.getObject().names().stream()
                .flatMap(name -> purge(name).filter(job -> job.schedule().isPresent()).stream())
                .map(job -> olderThan(job).orElse(retention.length()))
                .min(Comparator.naturalOrder())
                .orElse(retention.length());
    }

    /**
     * For how long the job of a purge keeps trash, which may be longer than when the purge was begun. Empty where an operator asked for the
     * purge, there is no such job any more, its file has a mistake, or it says nothing of that: then the retention counts.
     */
    Optional<Duration> of(Run run) {
        return Optional.of(run.job())
                .filter(Predicate.not(run.operation().word()::equals))
                .flatMap(this::purge)
                .flatMap(KeptByJobs::olderThan);
    }

    /** The job, if it purges what is old enough. */
    private Optional<JobDefinition> purge(String name) {
        try {
            return Optional.of(jobs.getObject().named(name)).filter(job -> job.input() instanceof Input.Expired);
        } catch (UnknownNameException | InvalidDocumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> olderThan(JobDefinition purge) {
        return purge.input() instanceof Input.Expired expired ? expired.olderThan() : Optional.empty();
    }
}
