package io.binday.schedule;

import io.binday.run.StopSignal;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** A night as Quartz runs it; named in Quartz's tables, so neither its name nor its package can change. */
@DisallowConcurrentExecution
public final class NightJob implements Job {

    static final String STOP = "binday.stop";
    /** The night that is asked for, in milliseconds, or {@link #NO_NIGHT} for going on with earlier ones. */
    static final String NIGHT = "night";

    static final String NO_NIGHT = "none";
    /** Asked for by {@link Schedules#catchUp}: of earlier nights only what has lost its process. */
    static final String CATCHING_UP = "catching-up";

    private static final Logger LOG = LoggerFactory.getLogger(NightJob.class);

    private final Nights nights;
    private final OwedNights owed;
    private final Remedies remedies;
    private final Clock clock;

    NightJob(Nights nights, OwedNights owed, Remedies remedies, Clock clock) {
        this.nights = nights;
        this.owed = owed;
        this.remedies = remedies;
        this.clock = clock;
    }

    @Override
    public void execute(JobExecutionContext context) throws JobExecutionException {
        String name = context.getJobDetail().getKey().getName();
        try {
            if (!Timetable.isItsTime(name, context.getTrigger())
                    && new Timetable(context.getScheduler(), clock).isPaused(name)) {
                LOG.info(
                        "{} is paused: nothing is started, and what its nights have left waits until it is resumed",
                        name);
                return;
            }
            boolean catchingUp =
                    Boolean.parseBoolean(context.getMergedJobDataMap().getString(CATCHING_UP));
            Optional<Instant> night = night(context);
            if (Timetable.isItsTime(name, context.getTrigger()) && context.getNextFireTime() == null) {
                // Quartz forgets a schedule with its last time.
                night.ifPresent(time -> owed.note(name, time));
            }
            nights.night(name, night, catchingUp, stop(context));
        } catch (SchedulerException e) {
            throw new JobExecutionException(e);
        } catch (NightFailedException e) {
            e.failures().forEach(failure -> tell(name, failure));
            throw new JobExecutionException(e);
        } catch (RuntimeException e) {
            // Quartz keeps no message, so the log has to have it; Quartz's own log line is switched off.
            LOG.error("{}: {}", name, e.getMessage(), trace(e));
            throw new JobExecutionException(e);
        }
    }

    private void tell(String name, NightFailedException.Failure failure) {
        Runnable log = () -> LOG.error("{}: {}", name, remedies.spelled(failure.words()));
        failure.run().ifPresentOrElse(run -> NightRuns.ofRun(run, log), log);
    }

    /** What the log needs beside the message: nothing of what the database has said, and all of a fault of our own. */
    static @Nullable Throwable trace(RuntimeException e) {
        boolean told = e instanceof DataAccessException || e instanceof TransactionException;
        return told ? null : e;
    }

    /** The time a night was due; the one that is asked for, or for one that another daemon has begun and not ended, that night's. */
    private static Optional<Instant> night(JobExecutionContext context) {
        String asked = context.getMergedJobDataMap().getString(NIGHT);
        if (asked != null) {
            return NO_NIGHT.equals(asked) ? Optional.empty() : Optional.of(Instant.ofEpochMilli(Long.parseLong(asked)));
        }
        String original = context.isRecovering()
                ? context.getTrigger()
                        .getJobDataMap()
                        .getString(Scheduler.FAILED_JOB_ORIGINAL_TRIGGER_SCHEDULED_FIRETIME_IN_MILLISECONDS)
                : null;
        return Optional.ofNullable(original)
                .map(millis -> Instant.ofEpochMilli(Long.parseLong(millis)))
                .or(() -> Optional.ofNullable(context.getScheduledFireTime()).map(Date::toInstant));
    }

    /** The signal that stops what this daemon does. */
    static StopSignal stop(JobExecutionContext context) {
        try {
            return (StopSignal) context.getScheduler().getContext().getOrDefault(STOP, new StopSignal());
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
    }
}
