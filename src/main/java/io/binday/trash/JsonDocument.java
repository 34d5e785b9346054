package io.binday.trash;

import io.binday.catalog.JsonPath;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON text from which asset IDs are taken out, and into which they are put back, without touching any other character.
 *
 * @param text the document; what is no JSON has no asset IDs
 */
record JsonDocument(String text) {

    private static final JsonMapper JSON = JsonMapper.shared();

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
        return spots().isPresent();
    }

    /** The last of these asset IDs at one of these paths, taken out; taking out all of them begins at the end. */
    Optional<Removal> removeLast(
            List<JsonPath> paths, Collection<String> ids, Function<String, Optional<String>> canonical) {
        List<Spot> spots = spots().orElse(List.of());
        Optional<Spot> last = last(
                spots,
                spot -> !spot.value.isEmpty()
                        && canonical.apply(spot.value).filter(ids::contains).isPresent()
                        && paths.stream().anyMatch(path -> spot.isAt(path)));
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

    /** The scalars of the outermost array element that a place is in, but for asset IDs; empty where it is in none. */
    String around(String path, List<JsonPath> paths) {
        return around(spots().orElse(List.of()), path, paths);
    }

    private static String around(List<Spot> spots, String path, List<JsonPath> paths) {
        int end = path.indexOf(']') + 1;
        if (end == 0 || end == path.length()) {
            return "";
        }
        String element = path.substring(0, end);
        return spots.stream()
                .filter(spot -> spot.path.startsWith(element) && !spot.value.isEmpty())
                .filter(spot -> paths.stream().noneMatch(spot::isAt))
                .map(spot -> spot.path.substring(end) + "=" + spot.value)
                .collect(Collectors.joining("\n"));
    }

    /**
     * Puts an asset ID back where it was taken out; at the end of an array that has become shorter.
     *
     * @param twins how often the array may have the ID already
     * @return empty when its place is gone, or taken by another value, or the array has the ID already
     */
    Optional<Insertion> insert(String id, String path, String cut, int twins) {
        String value = cut.replaceAll("^[\\s,]+|[\\s,]+$", "");
        List<Spot> spots = spots().orElse(List.of());
        int bracket = path.endsWith("]") ? path.lastIndexOf('[') : -1;
        if (bracket < 0) {
            return spots.stream()
                    .filter(spot -> spot.path.equals(path) && spot.token == JsonToken.VALUE_NULL)
                    .findFirst()
                    .map(spot -> new Insertion(replaced(spot.start, spot.end, value), path, value, false));
        }
        String container = path.substring(0, bracket);
        int index = Integer.parseInt(path.substring(bracket + 1, path.length() - 1));
        Optional<Spot> array = spots.stream()
                .filter(spot -> spot.path.equals(container) && spot.token == JsonToken.START_ARRAY)
                .findFirst();
        List<Spot> elements = spots.stream()
                .filter(spot -> spot.index >= 0 && spot.path.equals(container + "[" + spot.index + "]"))
                .toList();
        if (array.isEmpty()
                || elements.stream().filter(element -> id.equals(element.value)).count() > twins) {
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

    private JsonDocument insertFirst(Spot array, List<Spot> elements, String cut, String value) {
        if (elements.isEmpty()) {
            return replaced(array.innerStart, array.innerEnd, cut.strip().equals(value) ? cut : value);
        }
        int start = elements.get(0).start;
        return replaced(start, start, cut.stripTrailing().endsWith(",") ? cut : value + ",");
    }

    private JsonDocument insertAfter(Spot before, String cut, String value) {
        return replaced(before.end, before.end, cut.stripLeading().startsWith(",") ? cut : "," + value);
    }

    private JsonDocument replaced(int from, int to, String by) {
        return new JsonDocument(text.substring(0, from) + by + text.substring(to));
    }

    private static Optional<Spot> last(List<Spot> spots, Predicate<Spot> wanted) {
        Optional<Spot> last = Optional.empty();
        for (Spot spot : spots) {
            if (wanted.test(spot)) {
                last = Optional.of(spot);
            }
        }
        return last;
    }

    /** Every value of the document, in its order; empty when it is no JSON. */
    private Optional<List<Spot>> spots() {
        try (JsonParser parser = JSON.createParser(text)) {
            Reader reader = new Reader(parser);
            reader.read();
            return Optional.of(reader.spots);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** One value and where it stands. */
    private static final class Spot {
        private final JsonToken token;
        private final String path;
        private final List<Optional<String>> steps;
        /** Its position in an array, or -1. */
        private final int index;

        private final int start;
        private int end;
        /** Empty unless it is a text or a number. */
        private String value = "";

        private int previousEnd = -1;
        private int nextStart = -1;
        /** Between the brackets of the array that it is, or is in. */
        private int innerStart;

        private int innerEnd;

        private Spot(JsonToken token, String path, List<Optional<String>> steps, int index, int start) {
            this.token = token;
            this.path = path;
            this.steps = steps;
            this.index = index;
            this.start = start;
        }

        private boolean isAt(JsonPath wanted) {
            return steps.equals(wanted.steps());
        }
    }

    /** An object or array that is being read. */
    private static final class Open {
        private final Spot spot;
        private final boolean array;
        private final List<Spot> elements = new ArrayList<>();
        private String name = "";

        private Open(Spot spot, boolean array) {
            this.spot = spot;
            this.array = array;
        }
    }

    /** Goes through a document once. */
    private static final class Reader {
        private static final BigDecimal LARGEST = new BigDecimal("1e20");

        private final JsonParser parser;
        private final List<Spot> spots = new ArrayList<>();
        private final Deque<Open> open = new ArrayDeque<>();

        private Reader(JsonParser parser) {
            this.parser = parser;
        }

        private void read() {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case PROPERTY_NAME -> open.element().name = parser.currentName();
                    case START_OBJECT, START_ARRAY -> {
                        Spot spot = begin(token);
                        spot.innerStart = spot.start + 1;
                        open.push(new Open(spot, token == JsonToken.START_ARRAY));
                    }
                    case END_OBJECT, END_ARRAY -> close();
                    default -> scalar(token);
                }
            }
        }

        private void scalar(JsonToken token) {
            Spot spot = begin(token);
            if (token == JsonToken.VALUE_STRING) {
                spot.value = parser.getString();
            } else if (token.isNumeric()) {
                spot.value = plain(parser.getString());
            }
            parser.finishToken();
            spot.end = (int) parser.currentLocation().getCharOffset();
        }

        /** A whole number without point and exponent, as MySQL compares it; any other as it is. */
        private static String plain(String number) {
            if (number.matches("-?[0-9]+") || number.length() > 40) {
                return number;
            }
            BigDecimal value = new BigDecimal(number);
            boolean whole = value.abs().compareTo(LARGEST) < 0
                    && value.stripTrailingZeros().scale() <= 0;
            return whole ? value.toBigInteger().toString() : number;
        }

        private Spot begin(JsonToken token) {
            int start = (int) parser.currentTokenLocation().getCharOffset();
            Open parent = open.peek();
            Spot spot = parent == null
                    ? new Spot(token, "$", List.of(), -1, start)
                    : parent.array ? element(parent, token, start) : property(parent, token, start);
            spots.add(spot);
            return spot;
        }

        private static Spot property(Open parent, JsonToken token, int start) {
            String path =
                    parent.spot.path + ".\"" + parent.name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
            return new Spot(token, path, plus(parent.spot.steps, Optional.of(parent.name)), -1, start);
        }

        private static Spot element(Open parent, JsonToken token, int start) {
            int index = parent.elements.size();
            Spot spot = new Spot(
                    token,
                    parent.spot.path + "[" + index + "]",
                    plus(parent.spot.steps, Optional.empty()),
                    index,
                    start);
            if (index > 0) {
                Spot previous = parent.elements.get(index - 1);
                previous.nextStart = start;
                spot.previousEnd = previous.end;
            }
            parent.elements.add(spot);
            return spot;
        }

        private void close() {
            Open closed = open.pop();
            int bracket = (int) parser.currentTokenLocation().getCharOffset();
            closed.spot.innerEnd = bracket;
            closed.spot.end = bracket + 1;
            for (Spot element : closed.elements) {
                if (element.token.isScalarValue()) {
                    element.innerStart = closed.spot.innerStart;
                    element.innerEnd = bracket;
                }
            }
        }

        private static List<Optional<String>> plus(List<Optional<String>> steps, Optional<String> step) {
            List<Optional<String>> all = new ArrayList<>(steps);
            all.add(step);
            return List.copyOf(all);
        }
    }
}
