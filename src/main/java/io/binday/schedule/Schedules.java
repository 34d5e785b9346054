package io.binday.schedule;

import io.binday.job.JobDefinition;
import io.binday.job.JobDefinition.Schedule;
import io.binday.job.Jobs;
import io.binday.run.Run;
import io.binday.run.RunRecords;
import io.binday.run.StopSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import org.quartz.CronScheduleBuilder;
import org.quartz.CronTrigger;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The schedules of the jobs, kept by Quartz in the database for all daemons together.
 */
@Component
public final class Schedules {

    private static final Logger LOG = LoggerFactory.getLogger(Schedules.class);
    private static final String GROUP = "binday";
    private static final String UPKEEP = "binday-upkeep";

    /** How often daemons look for what was not begun, or lost its process. */
    static final Duration CATCH_UP = Duration.ofMinutes(5);

    private final Jobs jobs;
    private final RunRecords records;
    private final Nights nights;
    private final NightStore store;
    private final SharedScheduler quartz;
    private volatile List<JobDefinition> taken = List.of();

    Schedules(Jobs jobs, RunRecords records, Nights nights, NightStore store, SharedScheduler quartz) {
        this.jobs = jobs;
        this.records = records;
        this.nights = nights;
        this.store = store;
        this.quartz = quartz;
    }

    /**
     * Takes the schedules of the job files over and begins to start jobs at their times, until {@link #finish}.
     *
     * @param stop stops the runs that are working
     * @return the schedules
     * @throws IllegalArgumentException with every problem of the schedules; then nothing was changed
     */
    public List<ScheduledJob> start(StopSignal stop) {
        List<JobDefinition> scheduled = definitions();
        requireValid(scheduled);
        scheduled.forEach(this::warnOfSkippedTimes);
        quartz.ask(scheduler -> scheduler.getContext().put(NightJob.STOP, stop));
        quartz.change(scheduler -> {
            for (JobDefinition job : scheduled) {
                install(scheduler, job.name(), job.schedule().orElseThrow());
            }
            removeOthers(scheduler, scheduled);
            installUpkeep(scheduler, "files", FilesJob.class, Instant.now(), Duration.ofMinutes(1));
            installUpkeep(scheduler, "catch-up", CatchUpJob.class, Instant.now().plus(CATCH_UP), CATCH_UP);
            heal(scheduler);
        });
        quartz.change(scheduler -> {
            for (JobDefinition job : scheduled) {
                makeUp(scheduler, job.name(), false);
            }
        });
        taken = scheduled;
        quartz.ask(scheduler -> {
            scheduler.start();
            return scheduler;
        });
        return list();
    }

    /** Has nights begun that nobody could begin at their time, and runs gone on with whose process is gone. */
    void catchUp() {
        quartz.change(scheduler -> {
            heal(scheduler);
            for (JobDefinition job : taken) {
                makeUp(scheduler, job.name(), true);
            }
        });
    }

    /** The jobs that this daemon starts by itself; empty where it is none. */
    public List<JobDefinition> taken() {
        return taken;
    }

    /** Starts nothing more, and waits for the runs that are working. */
    public void finish() {
        quartz.finish();
    }

    /** The jobs that have a schedule. */
    public List<ScheduledJob> list() {
        return quartz.ask(scheduler -> {
            List<ScheduledJob> all = new ArrayList<>();
            for (JobDefinition job : definitions()) {
                all.add(describe(scheduler, job.name(), job.schedule().orElseThrow()));
            }
            return all;
        });
    }

    /**
     * Has a daemon start a job now; its schedule stays as it is.
     *
     * @return whether a daemon is up; if not, the first one that is started begins with it
     */
    public boolean run(String name) {
        requireInstalled(name);
        quartz.change(scheduler -> scheduler.triggerJob(key(name)));
        return store.daemons() > 0;
    }

    /** Has no daemon start a job by itself before it is resumed. */
    public void pause(String name) {
        requireInstalled(name);
        quartz.change(scheduler -> scheduler.pauseTrigger(triggerKey(name)));
    }

    /** Lets daemons start a job again; a time that was missed while it was paused is made up for once. */
    public void resume(String name) {
        requireInstalled(name);
        quartz.change(scheduler -> scheduler.resumeTrigger(triggerKey(name)));
    }

    private List<JobDefinition> definitions() {
        return jobs.names().stream()
                .map(jobs::named)
                .filter(job -> job.schedule().isPresent())
                .toList();
    }

