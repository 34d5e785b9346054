package io.binday.schedule;

import io.binday.job.JobDefinition;
import io.binday.job.JobDefinition.Schedule;
import io.binday.job.Jobs;
import io.binday.job.UnknownNameException;
import io.binday.run.StopSignal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The schedules of the jobs, kept by Quartz in the database for all daemons together.
 */
@Component
public final class Schedules {

    private static final Logger LOG = LoggerFactory.getLogger(Schedules.class);

    private final Jobs jobs;
    private final ScheduleOverview overview;
    private final OwedNights owed;
    private final DaemonStore daemons;
    private final SharedScheduler quartz;
    private final Remedies remedies;
    private final Clock clock;
    private volatile List<JobDefinition> taken = List.of();
    private volatile Instant takenAt = Instant.EPOCH;

    Schedules(
            Jobs jobs,
            ScheduleOverview overview,
            OwedNights owed,
            DaemonStore daemons,
            SharedScheduler quartz,
            Remedies remedies,
            Clock clock) {
        this.jobs = jobs;
        this.overview = overview;
        this.owed = owed;
        this.daemons = daemons;
        this.quartz = quartz;
        this.remedies = remedies;
        this.clock = clock;
    }

    /**
     * Takes the schedules of the job files over and begins to start jobs at their times, until {@link #finish}.
     *
     * @param stop stops the runs that are working
     * @param spelling writes the commands in a message as they can be typed here
     * @return the schedules
     * @throws io.binday.document.InvalidDocumentException with every problem of every job file; then nothing was changed
     * @throws IllegalArgumentException when the folder of the jobs is empty, but there are schedules
     */
    public List<ScheduledJob> start(StopSignal stop, UnaryOperator<String> spelling) {
        List<JobDefinition> scheduled = jobs.scheduled();
        scheduled.forEach(this::warnOfMissingTimes);
        remedies.spellWith(spelling);
        quartz.change(timetable -> {
            for (JobDefinition job : scheduled) {
                timetable.install(job.name(), job.schedule().orElseThrow(), !jobs.builtIn());
            }
            removeOthers(timetable, scheduled);
            timetable.upkeep().install();
            timetable.heal();
        });
        quartz.change(timetable -> {
            for (JobDefinition job : scheduled) {
                owed.makeUp(timetable, job.name(), false);
            }
        });
        taken = scheduled;
        takenAt = clock.instant();
        quartz.start(stop);
        return list();
    }

    /** Has nights begun that nobody could begin at their time, and runs gone on with whose process is gone. */
    void catchUp() {
        quartz.change(timetable -> {
            timetable.heal();
            for (JobDefinition job : taken) {
                if (!timetable.has(job.name())) {
                    putBack(timetable, job.name());
                }
                owed.makeUp(timetable, job.name(), true);
            }
        });
    }

    /** Takes a schedule over again, unless its file is gone here, too, since this daemon was started. */
    private void putBack(Timetable timetable, String name) throws SchedulerException {
        Optional<Schedule> schedule = jobs.readScheduled().jobs().stream()
                .filter(job -> job.name().equals(name))
                .findFirst()
                .flatMap(JobDefinition::schedule);
        if (schedule.isPresent()) {
            LOG.warn(
                    "the schedule of {} was removed by a daemon that has no file for it, and is back; all daemons need the same jobs",
                    name);
            timetable.install(name, schedule.get(), false);
            owed.noteDue(timetable, name, schedule.get(), takenAt, clock.instant());
        }
    }

    /** Has started again what Quartz would never start again; for a job of another trigger than that of {@link #catchUp}. */
    void heal() {
        quartz.change(Timetable::heal);
    }

    /** The jobs that this daemon starts by itself; empty where it is none. */
    public List<JobDefinition> taken() {
        return taken;
    }

    /** Starts nothing more, and waits for the runs that are working. */
    public void finish() {
        quartz.finish();
    }

    /** As {@link ScheduleOverview#list}, without the problems. */
    public List<ScheduledJob> list() {
        return overview.list().schedules();
    }

