package io.binday.job;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The jobs there are, each read when it is asked for. */
public final class Jobs {

    /** The place of the jobs inside the jar. */
    public static final String BUILT_IN = "(built in)";

    private static final String ENDING = ".yml";

    private final String place;
    private final Map<String, Supplier<String>> texts;

    /**
     * The jobs of a place.
     *
     * @param place what the place is called, for messages; {@code jobs} or the jar
     * @param files by its name, what reads each file; only the one that is asked for is read
     */
    public Jobs(String place, Map<String, Supplier<String>> files) {
        this.place = place;
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
     * Reads a job.
     *
     * @throws NoSuchElementException naming the jobs there are, when it is none of them
     * @throws io.binday.document.InvalidDocumentException with every problem of its file
     */
    public JobDefinition named(String name) {
        Supplier<String> text = texts.get(name);
        if (text == null) {
            throw new NoSuchElementException("there is no job '%s' in %s; there are: %s"
                    .formatted(name, place, texts.isEmpty() ? "none" : String.join(", ", names())));
        }
        return JobFile.read(place + "/" + name + ENDING, name, text.get());
    }
}
