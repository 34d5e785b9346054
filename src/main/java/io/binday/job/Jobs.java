package io.binday.job;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;

/** The jobs there are, each read when it is asked for. */
public final class Jobs {

    private static final String ENDING = ".yml";

    private final String place;
    private final Map<String, String> texts;

    /**
     * The jobs of a place.
     *
     * @param place what the place is called, for messages; {@code jobs} or the jar
     * @param files the content of each file by its name
     */
    public Jobs(String place, Map<String, String> files) {
        this.place = place;
        this.texts = new TreeMap<>();
        files.forEach((file, text) -> texts.put(file.substring(0, file.length() - ENDING.length()), text));
    }

    /** What the place is called. */
    public String place() {
        return place;
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
        String text = texts.get(name);
        if (text == null) {
            throw new NoSuchElementException("there is no job '%s' in %s; there is: %s"
                    .formatted(name, place, texts.isEmpty() ? "none" : String.join(", ", names())));
        }
        return JobFile.read(place + "/" + name + ENDING, name, text);
    }
}
