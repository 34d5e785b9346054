package io.binday.trash;

import io.binday.catalog.JsonPath;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON text from which asset IDs are taken out, and into which they are put back, without touching any other character. What is
 * no JSON has no asset IDs.
 */
final class JsonDocument {

    /** Deeper than this it is no JSON for MySQL. */
    private static final int DEEPEST = 100;

    /** What the server takes for JSON has to be read, however long its parts are. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(Integer.MAX_VALUE)
                            .maxNameLength(Integer.MAX_VALUE)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .build();

    private static final Pattern POSITION = Pattern.compile("\\[\\d+]");
    /** What a line of {@link #around} begins with; the value behind it may have brackets of its own. */
    private static final Pattern PATH_OF_LINE = Pattern.compile("(?md)^[.\\[][^=\n]*=");

    private final String text;
    /** Every value of the document, in its order; empty when it is no JSON. */
    private final List<JsonSpot> spots;

    JsonDocument(String text) {
        this.text = text;
        this.spots = read(text);
    }

    String text() {
        return text;
    }

    @Override
    public String toString() {
        return text;
    }

    /**
     * What taking one asset ID out comes to.
     *
     * @param after the document without it
     * @param path where it stood
     * @param around what stood with it in the same element of an outer array, by which the place is known again
     * @param cut the text that is missing now, with the comma and the blanks that went with it
     */
    record Removal(JsonDocument after, String id, String path, String cut, boolean ofArray, String around) {}

    /**
     * What putting one back comes to.
     *
     * @param path where it stands now
     * @param value the ID as JSON
     */
    record Insertion(JsonDocument after, String path, String value, boolean intoArray) {}

    /** A value as JSON. */
    static String quote(Object value) {
        return JSON.writeValueAsString(value);
    }

    /** Whether the text is JSON at all. */
    boolean isReadable() {
        return !spots.isEmpty();
    }

    /** The last of these asset IDs at one of these paths, taken out; taking out all of them begins at the end. */
    Optional<Removal> removeLast(
            List<JsonPath> paths, Collection<String> ids, Function<String, Optional<String>> canonical) {
        Optional<JsonSpot> last =
                last(spot -> isOf(spot, ids, canonical) && paths.stream().anyMatch(path -> spot.isAt(path)));
        return last.map(spot -> {
            int from = spot.start;
            int to = spot.end;
            String left = "null";
            if (spot.index >= 0) {
                left = "";
                from = spot.previousEnd >= 0 ? spot.previousEnd : spot.nextStart >= 0 ? spot.start : spot.innerStart;
                to = spot.previousEnd >= 0 ? spot.end : spot.nextStart >= 0 ? spot.nextStart : spot.innerEnd;
            }
            String after = text.substring(0, from) + left + text.substring(to);
            return new Removal(
                    new JsonDocument(after),
                    canonical.apply(spot.value).orElseThrow(),
                    spot.path,
                    text.substring(from, to),
                    spot.index >= 0,
                    around(spots, spot.path, paths));
        });
    }

    private static boolean isOf(JsonSpot spot, Collection<String> ids, Function<String, Optional<String>> canonical) {
        return !spot.value.isEmpty()
                && canonical.apply(spot.value).filter(ids::contains).isPresent();
    }

    /** Whether it still has one of these asset IDs where a path leads to, but for arrays that the path has more, or less, of. */
    boolean uses(Collection<String> ids, List<JsonPath> paths, Function<String, Optional<String>> canonical) {
        Set<List<String>> keys = paths.stream().map(path -> keys(path.steps())).collect(Collectors.toSet());
        return spots.stream().anyMatch(spot -> isOf(spot, ids, canonical) && keys.contains(keys(spot.steps)));
    }

    private static List<String> keys(List<Optional<String>> steps) {
        return steps.stream().flatMap(Optional::stream).toList();
    }

    /** Whether two values have the same path, for an object has a key twice. */
    boolean repeatsAKey() {
        Set<String> seen = new HashSet<>();
        return spots.stream().anyMatch(spot -> !seen.add(spot.path));
    }