    private void requireValid(List<JobDefinition> scheduled) {
        List<String> problems = new ArrayList<>();
        for (JobDefinition job : scheduled) {
            String cron = job.schedule().orElseThrow().cron();
            try {
                Cron.of(job.schedule().orElseThrow());
            } catch (IllegalArgumentException e) {
                problems.add("%s/%s.yml: schedule.cron '%s' cannot be used: %s"
                        .formatted(jobs.place(), job.name(), cron, e.getMessage()));
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
    }

    private void warnOfSkippedTimes(JobDefinition job) {
        Schedule schedule = job.schedule().orElseThrow();
        if (Cron.of(schedule).next(Instant.now()).isEmpty()) {
            LOG.warn(
                    "{}/{}.yml: schedule.cron '{}' has no time to come, so it starts nothing",
                    jobs.place(),
                    job.name(),
                    schedule.cron());
        }
        Cron.of(schedule)
                .skipped(Instant.now())
                .ifPresent(time -> LOG.warn(
                        "{}/{}.yml: there will be no {} in {}, as the clocks are put forward; that time is left out. Choose another one, or UTC",
                        jobs.place(),
                        job.name(),
                        time,
                        schedule.zone()));
    }

    /**
     * A schedule that has not changed is not touched: writing it anew would forget a night that was missed. One that is
     * paused stays paused. The built-in jobs never change a schedule that somebody has made from a folder.
     */
    private void install(Scheduler scheduler, String name, Schedule schedule) throws SchedulerException {
        JobDetail detail = JobBuilder.newJob(NightJob.class)
                .withIdentity(key(name))
                .storeDurably()
                .requestRecovery()
                .build();
        scheduler.addJob(detail, true);
        if (Cron.of(schedule).next(Instant.now()).isEmpty()) {
            scheduler.unscheduleJob(triggerKey(name));
            return;
        }
        Trigger current = scheduler.getTrigger(triggerKey(name));
        Trigger wanted = trigger(name, schedule);
        if (current == null) {
            scheduler.scheduleJob(wanted);
        } else if (!isSame(current, wanted) && !jobs.builtIn()) {
            boolean paused = isPaused(scheduler, name);
            scheduler.rescheduleJob(triggerKey(name), wanted);
            if (paused) {
                scheduler.pauseTrigger(triggerKey(name));
            }
        }
    }

    /** What daemons do by themselves, one of them each time. */
    private static void installUpkeep(
            Scheduler scheduler, String name, Class<? extends Job> work, Instant first, Duration every)
            throws SchedulerException {
        JobKey key = new JobKey(name, UPKEEP);
        if (scheduler.checkExists(key)) {
            return;
        }
        Trigger again = TriggerBuilder.newTrigger()
                .withIdentity(name, UPKEEP)
                .startAt(Date.from(first))
                .withSchedule(SimpleScheduleBuilder.repeatSecondlyForever((int) every.toSeconds())
                        .withMisfireHandlingInstructionNextWithRemainingCount())
                .build();
        scheduler.scheduleJob(JobBuilder.newJob(work).withIdentity(key).build(), again);
    }

    /** Quartz never again starts what it could not read once, say because the connection broke, unless it is told to. */
    private static void heal(Scheduler scheduler) throws SchedulerException {
        for (String group : List.of(GROUP, UPKEEP)) {
            for (TriggerKey key : scheduler.getTriggerKeys(GroupMatcher.triggerGroupEquals(group))) {
                if (scheduler.getTriggerState(key) == Trigger.TriggerState.ERROR) {
                    LOG.warn("{} was in error and is active again", key.getName());
                    scheduler.resetTriggerFromErrorState(key);
                }
            }
        }
    }

    private static boolean isPaused(Scheduler scheduler, String name) throws SchedulerException {
        return scheduler.getTriggerState(triggerKey(name)) == Trigger.TriggerState.PAUSED;
    }

    /** Compared as Quartz keeps them, which may not be as they were written. */
    private static boolean isSame(Trigger current, Trigger wanted) {
        return current instanceof CronTrigger now
                && wanted instanceof CronTrigger then
                && now.getCronExpression().equals(then.getCronExpression())
                && now.getTimeZone().getID().equals(then.getTimeZone().getID());
    }

    /** Has the last night done that was begun by nobody, and what earlier nights have not finished gone on with. */
    private void makeUp(Scheduler scheduler, String name, boolean catchingUp) throws SchedulerException {
        Optional<Instant> last = Optional.ofNullable(scheduler.getTrigger(triggerKey(name)))
                .flatMap(trigger -> Optional.ofNullable(trigger.getPreviousFireTime()))
                .map(Date::toInstant)
                .filter(night -> !nights.isBegun(name, night));
        List<Long> left = catchingUp ? nights.orphaned(name) : nights.unfinished(name);
        TriggerKey once = new TriggerKey("catch-up." + name, UPKEEP);
        if ((last.isEmpty() && left.isEmpty())
                || isPaused(scheduler, name)
                || scheduler.checkExists(once)
                || !scheduler.checkExists(key(name))) {
            return;
        }
        scheduler.scheduleJob(TriggerBuilder.newTrigger()
                .withIdentity(once)
                .forJob(key(name))
                .usingJobData(
                        NightJob.NIGHT,
                        last.map(night -> String.valueOf(night.toEpochMilli())).orElse(NightJob.NO_NIGHT))
                .usingJobData(NightJob.CATCHING_UP, String.valueOf(catchingUp))
                .build());
    }

    private static Trigger trigger(String name, Schedule schedule) {
        return TriggerBuilder.newTrigger()
                .withIdentity(triggerKey(name))
                .forJob(key(name))
                .withSchedule(CronScheduleBuilder.cronSchedule(schedule.cron())
                        .inTimeZone(TimeZone.getTimeZone(schedule.zone()))
                        .withMisfireHandlingInstructionFireAndProceed())
                .build();
    }

    private void removeOthers(Scheduler scheduler, List<JobDefinition> scheduled) throws SchedulerException {
        Set<JobKey> others = new HashSet<>(scheduler.getJobKeys(GroupMatcher.jobGroupEquals(GROUP)));
        scheduled.forEach(job -> others.remove(key(job.name())));
        if (!others.isEmpty() && !jobs.builtIn()) {
            if (jobs.names().isEmpty()) {
                throw new IllegalArgumentException("the folder " + jobs.place()
                        + " is empty, but there are schedules; is it mounted? Nothing was changed");
            }
            for (JobKey job : List.copyOf(others)) {
                if (isPaused(scheduler, job.getName())) {
                    LOG.warn("no job file has a schedule for {} any more; it is paused and stays so", job.getName());
                    others.remove(job);
                }
            }
        }
        if (!others.isEmpty() && !jobs.builtIn()) {
            LOG.warn("no job file has a schedule for {} any more; removed", others);
            scheduler.deleteJobs(List.copyOf(others));
        }
    }

    private ScheduledJob describe(Scheduler scheduler, String name, Schedule schedule) throws SchedulerException {
        Optional<Trigger> trigger = Optional.ofNullable(scheduler.getTrigger(triggerKey(name)));
        boolean paused = isPaused(scheduler, name);
        Optional<Run> last = records.newestOf(name);
        return new ScheduledJob(
                name,
                schedule.cron(),
                schedule.zone().getId(),
                state(scheduler, name, schedule),
                trigger.flatMap(found -> Optional.ofNullable(found.getPreviousFireTime()))
                        .map(Date::toInstant),
                trigger.filter(found -> !paused)
                        .flatMap(found -> Optional.ofNullable(found.getNextFireTime()))
                        .map(Date::toInstant),
                last.map(Run::id),
                last.map(Run::status));
    }

    private static String state(Scheduler scheduler, String name, Schedule schedule) throws SchedulerException {
        return switch (scheduler.getTriggerState(triggerKey(name))) {
            case NONE, COMPLETE -> Cron.of(schedule).next(Instant.now()).isEmpty() ? "ENDED" : "NEW";
            case PAUSED -> "PAUSED";
            case ERROR -> "ERROR";
            case NORMAL, BLOCKED -> "ACTIVE";
        };
    }

    private void requireInstalled(String name) {
        if (!quartz.ask(scheduler -> scheduler.checkExists(triggerKey(name)))) {
            throw new NoSuchElementException("no daemon knows a schedule '" + name
                    + "' yet; see: binday schedule list, and start: binday serve");
        }
    }

    private static JobKey key(String name) {
        return new JobKey(name, GROUP);
    }

    private static TriggerKey triggerKey(String name) {
        return new TriggerKey(name, GROUP);
    }
}
