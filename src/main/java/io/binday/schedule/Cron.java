package io.binday.schedule;

import io.binday.job.JobDefinition.Schedule;
import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/** The times of a schedule, as Quartz understands them. */
public final class Cron {

    private final Schedule schedule;
    private final CronExpression expression;

    private Cron(Schedule schedule, CronExpression expression) {
        this.schedule = schedule;
        this.expression = expression;
    }

    /**
     * The times of a schedule.
     *
     * @throws IllegalArgumentException when its expression is none
     */
    public static Cron of(Schedule schedule) {
        return new Cron(schedule, expression(schedule, TimeZone.getTimeZone(schedule.zone())));
    }

    private static CronExpression expression(Schedule schedule, TimeZone zone) {
        try {
            CronExpression expression = new CronExpression(schedule.cron());
            expression.setTimeZone(zone);
            return expression;
        } catch (ParseException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** The first time after another one; empty when there is none any more. */
    public Optional<Instant> next(Instant after) {
        return next(expression, after);
    }

    /** Whether there is no time to come any more. */
    boolean hasEnded(Instant now) {
        return next(now).isEmpty();
    }

    private static Optional<Instant> next(CronExpression expression, Instant after) {
        return Optional.ofNullable(expression.getNextValidTimeAfter(Date.from(after)))
                .map(Date::toInstant);
    }

    /**
     * The next time, as a clock on the wall would show it, that will not be because the clocks are put forward over it; empty
     * when there is none, or the schedule comes again in the same half day.
     */
    Optional<String> skipped(Instant now) {
        ZoneOffsetTransition gap = schedule.zone().getRules().nextTransition(now);
        for (int i = 0; i < 2 && gap != null && !gap.isGap(); i++) {
            gap = schedule.zone().getRules().nextTransition(gap.getInstant());
        }
        if (gap == null || !gap.isGap()) {
            return Optional.empty();
        }
        Instant before = gap.getDateTimeBefore().toInstant(ZoneOffset.UTC).minusSeconds(1);
        Instant end = gap.getDateTimeAfter().toInstant(ZoneOffset.UTC);
        Instant soon = gap.getInstant().plusSeconds(12 * 3_600);
        boolean again =
                next(gap.getInstant().minusSeconds(1)).filter(soon::isAfter).isPresent();
        return next(expression(schedule, TimeZone.getTimeZone(ZoneOffset.UTC)), before)
                .filter(time -> time.isBefore(end) && !again)
                .map(time -> time.atZone(ZoneOffset.UTC).toLocalDateTime().toString());
    }
}
