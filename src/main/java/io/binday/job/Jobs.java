package io.binday.job;

import io.binday.document.InvalidDocumentException;
import io.binday.job.JobDefinition.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The jobs there are, each read when it is asked for. */
public final class Jobs {

    /** The place of the jobs inside the jar. */
    public static final String BUILT_IN = "(built in)";

    private static final String ENDING = ".yml";

    private final String place;
    private final Map<String, Supplier<String>> texts;
    private final Consumer<Schedule> timetable;

    /**
     * The jobs of a place.
     *
     * @param place what the place is called, for messages; {@code jobs} or the jar
     * @param files by its name, what reads each file; only the one that is asked for is read
     * @param timetable understands schedules; throws an {@link IllegalArgumentException} for an expression that is none
     */
    public Jobs(String place, Map<String, Supplier<String>> files, Consumer<Schedule> timetable) {
        this.place = place;
        this.timetable = timetable;
        this.texts = new TreeMap<>();
        files.forEach((file, text) -> texts.put(file.substring(0, file.length() - ENDING.length()), text));
    }

    /** What the place is called. */
    public String place() {
        return place;
    }

    /** Whether these are the jobs inside the jar. */
    public boolean builtIn() {
        return BUILT_IN.equals(place);
    }

    public List<String> names() {
        return List.copyOf(texts.keySet());
    }

    /**
     * The jobs that have a schedule.
     *
     * @throws InvalidDocumentException with every problem of every file
     */
    public List<JobDefinition> scheduled() {
        Scheduled read = readScheduled();
        if (!read.problems().isEmpty()) {
            throw new InvalidDocumentException(List.copyOf(read.problems().values()));
        }
        return read.jobs();
    }

    /**
     * The jobs that have a schedule, of those whose files can be read.
     *
     * @param problems what is wrong with the file of each other job, by its name
     */
    public record Scheduled(List<JobDefinition> jobs, SortedMap<String, String> problems) {}

    /** Reads every file. */
    public Scheduled readScheduled() {
        List<JobDefinition> scheduled = new ArrayList<>();
        SortedMap<String, String> problems = new TreeMap<>();
        for (String name : names()) {
            try {
                Optional.of(named(name))
                        .filter(job -> job.schedule().isPresent())
                        .ifPresent(scheduled::add);
            } catch (InvalidDocumentException e) {
                problems.put(name, e.getMessage());
            }
        }
        return new Scheduled(scheduled, problems);
    }

    /**
     * Reads a job.
     *
     * @throws UnknownNameException naming the jobs there are, when it is none of them
     * @throws InvalidDocumentException with every problem of its file
     */
    public JobDefinition named(String name) {
        Supplier<String> text = texts.get(name);
        if (text == null) {
            throw new UnknownNameException("there is no job '%s' in %s; there are: %s"
                    .formatted(name, place, texts.isEmpty() ? "none" : String.join(", ", names())));
        }
        return new JobFile(timetable).read(place + "/" + name + ENDING, name, text.get());
    }
}
