package io.binday.schedule;

import io.binday.catalog.RefusedException;
import io.binday.input.InputSpec;
import io.binday.input.Inputs;
import io.binday.job.Arguments;
import io.binday.job.JobDefinition;
import io.binday.job.JobDefinition.Input;
import io.binday.job.Jobs;
import io.binday.job.UnknownNameException;
import io.binday.run.FailureText;
import io.binday.run.Housekeeping;
import io.binday.run.JobRunStore;
import io.binday.run.RunRequest;
import io.binday.run.Runs;
import io.binday.run.StopSignal;
import io.binday.schedule.NightFailedException.Failure;
import io.binday.trash.OperationName;
import io.binday.trash.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a schedule does at its time: it goes on with what earlier nights have not finished, and then starts one run of its
 * job. A night has one run, whoever asks for it and however often.
 */
@Component
class Nights {

    private static final Logger LOG = LoggerFactory.getLogger(Nights.class);
    private static final long NO_RUN = 0;

    private final Jobs jobs;
    private final Runs runs;
    private final JobRunStore jobRuns;
    private final Housekeeping housekeeping;
    private final Inputs inputs;
    private final Retention retention;
    private final NightRuns nightRuns;
    private final NightStore store;
    private final Activity activity;
    private final Remedies remedies;
    private final TransactionTemplate transaction;

