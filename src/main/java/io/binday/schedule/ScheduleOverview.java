package io.binday.schedule;

import io.binday.job.JobDefinition;
import io.binday.job.JobDefinition.Schedule;
import io.binday.job.Jobs;
import io.binday.run.JobRunStore;
import io.binday.run.Run;
import io.binday.schedule.ScheduledJob.State;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.quartz.CronTrigger;
import org.quartz.SchedulerException;
import org.quartz.Trigger.TriggerState;
import org.springframework.stereotype.Component;

/** What daemons go by, beside what the job files here say. */
@Component
public final class ScheduleOverview {

    private final Jobs jobs;
    private final JobRunStore jobRuns;
    private final Nights nights;
    private final SharedScheduler quartz;
    private final Clock clock;

    ScheduleOverview(Jobs jobs, JobRunStore jobRuns, Nights nights, SharedScheduler quartz, Clock clock) {
        this.jobs = jobs;
        this.jobRuns = jobRuns;
        this.nights = nights;
        this.quartz = quartz;
        this.clock = clock;
    }

    /**
     * The jobs that have a schedule, in a file here or in the daemons' timetable.
     *
     * @param problems what is wrong with each file that cannot be read, by the name of its job
     */
    public record Listing(List<ScheduledJob> schedules, SortedMap<String, String> problems) {

        /** The schedule of this job. */
        public Optional<ScheduledJob> named(String name) {
            return schedules.stream().filter(job -> job.name().equals(name)).findFirst();
        }
    }

    /** Reads the job files and the timetable. */
    public Listing list() {
        Jobs.Scheduled read = jobs.readScheduled();
        Map<String, Schedule> files = read.jobs().stream()
                .collect(Collectors.toMap(
                        JobDefinition::name, job -> job.schedule().orElseThrow()));
        List<ScheduledJob> schedules = quartz.ask(timetable -> {
            Set<String> names = new TreeSet<>(files.keySet());
            names.addAll(timetable.names());
            List<ScheduledJob> all = new ArrayList<>();
            for (String name : names) {
                describe(
                                timetable,
                                name,
                                Optional.ofNullable(files.get(name)),
                                read.problems().containsKey(name))
                        .ifPresent(all::add);
            }
            return all;
        });
        return new Listing(schedules, read.problems());
    }

    /** Empty where it has no times: those of one without a file have ended, or somebody removes it at this moment. */
    private Optional<ScheduledJob> describe(
            Timetable timetable, String name, Optional<Schedule> file, boolean unreadable) throws SchedulerException {
        Optional<CronTrigger> times = timetable.times(name);
        boolean differs = times.isPresent() && file.isPresent() && !Timetable.goesBy(times.get(), name, file.get());
        // As the file writes it, where that means the same: Quartz keeps it in capitals.
        Optional<Schedule> current = file.filter(same -> !differs).or(() -> times.map(Timetable::schedule));
        if (current.isEmpty()) {
            return Optional.empty();
        }
        State state = state(timetable, name, file, unreadable);
        Optional<Run> last = jobRuns.newestOf(name);
        return Optional.of(new ScheduledJob(
                name,
                current.get().cron(),
                current.get().zone().getId(),
                state,
                Stream.concat(times.flatMap(Timetable::previous).stream(), nights.last(name).stream())
                        .max(Comparator.naturalOrder()),
                times.flatMap(known -> Optional.ofNullable(known.getNextFireTime()))
                        .map(Date::toInstant)
                        .filter(next -> state != State.PAUSED),
                last.map(Run::id),
                last.map(Run::status),
                file.filter(other -> differs && !jobs.builtIn())
                        .map(other -> other.cron() + " " + other.zone().getId())));
    }

    private State state(Timetable timetable, String name, Optional<Schedule> file, boolean unreadable)
            throws SchedulerException {
        TriggerState state = timetable.state(name);
        // The built-in jobs say nothing of those that somebody has made from a folder.
        if (file.isEmpty() && !jobs.builtIn() && state != TriggerState.PAUSED) {
            return unreadable ? State.BROKEN : State.GONE;
        }
        return switch (state) {
            case NONE, COMPLETE ->
                file.filter(schedule -> Cron.of(schedule).hasEnded(clock.instant()))
                        .map(ended -> State.ENDED)
                        .orElse(State.NEW);
            case PAUSED -> State.PAUSED;
            case ERROR -> State.ERROR;
            case NORMAL, BLOCKED -> State.ACTIVE;
        };
    }
}