    /**
     * Has a daemon start a job now; its schedule stays as it is.
     *
     * @return whether a daemon is up; if not, the first one that is started begins with it
     * @throws IllegalArgumentException when the job is paused
     */
    public boolean run(String name) {
        requireInstalled(name);
        quartz.change(timetable -> {
            if (timetable.isPaused(name)) {
                throw new IllegalArgumentException(
                        name + " is paused, so no daemon starts it. Resume it first: binday schedule resume " + name);
            }
            timetable.run(name, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        });
        return isServed();
    }

    /** Whether a daemon is up. */
    public boolean isServed() {
        return daemons.count() > 0;
    }

    /**
     * Has no daemon start a job before it is resumed.
     *
     * @return how many starts that were asked for, and that no daemon has begun, are given up
     */
    public int pause(String name) {
        requireInstalled(name);
        AtomicInteger givenUp = new AtomicInteger();
        quartz.change(timetable -> {
            timetable.pause(name);
            givenUp.set(owed.giveUpAsked(timetable, name));
        });
        return givenUp.get();
    }

    /**
     * Lets daemons start a job again; a time that was missed while it was paused is made up for once.
     *
     * @return whether it has times to come
     * @throws io.binday.document.InvalidDocumentException when its file cannot be read, which says that
     */
    public boolean resume(String name) {
        requireInstalled(name);
        boolean ended = hasEnded(name);
        quartz.change(timetable -> {
            if (ended) {
                // What was paused has other times than the file by now, which has none to come.
                timetable.takeOut(name);
            } else {
                timetable.resume(name);
            }
            owed.makeUp(timetable, name, true);
        });
        return !ended;
    }

    /** Whether the file of a job says that it has no time to come; one whose file is away goes on as it did. */
    private boolean hasEnded(String name) {
        try {
            return jobs.named(name)
                    .schedule()
                    .filter(schedule -> Cron.of(schedule).hasEnded(clock.instant()))
                    .isPresent();
        } catch (UnknownNameException e) {
            return false;
        }
    }

    private void warnOfMissingTimes(JobDefinition job) {
        Schedule schedule = job.schedule().orElseThrow();
        Cron cron = Cron.of(schedule);
        if (cron.hasEnded(clock.instant())) {
            LOG.warn(
                    "{}/{}.yml: schedule.cron '{}' has no time to come, so it starts nothing any more",
                    jobs.place(),
                    job.name(),
                    schedule.cron());
        }
        cron.skipped(clock.instant())
                .ifPresent(time -> LOG.warn(
                        "{}/{}.yml: there will be no {} in {}, as the clocks are put forward; that time is left out. Choose another one, or UTC",
                        jobs.place(),
                        job.name(),
                        time,
                        schedule.zone()));
    }

    /** The built-in jobs never change a schedule that somebody has made from a folder. */
    private void removeOthers(Timetable timetable, List<JobDefinition> scheduled) throws SchedulerException {
        Set<String> others = new TreeSet<>(timetable.names());
        scheduled.forEach(job -> others.remove(job.name()));
        if (others.isEmpty() || jobs.builtIn()) {
            return;
        }
        if (jobs.names().isEmpty()) {
            throw new IllegalArgumentException("the folder " + jobs.place()
                    + " is empty, but there are schedules; is it mounted? Nothing was changed");
        }
        for (String name : others) {
            boolean paused = timetable.isPaused(name);
            LOG.warn(
                    "no job file has a schedule for {} any more; {}",
                    name,
                    paused ? "it stays paused" : "removed, unless another daemon has one");
            if (!paused) {
                timetable.remove(name);
            }
        }
    }

    private void requireInstalled(String name) {
        if (quartz.ask(timetable -> timetable.hasTimes(name))) {
            return;
        }
        JobDefinition job = jobs.named(name);
        if (job.schedule().isEmpty()) {
            throw new UnknownNameException("job " + name + " has no schedule; start it with: binday start " + name);
        }
        boolean ended = Cron.of(job.schedule().get()).hasEnded(clock.instant());
        throw new UnknownNameException(
                ended
                        ? "the schedule of " + name
                                + " has no time to come; change its cron, and start the daemons again: binday serve"
                        : "no daemon knows a schedule '" + name + "' yet; see: binday schedule list, and "
                                + (isServed() ? "start the daemons again" : "start: binday serve"));
    }
}
