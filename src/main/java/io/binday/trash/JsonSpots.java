package io.binday.trash;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Goes through a document once. */
final class JsonSpots {
    private static final BigDecimal LARGEST = new BigDecimal("1e20");

    private final JsonParser parser;
    private final List<JsonSpot> spots = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();

    JsonSpots(JsonParser parser) {
        this.parser = parser;
    }

    /** Every value of the document, in its order. */
    List<JsonSpot> read() {
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            switch (token) {
                case PROPERTY_NAME -> open.element().name = parser.currentName();
                case START_OBJECT, START_ARRAY -> {
                    JsonSpot spot = begin(token);
                    spot.innerStart = spot.start + 1;
                    open.push(new Open(spot, token == JsonToken.START_ARRAY));
                }
                case END_OBJECT, END_ARRAY -> close();
                default -> scalar(token);
            }
        }
        return spots;
    }

    private void scalar(JsonToken token) {
        JsonSpot spot = begin(token);
        if (token == JsonToken.VALUE_STRING) {
            spot.value = parser.getString();
        } else if (token.isNumeric()) {
            spot.value = plain(parser.getString());
        }
        parser.finishToken();
        spot.end = (int) parser.currentLocation().getCharOffset();
    }

    /** A whole number without point and exponent, as MySQL compares it; any other, and one with an absurd exponent, as it is. */
    private static String plain(String number) {
        if (number.matches("-?[0-9]+") || number.length() > 40) {
            return number;
        }
        try {
            BigDecimal value = new BigDecimal(number);
            boolean whole = value.abs().compareTo(LARGEST) < 0
                    && value.stripTrailingZeros().scale() <= 0;
            return whole ? value.toBigInteger().toString() : number;
        } catch (NumberFormatException e) {
            return number;
        }
    }

    private JsonSpot begin(JsonToken token) {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        Open parent = open.peek();
        JsonSpot spot = parent == null
                ? new JsonSpot(token, "$", List.of(), -1, start)
                : parent.array ? element(parent, token, start) : property(parent, token, start);
        spots.add(spot);
        return spot;
    }

    private static JsonSpot property(Open parent, JsonToken token, int start) {
        String path =
                parent.spot.path + ".\"" + parent.name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        return new JsonSpot(token, path, plus(parent.spot.steps, Optional.of(parent.name)), -1, start);
    }

    private static JsonSpot element(Open parent, JsonToken token, int start) {
        int index = parent.elements.size();
        JsonSpot spot = new JsonSpot(
                token, parent.spot.path + "[" + index + "]", plus(parent.spot.steps, Optional.empty()), index, start);
        if (index > 0) {
            JsonSpot previous = parent.elements.get(index - 1);
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
        for (JsonSpot element : closed.elements) {
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

    /** An object or array that is being read. */
    private static final class Open {
        private final JsonSpot spot;
        private final boolean array;
        private final List<JsonSpot> elements = new ArrayList<>();
        private String name = "";

        private Open(JsonSpot spot, boolean array) {
            this.spot = spot;
            this.array = array;
        }
    }
}
