package io.binday.schedule;

import io.binday.run.FileDeletion;
import java.time.Duration;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a daemon does between the nights: files that could not be deleted are tried again when their time has come. Named in
 * Quartz's tables, so neither its name nor its package can change.
 */
@DisallowConcurrentExecution
public final class FilesJob implements Job {

    /** How often. */
    static final Duration EVERY = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(FilesJob.class);

    private final Schedules schedules;
    private final FileDeletion files;
    private final Activity activity;

    FilesJob(Schedules schedules, FileDeletion files, Activity activity) {
        this.schedules = schedules;
        this.files = files;
        this.activity = activity;
    }

    @Override
    public void execute(JobExecutionContext context) throws JobExecutionException {
        try {
            activity.during(() -> {
                // Who looks after all others cannot look after itself.
                schedules.heal();
                files.work(NightJob.stop(context));
            });
        } catch (RuntimeException e) {
            LOG.error(
                    "what is due between the nights could not be done; trying again in a minute: {}",
                    e.getMessage(),
                    NightJob.trace(e));
            throw new JobExecutionException(e);
        }
    }
}
