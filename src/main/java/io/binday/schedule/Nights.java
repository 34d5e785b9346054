package io.binday.schedule;

import io.binday.input.InputRefusedException;
import io.binday.input.InputSpec;
import io.binday.input.Inputs;
import io.binday.job.Arguments;
import io.binday.job.JobDefinition;
import io.binday.job.JobDefinition.Input;
import io.binday.job.Jobs;
import io.binday.run.Housekeeping;
import io.binday.run.OwnedElsewhereException;
import io.binday.run.RunObserver;
import io.binday.run.RunRecords;
import io.binday.run.RunReport;
import io.binday.run.RunRequest;
import io.binday.run.RunStatus;
import io.binday.run.Runs;
import io.binday.run.StopSignal;
import io.binday.trash.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
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
    private final RunRecords records;
    private final Housekeeping housekeeping;
    private final Inputs inputs;
    private final Retention retention;
    private final NightStore store;
    private final Activity activity;
    private final TransactionTemplate transaction;

    Nights(
            Jobs jobs,
            Runs runs,
            RunRecords records,
            Housekeeping housekeeping,
            Inputs inputs,
            Retention retention,
            NightStore store,
            Activity activity,
            PlatformTransactionManager transactions) {
        this.jobs = jobs;
        this.runs = runs;
        this.records = records;
        this.housekeeping = housekeeping;
        this.inputs = inputs;
        this.retention = retention;
        this.store = store;
        this.activity = activity;
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
            } catch (NoSuchElementException e) {
                throw new NightFailedException(e.getMessage() + "; has this daemon the same jobs as the others?");
            } catch (RuntimeException e) {
                // Its file was changed since the daemon started, and has mistakes.
                throw new NightFailedException(e.getMessage() + "; mend it, a daemon tries again within "
                        + CatchUpJob.EVERY.toMinutes() + " minutes");
            }
            doNight(job, night, catchingUp, stop);
        });
    }

    private void doNight(JobDefinition job, Optional<Instant> night, boolean catchingUp, StopSignal stop) {
        if (job.input() instanceof Input.Ended ended) {
            if (night.isEmpty() || isFirstToBegin(job.name(), night.get())) {
                tidy(ended.olderThan().orElse(Housekeeping.USUAL_AGE), stop);
            }
            return;
        }
        List<String> failures = new ArrayList<>();
        for (long unfinished : earlier(job.name(), catchingUp)) {
            // An operator may have stopped it while the one before was gone on with.
            if (!stop.isRequested() && earlier(job.name(), catchingUp).contains(unfinished)) {
                resume(unfinished, stop).ifPresent(failures::add);
            }
        }
        if (night.isPresent() && !stop.isRequested()) {
            warnOfOutdated(job.name());
            databaseOr(
                            "no run could be begun",
                            () -> isBegun(job.name(), night.get()) ? Optional.<Long>empty() : begin(job, night.get()))
                    .flatMap(run -> work(run, stop))
                    .ifPresent(failures::add);
        }
        if (!failures.isEmpty()) {
            throw new NightFailedException(String.join("; ", failures));
        }
    }

    private void warnOfOutdated(String job) {
        Set<Long> own = store.runs(job);
        records.outdated(job).stream()
                .filter(own::contains)
                .forEach(run -> LOG.warn(
                        "run {} was not finished and is left alone, as nobody has worked on what its query found for half a day;"
                                + " give it up with: binday run abandon {}",
                        run,
                        run));
    }

    /** What earlier nights have left to do. What an operator has started is the operator's to go on with. */
    List<Long> unfinished(String job) {
        Set<Long> own = store.runs(job);
        return records.unfinished(job).stream().filter(own::contains).toList();
    }

    /** What earlier nights have begun and whose process is gone. */
    List<Long> orphaned(String job) {
        Set<Long> own = store.runs(job);
        return records.orphaned(job).stream().filter(own::contains).toList();
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
            throw new NightFailedException(what + ": " + Runs.words(e) + "; a daemon tries again within "
                    + CatchUpJob.EVERY.toMinutes() + " minutes");
        }
    }

    /** A night of housekeeping is noted with no run. */
    private boolean isFirstToBegin(String job, Instant night) {
        try {
            transaction.executeWithoutResult(status -> store.add(job, night, NO_RUN));
            return true;
        } catch (DuplicateKeyException e) {
            LOG.info("the night {} of {} has been begun elsewhere", night, job);
            return false;
        }
    }

    private void tidy(Duration olderThan, StopSignal stop) {
        Housekeeping.Result removed = housekeeping.work(olderThan, stop);
        LOG.info(
                "housekeeping removed {} work items and {} attempts of {} runs that ended before {}",
                removed.items(),
                removed.attempts(),
                removed.runs(),
                removed.before());
    }

    /** When the last night of a job was due, or asked for, that somebody has begun; empty when there was none. */
    Optional<Instant> last(String name) {
        return store.last(name);
    }

    /** Whether a night has its run. */
    boolean isBegun(String name, Instant night) {
        return store.runOf(name, night).isPresent();
    }

    private Optional<String> resume(long run, StopSignal stop) {
        MDC.put("run", String.valueOf(run));
        try {
            LOG.info("going on with run {}", run);
            return failure(runs.goOn(run, new LoggingObserver(run), stop));
        } catch (OwnedElsewhereException e) {
            LOG.info("{}", e.getMessage());
            return Optional.empty();
        } catch (DataAccessException | TransactionException e) {
            return Optional.of(lost(run, e));
        } catch (RuntimeException e) {
            // Whatever is wrong with an earlier night must not cost this one its run.
            return runs.report(run).run().status() == RunStatus.COMPLETED
                    ? Optional.empty()
                    : Optional.of("run " + run + ": " + e.getMessage());
        } finally {
            MDC.remove("run");
        }
    }

    /** The run of a night; empty when another daemon has begun it in this moment. */
    private Optional<Long> begin(JobDefinition job, Instant night) {
        RunRequest request = request(job);
        try {
            return Optional.ofNullable(transaction.execute(status -> {
                long run = runs.create(request, true);
                store.add(job.name(), night, run);
                return run;
            }));
        } catch (DuplicateKeyException e) {
            LOG.info("the night {} of {} has been begun elsewhere", night, job.name());
            return Optional.empty();
        }
    }

    /** What a person has to mend, a query or the clocks, is told without a stack trace. */
    private RunRequest request(JobDefinition job) {
        try {
            return new RunRequest(
                    job.operation(),
                    job.name(),
                    job.reason().orElse("scheduled"),
                    "schedule " + job.name(),
                    inputs.open(spec(job)),
                    job.chunkSize().orElse(runs.chunkSize()),
                    true);
        } catch (InputRefusedException | IllegalArgumentException | IllegalStateException e) {
            throw new NightFailedException("no run could be begun: " + e.getMessage()
                    + "; mend it, a daemon tries again within " + CatchUpJob.EVERY.toMinutes() + " minutes");
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

    private Optional<String> work(long run, StopSignal stop) {
        MDC.put("run", String.valueOf(run));
        try {
            LOG.info("run {} begins", run);
            return failure(runs.work(run, new LoggingObserver(run), stop));
        } catch (OwnedElsewhereException e) {
            LOG.info("{}", e.getMessage());
            return Optional.empty();
        } catch (DataAccessException | TransactionException e) {
            return Optional.of(lost(run, e));
        } finally {
            MDC.remove("run");
        }
    }

    private static String lost(long run, Exception e) {
        return "run " + run + " has lost the database: "
                + Runs.words(e)
                + "; a daemon goes on with it within " + CatchUpJob.EVERY.toMinutes()
                + " minutes of the database's return, or: binday run restart " + run;
    }

    private static Optional<String> failure(RunReport report) {
        long id = report.run().id();
        RunStatus status = report.run().status();
        LOG.info(
                "run {} {}: {} done, {} rejected",
                id,
                status,
                report.items().done(),
                report.items().rejected());
        return switch (status) {
            case COMPLETED, STOPPED, RUNNING -> Optional.empty();
            case AWAITING_APPROVAL ->
                Optional.of("run " + id + " waits: " + report.run().message().orElse("not approved")
                        + "; look at it and approve it: binday run approve " + id);
            case ABANDONED -> Optional.of("run " + id + " was given up meanwhile");
            case FAILED ->
                Optional.of("run " + id + " FAILED: " + report.run().message().orElse("no reason is known")
                        + "; go on with it: binday run restart " + id);
        };
    }

    /** Tells the log what a terminal would be told. */
    private record LoggingObserver(long run) implements RunObserver {

        @Override
        public void retrying(String failure, Duration wait) {
            LOG.warn("run {}: an attempt failed: {}; trying again in {} ms", run, failure, wait.toMillis());
        }
    }
}
