package io.binday.trash;

import io.binday.catalog.JsonPath;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonToken;

/** One value and where it stands. */
final class JsonSpot {
    final JsonToken token;
    final String path;
    final List<Optional<String>> steps;
    /** Its position in an array, or -1. */
    final int index;

    final int start;
    int end;
    /** Empty unless it is a text or a number. */
    String value = "";

    int previousEnd = -1;
    int nextStart = -1;
    /** Between the brackets of the array that it is, or is in. */
    int innerStart;

    int innerEnd;

    JsonSpot(JsonToken token, String path, List<Optional<String>> steps, int index, int start) {
        this.token = token;
        this.path = path;
        this.steps = steps;
        this.index = index;
        this.start = start;
    }

    boolean isAt(JsonPath wanted) {
        return steps.equals(wanted.steps());
    }
}
