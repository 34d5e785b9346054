package io.binday.schedule;

import io.binday.job.JobDefinition.Schedule;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.quartz.CronScheduleBuilder;
import org.quartz.CronTrigger;
import org.quartz.JobBuilder;
import org.quartz.JobDataMap;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Quartz is to start and when, for all daemons together: its jobs and triggers by the names of ours. */
final class Timetable {

    private static final Logger LOG = LoggerFactory.getLogger(Timetable.class);
    private static final String NIGHTS = "binday";
    /** Nights whose time has come, of times that a schedule does not have any more. */
    static final String MISSED = "binday-missed";
    /** Nights that somebody has asked for. */
    static final String ASKED = "binday-asked";

    private final Scheduler scheduler;
    private final Clock clock;

    Timetable(Scheduler scheduler, Clock clock) {
        this.scheduler = scheduler;
        this.clock = clock;
    }

    /**
     * Takes a schedule over. One that has not changed is not touched: writing it anew would forget a night that was missed.
     * One that is paused stays paused, and one that has no time to come is taken out. What the old times of one that changes may still
     * owe is noted.
     *
     * @param changes whether one that is there already may be changed
     */
    void install(String name, Schedule schedule, boolean changes) throws SchedulerException {
        JobDetail detail = JobBuilder.newJob(NightJob.class)
                .withIdentity(key(name))
                .storeDurably()
                .requestRecovery()
                .build();
        scheduler.addJob(detail, true);
        boolean ended = Cron.of(schedule).hasEnded(clock.instant());
        Trigger current = scheduler.getTrigger(triggerKey(name));
        if (ended) {
            // A pause would be forgotten with it.
            if (!isPaused(name)) {
                takeOut(name);
            }
            return;
        }
        Trigger wanted = trigger(name, schedule);
        if (current == null) {
            scheduler.scheduleJob(wanted);
        } else if (changes && !isSame(current, wanted)) {
            boolean paused = isPaused(name);
            oweTimeOf(name, current);
            scheduler.rescheduleJob(triggerKey(name), wanted);
            if (paused) {
                pause(name);
            }
        }
    }

    /** Has a job no times any more; what they may still owe is noted. */
    void takeOut(String name) throws SchedulerException {
        Trigger current = scheduler.getTrigger(triggerKey(name));
        if (current != null) {
            oweTimeOf(name, current);
            scheduler.unscheduleJob(triggerKey(name));
        }
    }

    /** The first time that was missed, or the last one that was not, for its night may have no run. */
    private void oweTimeOf(String name, Trigger trigger) throws SchedulerException {
        Optional<Instant> due = Stream.of(trigger.getNextFireTime(), trigger.getPreviousFireTime())
                .flatMap(Stream::ofNullable)
                .map(Date::toInstant)
                .filter(time -> time.isBefore(clock.instant()))
                .findFirst();
        if (due.isPresent()) {
            owe(name, due.get(), MISSED);
        }
    }

    /**
     * Notes that a night has to be begun, until {@link #settle}: as a job without times, which Quartz never starts by itself.
     *
     * @param kind {@link #MISSED} or {@link #ASKED}
     */
    void owe(String name, Instant night, String kind) throws SchedulerException {
        scheduler.addJob(
                JobBuilder.newJob(NightJob.class)
                        .withIdentity(night.toEpochMilli() + "." + name, kind)
                        .storeDurably()
                        .build(),
                true);
    }

    /** The nights of a job that have to be begun, the oldest first. */
    List<Instant> owed(String name, String kind) throws SchedulerException {
        return scheduler.getJobKeys(GroupMatcher.jobGroupEquals(kind)).stream()
                .map(key -> key.getName().split("\\.", 2))
                .filter(parts -> parts[1].equals(name))
                .map(parts -> Instant.ofEpochMilli(Long.parseLong(parts[0])))
                .sorted()
                .toList();
    }

