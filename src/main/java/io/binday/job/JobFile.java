package io.binday.job;

import io.binday.document.Problems;
import io.binday.document.Section;
import io.binday.job.JobDefinition.Input;
import io.binday.job.JobDefinition.Schedule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads one file of {@code jobs/}. */
final class JobFile {

    private static final Set<String> OPERATIONS = Set.of("trash", "restore", "purge", JobDefinition.HOUSEKEEPING);
    /** As many as are kept of it with each run. */
    private static final int LONGEST_NAME = 100;

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern DAYS = Pattern.compile("([1-9][0-9]{0,4})d");

    private static final int LONGEST_REASON = 500;

    private final Consumer<Schedule> timetable;

    /** Reads files whose schedules are understood by somebody else, who throws where an expression is none. */
    JobFile(Consumer<Schedule> timetable) {
        this.timetable = timetable;
    }

    /**
     * Reads a job.
     *
     * @param file the file's name, for messages
     * @param name the file's name without its ending, which the job must bear
     * @throws io.binday.document.InvalidDocumentException with every problem of the file
     */
    JobDefinition read(String file, String name, String yaml) {
        Problems problems = new Problems(file);
        Section root = Section.parse(file, yaml, problems);
        String given = root.requiredText("name");
        if (name.length() > LONGEST_NAME) {
            root.problem(
                    "name",
                    "and file may have at most " + LONGEST_NAME + " characters, but the file's has " + name.length());
        } else if (!NAME.matcher(name).matches()) {
            root.problem("name", "and file must be in lower case, digits and hyphens, but the file is '" + name + "'");
        } else if (!given.isBlank() && !given.equals(name)) {
            root.problem(
                    "name",
                    "must be '" + name + "' like the file, in lower case with hyphens, but was '" + given + "'");
        }
        long chunkSize = root.number("chunk-size", 0, 1, 1_000);
        JobDefinition job = new JobDefinition(
                name,
                root.requiredText("description"),
                operation(root),
                reason(root),
                chunkSize == 0 ? Optional.empty() : Optional.of((int) chunkSize),
                input(root),
                root.section("schedule").flatMap(this::schedule));
        requireThatFits(root, job);
        root.refuseUnknownKeys();
        problems.refuseIfAny();
        return job;
    }

    private static String operation(Section root) {
        String operation = root.requiredText("operation");
        if (!operation.isBlank() && !OPERATIONS.contains(operation)) {
            root.problem("operation", "must be trash, restore, purge or housekeeping but was '" + operation + "'");
        }
        return operation;
    }

    private static Optional<String> reason(Section root) {
        Optional<String> reason = root.text("reason");
        reason.filter(text -> text.isBlank() || text.strip().length() > LONGEST_REASON)
                .ifPresent(text -> root.problem(
                        "reason",
                        "must have 1 to " + LONGEST_REASON + " characters but has "
                                + text.strip().length()));
        return reason;
    }

    private static Input input(Section root) {
        Optional<Section> input = root.section("input");
        if (input.isEmpty()) {
            root.problem("input", "is required");
            return new Input.Csv(Optional.empty());
        }
        Optional<Input> csv = input.get().section("csv").map(section -> new Input.Csv(section.text("column")));
        Optional<Input> query = input.get().section("query").map(QuerySection::read);
        Optional<Input> expired = input.get().section("expired").map(section -> new Input.Expired(age(section)));
        Optional<Input> ended = input.get().section("ended").map(section -> new Input.Ended(age(section)));
        if (Stream.of(csv, query, expired, ended).filter(Optional::isPresent).count() != 1) {
            root.problem("input", "must have one of csv, query, expired and ended");
        }
        return query.or(() -> expired).or(() -> ended).or(() -> csv).orElseGet(() -> new Input.Csv(Optional.empty()));
    }

    private static Optional<Duration> age(Section section) {
        return section.text("older-than").flatMap(text -> {
            Matcher matcher = DAYS.matcher(text);
            if (!matcher.matches()) {
                section.problem("older-than", "must be a number of days like 30d but was '" + text + "'");
                return Optional.empty();
            }
            return Optional.of(Duration.ofDays(Long.parseLong(matcher.group(1))));
        });
    }

    private Optional<Schedule> schedule(Section section) {
        String cron = section.requiredText("cron").strip();
        int fields = cron.isEmpty() ? 0 : cron.split("\\s+", -1).length;
        if (fields != 0 && (fields < 6 || fields > 7)) {
            section.problem("cron", "has " + fields + " fields, Quartz needs 6 or 7 (seconds first): '" + cron + "'");
        } else if (fields != 0) {
            requireUnderstood(section, cron);
        }
        String text = section.text("zone").orElse("UTC");
        Optional<ZoneId> zone = zone(text);
        if (zone.isEmpty()) {
            section.problem("zone", "is no time zone like UTC, Europe/Berlin or +02:00: '" + text + "'");
        }
        return zone.map(known -> new Schedule(cron, known));
    }

    private void requireUnderstood(Section section, String cron) {
        try {
            timetable.accept(new Schedule(cron, ZoneOffset.UTC));
        } catch (IllegalArgumentException e) {
            section.problem("cron", "'" + cron + "' cannot be used: " + e.getMessage());
        }
    }

    /** Quartz computes with the older time zones, for which {@code UTC+2} would be UTC, as one with seconds is. */
    private static Optional<ZoneId> zone(String text) {
        try {
            ZoneId zone = ZoneId.of(text);
            ZoneId plain =
                    zone.normalized() instanceof ZoneOffset offset && !offset.equals(ZoneOffset.UTC) ? offset : zone;
            ZoneId understood = TimeZone.getTimeZone(plain).toZoneId();
            return understood.getRules().equals(plain.getRules()) ? Optional.of(plain) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static void requireThatFits(Section root, JobDefinition job) {
        boolean purges = "purge".equals(job.operation());
        if (purges != job.input() instanceof Input.Expired) {
            root.problem("input", purges ? "of a purge must be expired" : "expired is for the operation purge only");
        }
        boolean tidies = JobDefinition.HOUSEKEEPING.equals(job.operation());
        if (tidies != job.input() instanceof Input.Ended) {
            root.problem(
                    "input", tidies ? "of housekeeping must be ended" : "ended is for the operation housekeeping only");
        }
        if (job.schedule().isPresent() && job.input() instanceof Input.Csv) {
            root.problem("schedule", "cannot start a job that reads a CSV file");
        }
        if (job.schedule().isPresent() && job.input() instanceof Input.Query query) {
            query.parameters().stream()
                    .filter(parameter -> parameter.whenMissing().isEmpty())
                    .forEach(parameter -> root.problem(
                            "schedule",
                            "cannot start a job whose parameter " + parameter.name()
                                    + " has no default, for nobody is there to give it"));
        }
    }
}
