package io.binday.schedule;

import io.binday.job.JobDefinition.Schedule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.quartz.SchedulerException;
import org.springframework.stereotype.Component;

/** Nights that have to be begun: whose time has come while nobody could begin them, or that somebody has asked for. */
@Component
class OwedNights {

    private final Nights nights;
    private final SharedScheduler quartz;

    OwedNights(Nights nights, SharedScheduler quartz) {
        this.nights = nights;
        this.quartz = quartz;
    }

    /** Notes a night that has to be begun, should it not be now. */
    void note(String name, Instant night) {
        quartz.change(timetable -> timetable.owe(name, night, Timetable.MISSED));
    }

    /** Notes the first night of a schedule that was due in a time in which its times were away, and that nobody has begun. */
    void noteDue(Timetable timetable, String name, Schedule schedule, Instant since, Instant now)
            throws SchedulerException {
        Instant begun = nights.last(name).filter(since::isBefore).orElse(since);
        Optional<Instant> due = Cron.of(schedule).next(begun).filter(now::isAfter);
        if (due.isPresent()) {
            timetable.owe(name, due.get(), Timetable.MISSED);
        }
    }

    /** Has the oldest of them begun, and what earlier nights have not finished gone on with, unless the job is paused. */
    void makeUp(Timetable timetable, String name, boolean catchingUp) throws SchedulerException {
        List<Instant> due = new ArrayList<>(unbegun(timetable, name, Timetable.MISSED));
        due.addAll(unbegun(timetable, name, Timetable.ASKED));
        timetable.previous(name).filter(night -> !nights.isBegun(name, night)).ifPresent(due::add);
        Optional<Instant> first = due.stream().findFirst();
        List<Long> left = catchingUp ? nights.orphaned(name) : nights.unfinished(name);
        if ((first.isPresent() || !left.isEmpty()) && !timetable.isPaused(name)) {
            timetable.makeUp(name, first, catchingUp);
        }
    }

    /** Has none begun that was asked for; how many they were. */
    int giveUpAsked(Timetable timetable, String name) throws SchedulerException {
        List<Instant> asked = unbegun(timetable, name, Timetable.ASKED);
        for (Instant night : asked) {
            timetable.settle(name, night);
        }
        return asked.size();
    }

    /** Those that nobody has begun; the others are owed no longer. */
    private List<Instant> unbegun(Timetable timetable, String name, String kind) throws SchedulerException {
        List<Instant> unbegun = new ArrayList<>();
        for (Instant night : timetable.owed(name, kind)) {
            if (nights.isBegun(name, night)) {
                timetable.settle(name, night);
            } else {
                unbegun.add(night);
            }
        }
        return unbegun;
    }
}
