package io.binday.schedule;

import io.binday.job.JobDefinition;
import io.binday.job.JobDefinition.Schedule;
import io.binday.job.Jobs;
import io.binday.run.JobRunStore;
import io.binday.run.Run;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
     * @param problems takes what is wrong with each file that cannot be read, by the name of its job
     */
    public List<ScheduledJob> list(Map<String, String> problems) {
        Map<String, Schedule> files = jobs.scheduled(problems).stream()
                .collect(Collectors.toMap(
                        JobDefinition::name, job -> job.schedule().orElseThrow()));
        return quartz.ask(timetable -> {
            Set<String> names = new TreeSet<>(files.keySet());
            for (String known : timetable.names()) {
                // One whose times have ended is kept without any.
                if (timetable.hasTimes(known)) {
                    names.add(known);
                }
            }
            List<ScheduledJob> all = new ArrayList<>();
            for (String name : names) {
                all.add(describe(timetable, name, Optional.ofNullable(files.get(name)), problems.containsKey(name)));
            }
            return all;
        });
    }

    private ScheduledJob describe(Timetable timetable, String name, Optional<Schedule> file, boolean unreadable)
            throws SchedulerException {
        boolean paused = timetable.isPaused(name);
        Optional<Run> last = jobRuns.newestOf(name);
        Optional<Schedule> known = timetable.schedule(name);
        boolean differs = known.isPresent() && file.isPresent() && !timetable.goesBy(name, file.get());
        // As the file writes it, where that means the same: Quartz keeps it in capitals.
        Schedule current = file.filter(same -> !differs).or(() -> known).orElseThrow();
        return new ScheduledJob(
                name,
                current.cron(),
                current.zone().getId(),
                state(timetable, name, file, unreadable),
                Stream.concat(timetable.previous(name).stream(), nights.last(name).stream())
                        .max(Comparator.naturalOrder()),
                timetable.next(name).filter(next -> !paused),
                last.map(Run::id),
                last.map(Run::status),
                file.filter(other -> differs && !jobs.builtIn())
                        .map(other -> other.cron() + " " + other.zone().getId()));
    }

    private String state(Timetable timetable, String name, Optional<Schedule> file, boolean unreadable)
            throws SchedulerException {
        TriggerState state = timetable.state(name);
        if (file.isEmpty() && state != TriggerState.PAUSED) {
            return unreadable ? "BROKEN" : "GONE";
        }
        return switch (state) {
            case NONE, COMPLETE ->
                file.filter(schedule -> Cron.of(schedule).hasEnded(clock.instant()))
                        .map(ended -> "ENDED")
                        .orElse("NEW");
            case PAUSED -> "PAUSED";
            case ERROR -> "ERROR";
            case NORMAL, BLOCKED -> "ACTIVE";
        };
    }
}
