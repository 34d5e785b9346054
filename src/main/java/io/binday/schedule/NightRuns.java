package io.binday.schedule;

import io.binday.catalog.CatalogRefusedException;
import io.binday.run.FailureText;
import io.binday.run.OwnedElsewhereException;
import io.binday.run.RunObserver;
import io.binday.run.RunReport;
import io.binday.run.RunStatus;
import io.binday.run.Runs;
import io.binday.run.StopSignal;
import io.binday.schedule.NightFailedException.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Works on the runs of nights, and tells the log what a terminal would be told. */
@Component
class NightRuns {

    private static final Logger LOG = LoggerFactory.getLogger(NightRuns.class);

    /** The field of a log line with the number of the run. */
    private static final String RUN = "run";

    private final Runs runs;
    private final Remedies remedies;

    NightRuns(Runs runs, Remedies remedies) {
        this.runs = runs;
        this.remedies = remedies;
    }

    /** Works on the run of this night; why it was not completed, with the next command to type, if that is a failure. */
    Optional<Failure> work(long run, StopSignal stop) {
        return told(run, "run {} begins", () -> failure(runs.work(run, new LoggingObserver(run), stop)));
    }

    /** As {@link #work}, for a run that an earlier night has left. */
    Optional<Failure> goOn(long run, StopSignal stop) {
        return told(run, "going on with run {}", () -> {
            try {
                return failure(runs.goOn(run, new LoggingObserver(run), stop));
            } catch (OwnedElsewhereException | DataAccessException | TransactionException e) {
                throw e;
            } catch (CatalogRefusedException e) {
                return Optional.of(Failure.of(
                        run,
                        "run " + run + ": " + e.getMessage()
                                + "\nIt is left to a daemon whose catalog fits; when this one does: binday run"
                                + " restart " + run));
            } catch (RuntimeException e) {
                // Whatever is wrong with an earlier night must not cost this one its run.
                return isCompleted(run)
                        ? Optional.empty()
                        : Optional.of(Failure.of(run, "run " + run + ": " + e.getMessage()));
            }
        });
    }

    /** One that cannot be read is not. */
    private boolean isCompleted(long run) {
        try {
            return runs.report(run).run().status() == RunStatus.COMPLETED;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Logs something with the number of a run, for whoever looks for that where logs are objects. */
    static void ofRun(long run, Runnable log) {
        MDC.put(RUN, String.valueOf(run));
        try {
            log.run();
        } finally {
            MDC.remove(RUN);
        }
    }

    private Optional<Failure> told(long run, String beginning, Supplier<Optional<Failure>> work) {
        MDC.put(RUN, String.valueOf(run));
        try {
            LOG.info(beginning, run);
            return work.get();
        } catch (OwnedElsewhereException e) {
            LOG.info("{}", remedies.spelled(String.valueOf(e.getMessage())));
            return Optional.empty();
        } catch (DataAccessException | TransactionException e) {
            return Optional.of(Failure.of(
                    run,
                    "run " + run + " has lost the database: " + FailureText.of(e)
                            + "; a daemon goes on with it within " + CatchUpJob.EVERY.toMinutes()
                            + " minutes of the database's return, or: binday run restart " + run));
        } finally {
            MDC.remove(RUN);
        }
    }

    private static Optional<Failure> failure(RunReport report) {
        long id = report.run().id();
        RunStatus status = report.run().status();
        LOG.info(
                "run {} {}: {} done, {} rejected",
                id,
                status,
                report.items().done(),
                report.items().rejected());
        report.failingFiles().ifPresent(files -> LOG.warn("run {}: {}", id, files));
        Optional<String> words = switch (status) {
            case COMPLETED, STOPPED, RUNNING -> Optional.empty();
            case AWAITING_APPROVAL ->
                Optional.of("run " + id + " waits: " + report.run().message().orElse("not approved")
                        + "; look at it and approve it: binday run approve " + id);
            case ABANDONED -> Optional.of("run " + id + " was given up meanwhile");
            case FAILED ->
                Optional.of("run " + id + " FAILED: " + report.run().message().orElse("no reason is known")
                        + (report.run().isToBeginAnew()
                                ? "; give this one up: binday run abandon " + id
                                : "; go on with it: binday run restart " + id));
        };
        return words.map(why -> Failure.of(id, why));
    }

    private record LoggingObserver(long run) implements RunObserver {

        @Override
        public void retrying(String failure, Duration wait) {
            LOG.warn("run {}: an attempt failed: {}; trying again in {} ms", run, failure, wait.toMillis());
        }
    }
}
