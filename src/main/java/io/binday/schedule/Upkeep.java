package io.binday.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.SimpleTrigger;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;

/** What daemons do by themselves every minute or few, one of them each time. */
record Upkeep(Scheduler scheduler, Clock clock) {

    static final String GROUP = "binday-upkeep";

    /** Has Quartz start what is not there, or is there at other intervals, as an earlier version did it. */
    void install() throws SchedulerException {
        install("files", FilesJob.class, clock.instant(), FilesJob.EVERY);
        install("catch-up", CatchUpJob.class, clock.instant().plus(CatchUpJob.EVERY), CatchUpJob.EVERY);
    }

    private void install(String name, Class<? extends Job> work, Instant first, Duration every)
            throws SchedulerException {
        JobKey key = new JobKey(name, GROUP);
        boolean planted = scheduler.checkExists(key);
        if (planted
                && scheduler.getTrigger(new TriggerKey(name, GROUP)) instanceof SimpleTrigger now
                && now.getRepeatInterval() == every.toMillis()) {
            return;
        }
        Trigger again = TriggerBuilder.newTrigger()
                .withIdentity(name, GROUP)
                .startAt(Date.from(first))
                .withSchedule(SimpleScheduleBuilder.repeatSecondlyForever((int) every.toSeconds())
                        .withMisfireHandlingInstructionNextWithRemainingCount())
                .build();
        scheduler.scheduleJob(JobBuilder.newJob(work).withIdentity(key).build(), Set.of(again), planted);
    }
}
