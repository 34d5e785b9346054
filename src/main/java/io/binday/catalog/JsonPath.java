package io.binday.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A place in a JSON document, for example {@code $.gallery[*]} or {@code $.blocks[*].image}.
 *
 * @param steps from the document inwards; an empty step means every element of an array
 */
public record JsonPath(List<Optional<String>> steps) {

    private static final Pattern STEP = Pattern.compile("\\.([A-Za-z_][A-Za-z0-9_]*)|\\.\"([^\"\\\\']+)\"|(\\[\\*])");

    public JsonPath {
        steps = List.copyOf(steps);
    }

    /** Reads a path; empty when it is none. */
    public static Optional<JsonPath> parse(String text) {
        if (!text.startsWith("$")) {
            return Optional.empty();
        }
        List<Optional<String>> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(text).region(1, text.length());
        while (matcher.lookingAt()) {
            steps.add(Optional.ofNullable(matcher.group(1)).or(() -> Optional.ofNullable(matcher.group(2))));
            matcher.region(matcher.end(), text.length());
        }
        return matcher.regionStart() == text.length() && !steps.isEmpty()
                ? Optional.of(new JsonPath(steps))
                : Optional.empty();
    }

    /** As MySQL writes it. */
    @Override
    public String toString() {
        return steps.stream()
                .map(step -> step.map(key -> ".\"" + key + "\"").orElse("[*]"))
                .collect(Collectors.joining("", "$", ""));
    }
}
