package io.binday.schedule;

import java.time.Duration;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one of the daemons does every few minutes: a night that nobody could begin is begun, and a run whose process is gone
 * is gone on with. Named in Quartz's tables, so neither its name nor its package can change.
 */
@DisallowConcurrentExecution
public final class CatchUpJob implements Job {

    /** How often. */
    static final Duration EVERY = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(CatchUpJob.class);

    private final Schedules schedules;
    private final Activity activity;

    CatchUpJob(Schedules schedules, Activity activity) {
        this.schedules = schedules;
        this.activity = activity;
    }

    @Override
    public void execute(JobExecutionContext context) throws JobExecutionException {
        try {
            activity.during(schedules::catchUp);
        } catch (RuntimeException e) {
            LOG.error(
                    "the schedules could not be looked after; trying again in {} minutes: {}",
                    EVERY.toMinutes(),
                    e.getMessage(),
                    NightJob.trace(e));
            throw new JobExecutionException(e);
        }
    }
}