    /**
     * Whether what stands around a place is what stood there when an ID was taken out of it; positions in inner arrays change when
     * other IDs go.
     */
    boolean isAround(String before, String path, List<JsonPath> paths) {
        return withoutPositions(before).equals(withoutPositions(around(spots, path, paths)));
    }

    private static String withoutPositions(String around) {
        return PATH_OF_LINE
                .matcher(around)
                .replaceAll(path ->
                        Matcher.quoteReplacement(POSITION.matcher(path.group()).replaceAll("")));
    }

    /** The scalars of the outermost array element that a place is in, but for what stands at the paths; empty where it is in none. */
    private static String around(List<JsonSpot> spots, String path, List<JsonPath> paths) {
        return new DocumentPlace(path)
                .outermostElement()
                .map(element -> spots.stream()
                        .filter(spot -> spot.path.startsWith(element) && spot.token.isScalarValue())
                        .filter(spot -> paths.stream().noneMatch(spot::isAt))
                        .map(spot -> spot.path.substring(element.length()) + "="
                                + (spot.value.isEmpty() ? spot.token : spot.value))
                        .collect(Collectors.joining("\n")))
                .orElse("");
    }

    /**
     * Puts an asset ID back where it was taken out; at the end of an array that has become shorter.
     *
     * @param twins how often the array may have the ID already
     * @param canonical how an ID is written that may be spelled in several ways
     * @return empty when its place is gone, or taken by another value, or the array has the ID already
     */
    Optional<Insertion> insert(
            String id, String path, String cut, int twins, Function<String, Optional<String>> canonical) {
        String value = cut.replaceAll("^[\\s,]+|[\\s,]+$", "");
        int bracket = path.endsWith("]") ? path.lastIndexOf('[') : -1;
        if (bracket < 0) {
            return spots.stream()
                    .filter(spot -> spot.path.equals(path) && spot.token == JsonToken.VALUE_NULL)
                    .findFirst()
                    .map(spot -> new Insertion(replaced(spot.start, spot.end, value), path, value, false));
        }
        String container = path.substring(0, bracket);
        int index = Integer.parseInt(path.substring(bracket + 1, path.length() - 1));
        Optional<JsonSpot> array = spots.stream()
                .filter(spot -> spot.path.equals(container) && spot.token == JsonToken.START_ARRAY)
                .findFirst();
        List<JsonSpot> elements = spots.stream()
                .filter(spot -> spot.index >= 0 && spot.path.equals(container + "[" + spot.index + "]"))
                .toList();
        if (array.isEmpty()
                || elements.stream()
                                .filter(element -> isOf(element, List.of(id), canonical))
                                .count()
                        > twins) {
            return Optional.empty();
        }
        int at = Math.min(index, elements.size());
        return Optional.of(new Insertion(
                at == 0
                        ? insertFirst(array.get(), elements, cut, value)
                        : insertAfter(elements.get(at - 1), cut, value),
                container + "[" + at + "]",
                value,
                true));
    }

    private JsonDocument insertFirst(JsonSpot array, List<JsonSpot> elements, String cut, String value) {
        if (elements.isEmpty()) {
            return replaced(array.innerStart, array.innerEnd, cut.strip().equals(value) ? cut : value);
        }
        int start = elements.get(0).start;
        return replaced(start, start, cut.stripTrailing().endsWith(",") ? cut : value + ",");
    }

    private JsonDocument insertAfter(JsonSpot before, String cut, String value) {
        return replaced(before.end, before.end, cut.stripLeading().startsWith(",") ? cut : "," + value);
    }

    private JsonDocument replaced(int from, int to, String by) {
        return new JsonDocument(text.substring(0, from) + by + text.substring(to));
    }

    private Optional<JsonSpot> last(Predicate<JsonSpot> wanted) {
        Optional<JsonSpot> last = Optional.empty();
        for (JsonSpot spot : spots) {
            if (wanted.test(spot)) {
                last = Optional.of(spot);
            }
        }
        return last;
    }

    private static List<JsonSpot> read(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            return new JsonSpots(parser).read();
        } catch (JacksonException e) {
            return List.of();
        }
    }
}