    Nights(
            Jobs jobs,
            Runs runs,
            JobRunStore jobRuns,
            Housekeeping housekeeping,
            Inputs inputs,
            Retention retention,
            NightRuns nightRuns,
            NightStore store,
            Activity activity,
            Remedies remedies,
            PlatformTransactionManager transactions) {
        this.jobs = jobs;
        this.runs = runs;
        this.jobRuns = jobRuns;
        this.housekeeping = housekeeping;
        this.inputs = inputs;
        this.retention = retention;
        this.nightRuns = nightRuns;
        this.store = store;
        this.activity = activity;
        this.remedies = remedies;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Does a night.
     *
     * @param name the job
     * @param night the time it was due, which identifies it; empty for going on with earlier nights only
     * @param catchingUp whether of earlier nights only those are meant whose process is gone
     * @throws NightFailedException when a run has not been completed, with the next command to type
     */
    void night(String name, Optional<Instant> night, boolean catchingUp, StopSignal stop) {
        activity.during(() -> {
            JobDefinition job;
            try {
                job = jobs.named(name);
            } catch (UnknownNameException e) {
                throw new NightFailedException(e.getMessage() + "; has this daemon the same jobs as the others?");
            } catch (RuntimeException e) {
                // Its file was changed since the daemon started, and has mistakes.
                throw NightFailedException.notBegun(e);
            }
            doNight(job, night, catchingUp, stop);
        });
    }

    private void doNight(JobDefinition job, Optional<Instant> night, boolean catchingUp, StopSignal stop) {
        if (job.input() instanceof Input.Ended ended) {
            if (night.isEmpty() || !isBegun(job.name(), night.get())) {
                databaseOr(
                        "housekeeping was not finished",
                        () -> tidy(ended.olderThan().orElse(Housekeeping.USUAL_AGE), stop));
                if (night.isPresent() && !stop.isRequested()) {
                    noteTidied(job.name(), night.get());
                }
            }
            return;
        }
        List<Failure> failures = new ArrayList<>();
        for (long unfinished : earlier(job.name(), catchingUp)) {
            // An operator may have stopped it while the one before was gone on with.
            if (!stop.isRequested() && earlier(job.name(), catchingUp).contains(unfinished)) {
                nightRuns.goOn(unfinished, stop).ifPresent(failures::add);
            }
        }
        if (night.isPresent() && !stop.isRequested()) {
            databaseOr("no run could be begun", () -> beginOnce(job, night.get()))
                    .flatMap(run -> nightRuns.work(run, stop))
                    .ifPresent(failures::add);
        }
        if (!failures.isEmpty()) {
            throw new NightFailedException(failures);
        }
    }

    /** The run of a night, if this is the first to ask for it. */
    private Optional<Long> beginOnce(JobDefinition job, Instant night) {
        warnOfOutdated(job.name());
        return isBegun(job.name(), night) ? Optional.empty() : begin(job, night);
    }

    private void warnOfOutdated(String job) {
        store.among(job, jobRuns.outdated(job)).forEach(this::warnOfOutdated);
    }

    private void warnOfOutdated(long run) {
        String words =
                "run %1$d was not finished and is left alone, as nobody has worked on what its query found for half a day;"
                        + " give it up with: binday run abandon %1$d";
        NightRuns.ofRun(run, () -> LOG.warn(remedies.spelled(words.formatted(run))));
    }

    /** What earlier nights have left to do. What an operator has started is the operator's to go on with. */
    List<Long> unfinished(String job) {
        return store.among(job, jobRuns.unfinished(job));
    }

    /** What earlier nights have begun and whose process is gone. */
    List<Long> orphaned(String job) {
        return store.among(job, jobRuns.orphaned(job));
    }

    private List<Long> earlier(String job, boolean catchingUp) {
        return databaseOr(
                "what earlier nights have left cannot be seen", () -> catchingUp ? orphaned(job) : unfinished(job));
    }

    /** A lost database is no reason for a stack trace; the daemons look again every few minutes. */
    private static <T> T databaseOr(String what, Supplier<T> work) {
        try {
            return work.get();
        } catch (DuplicateKeyException e) {
            throw e;
        } catch (DataAccessException | TransactionException e) {
            throw NightFailedException.unasked(what, FailureText.of(e));
        }
    }

    /** A night of housekeeping is noted with no run, and when it is over: it may be done twice, and must not be left out. */
    private void noteTidied(String job, Instant night) {
        try {
            transaction.executeWithoutResult(status -> store.add(job, night, NO_RUN));
        } catch (DuplicateKeyException e) {
            LOG.info("the night {} of {} has been done elsewhere, too", night, job);
        }
    }

    private Housekeeping.Result tidy(Duration olderThan, StopSignal stop) {
        Housekeeping.Result removed = housekeeping.work(olderThan, stop);
        LOG.info(
                "housekeeping removed {} work items and {} attempts of {} runs that ended before {}",
                removed.items(),
                removed.attempts(),
                removed.runs(),
                removed.before());
        if (stop.isRequested()) {
            LOG.info("housekeeping was stopped; the next one removes what is left");
        }
        return removed;
    }

    /** When the last night of a job was due, or asked for, that somebody has begun; empty when there was none. */
    Optional<Instant> last(String name) {
        return store.last(name);
    }

    /** Whether a night has its run. */
    boolean isBegun(String name, Instant night) {
        return store.runOf(name, night).isPresent();
    }

    /** The run of a night; empty when another daemon has begun it in this moment. */
    private Optional<Long> begin(JobDefinition job, Instant night) {
        RunRequest request = request(job);
        try {
            return Optional.of(transaction.execute(status -> {
                long run = runs.create(request, true);
                store.add(job.name(), night, run);
                return run;
            }));
        } catch (DuplicateKeyException e) {
            LOG.info("the night {} of {} has been begun elsewhere", night, job.name());
            return Optional.empty();
        } catch (RefusedException e) {
            throw NightFailedException.notBegun(e);
        }
    }

    /** What a person has to mend, a query or the clocks, is told without a stack trace. */
    private RunRequest request(JobDefinition job) {
        try {
            return new RunRequest(
                    OperationName.of(job.operation()),
                    job.name(),
                    job.reason().orElse("scheduled"),
                    "schedule " + job.name(),
                    inputs.open(spec(job)),
                    job.chunkSize().orElse(runs.chunkSize()),
                    true);
        } catch (RefusedException | IllegalArgumentException e) {
            throw NightFailedException.notBegun(e);
        }
    }

    private InputSpec spec(JobDefinition job) {
        if (job.input() instanceof Input.Expired expired) {
            return new InputSpec.Expired(retention.cutoff(expired.olderThan()));
        }
        if (job.input() instanceof Input.Query query) {
            return new InputSpec.Query(
                    job.name(), query.sql(), Arguments.bind(query, Map.of()), query.timeoutSeconds(), query.maxRows());
        }
        throw new IllegalArgumentException("job " + job.name() + " reads a CSV file and cannot be scheduled");
    }
}