    /** A night has been begun, or is given up. */
    void settle(String name, Instant night) throws SchedulerException {
        for (String kind : List.of(MISSED, ASKED)) {
            scheduler.deleteJob(new JobKey(night.toEpochMilli() + "." + name, kind));
        }
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

    /** Compared as Quartz keeps them, which may not be as they were written. */
    private static boolean isSame(Trigger current, Trigger wanted) {
        return current instanceof CronTrigger now
                && wanted instanceof CronTrigger then
                && now.getCronExpression().equals(then.getCronExpression())
                && now.getTimeZone().getID().equals(then.getTimeZone().getID());
    }

    /** What daemons do by themselves beside their nights. */
    Upkeep upkeep() {
        return new Upkeep(scheduler, clock);
    }

    /** Quartz never again starts what it could not read once, say because the connection broke, unless it is told to. */
    void heal() throws SchedulerException {
        for (String group : List.of(NIGHTS, Upkeep.GROUP)) {
            for (TriggerKey key : scheduler.getTriggerKeys(GroupMatcher.triggerGroupEquals(group))) {
                if (scheduler.getTriggerState(key) == Trigger.TriggerState.ERROR) {
                    LOG.warn("{} was in error and is active again", key.getName());
                    scheduler.resetTriggerFromErrorState(key);
                }
            }
        }
    }

    /** The jobs that are kept, whether they have a file or not. */
    List<String> names() throws SchedulerException {
        return scheduler.getJobKeys(GroupMatcher.jobGroupEquals(NIGHTS)).stream()
                .map(JobKey::getName)
                .sorted()
                .toList();
    }

    /** Whether there is such a job, be it without times. */
    boolean has(String name) throws SchedulerException {
        return scheduler.checkExists(key(name));
    }

    void remove(String name) throws SchedulerException {
        scheduler.deleteJob(key(name));
        for (String kind : List.of(MISSED, ASKED)) {
            for (Instant night : owed(name, kind)) {
                settle(name, night);
            }
        }
    }

    /** Whether a job is started at a time of its schedule, and not because somebody or a daemon has asked for it. */
    static boolean isItsTime(String name, Trigger trigger) {
        return trigger.getKey().equals(triggerKey(name));
    }

    /** Has a daemon begin a night now that somebody has asked for, and until it has its run. */
    void run(String name, Instant night) throws SchedulerException {
        owe(name, night, ASKED);
        JobDataMap asked = new JobDataMap();
        asked.put(NightJob.NIGHT, String.valueOf(night.toEpochMilli()));
        scheduler.triggerJob(key(name), asked);
    }

    /**
     * Has a daemon begin a night and go on with what earlier nights have left; once, however often it is asked for before
     * that is done.
     *
     * @param night empty for going on with earlier nights only
     * @param catchingUp whether of those only the ones are meant whose process is gone
     */
    void makeUp(String name, Optional<Instant> night, boolean catchingUp) throws SchedulerException {
        TriggerKey once = catchUpKey(name);
        if (scheduler.checkExists(once) || !has(name)) {
            return;
        }
        scheduler.scheduleJob(TriggerBuilder.newTrigger()
                .withIdentity(once)
                .forJob(key(name))
                .usingJobData(
                        NightJob.NIGHT,
                        night.map(time -> String.valueOf(time.toEpochMilli())).orElse(NightJob.NO_NIGHT))
                .usingJobData(NightJob.CATCHING_UP, String.valueOf(catchingUp))
                .build());
    }

    /** Has nobody start a job. */
    void pause(String name) throws SchedulerException {
        if (state(name) == Trigger.TriggerState.ERROR) {
            // Quartz pauses none that is in error, and it would be healed later, and start.
            scheduler.resetTriggerFromErrorState(triggerKey(name));
        }
        scheduler.pauseTrigger(triggerKey(name));
        List<TriggerKey> asked = new ArrayList<>();
        for (Trigger trigger : scheduler.getTriggersOfJob(key(name))) {
            // One that is complete has been begun; Quartz keeps it to its end.
            if ((trigger.getKey().getGroup().equals(TriggerKey.DEFAULT_GROUP)
                            || trigger.getKey().equals(catchUpKey(name)))
                    && scheduler.getTriggerState(trigger.getKey()) != Trigger.TriggerState.COMPLETE) {
                asked.add(trigger.getKey());
            }
        }
        scheduler.unscheduleJobs(asked);
    }

    void resume(String name) throws SchedulerException {
        scheduler.resumeTrigger(triggerKey(name));
    }

    boolean hasTimes(String name) throws SchedulerException {
        return scheduler.checkExists(triggerKey(name));
    }

    /** The times that daemons go by; empty where they know none. */
    Optional<CronTrigger> times(String name) throws SchedulerException {
        return scheduler.getTrigger(triggerKey(name)) instanceof CronTrigger times
                ? Optional.of(times)
                : Optional.empty();
    }

    /** Such times as a job file would write them. */
    static Schedule schedule(CronTrigger times) {
        return new Schedule(times.getCronExpression(), times.getTimeZone().toZoneId());
    }

    /** Whether such times are those of a schedule. */
    static boolean goesBy(CronTrigger times, String name, Schedule schedule) {
        return isSame(times, trigger(name, schedule));
    }

    Trigger.TriggerState state(String name) throws SchedulerException {
        return scheduler.getTriggerState(triggerKey(name));
    }

    boolean isPaused(String name) throws SchedulerException {
        return state(name) == Trigger.TriggerState.PAUSED;
    }

    /** When a job was due last and a daemon took that up. */
    Optional<Instant> previous(String name) throws SchedulerException {
        return times(name).flatMap(Timetable::previous);
    }

    /** When such times were due last and a daemon took that up. */
    static Optional<Instant> previous(CronTrigger times) {
        return Optional.ofNullable(times.getPreviousFireTime()).map(Date::toInstant);
    }

    private static TriggerKey catchUpKey(String name) {
        return new TriggerKey("catch-up." + name, Upkeep.GROUP);
    }

    private static JobKey key(String name) {
        return new JobKey(name, NIGHTS);
    }

    private static TriggerKey triggerKey(String name) {
        return new TriggerKey(name, NIGHTS);
    }
}
