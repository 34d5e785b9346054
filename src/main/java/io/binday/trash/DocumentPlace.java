package io.binday.trash;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where an asset ID stands in a JSON document.
 *
 * @param path as MySQL writes it, for example {@code $."gallery"[3]}
 */
record DocumentPlace(String path) {

    private static final String ROOT = "$";
    private static final Pattern STEP = Pattern.compile("\\.\"(?:[^\"\\\\]|\\\\.)*\"|\\[\\d+]", Pattern.DOTALL);

    /** Whether it is an element of an array, so that others move when it goes. */
    boolean isElement() {
        return path.endsWith("]");
    }

    /** The array that an element is in. */
    String array() {
        return path.substring(0, path.lastIndexOf('['));
    }

    /** The position of an element. */
    int index() {
        return index(path.substring(path.lastIndexOf('[')));
    }

    /** The element of the outermost array that it is in; empty when it is in none, or that element itself. */
    Optional<String> outermostElement() {
        StringBuilder prefix = new StringBuilder(ROOT);
        for (String step : steps()) {
            prefix.append(step);
            if (isIndex(step)) {
                return Optional.of(prefix.toString()).filter(element -> !element.equals(path));
            }
        }
        return Optional.empty();
    }

    /** The place that it would have, were those that are out of the document still there. */
    DocumentPlace among(Collection<DocumentPlace> out) {
        StringBuilder there = new StringBuilder(ROOT);
        for (String step : steps()) {
            if (!isIndex(step)) {
                there.append(step);
                continue;
            }
            int position = index(step);
            for (int other :
                    elementsOf(there, out).map(DocumentPlace::index).sorted().toList()) {
                if (other <= position) {
                    position++;
                }
            }
            there.append('[').append(position).append(']');
        }
        return new DocumentPlace(there.toString());
    }

    /** The place that it has in a document from which these are out; the other way round. */
    DocumentPlace without(Collection<DocumentPlace> out) {
        StringBuilder there = new StringBuilder(ROOT);
        StringBuilder now = new StringBuilder(ROOT);
        for (String step : steps()) {
            if (isIndex(step)) {
                int position = index(step);
                long before = elementsOf(there, out)
                        .filter(other -> other.index() < position)
                        .count();
                now.append('[').append(position - before).append(']');
            } else {
                now.append(step);
            }
            there.append(step);
        }
        return new DocumentPlace(now.toString());
    }

    private static Stream<DocumentPlace> elementsOf(CharSequence array, Collection<DocumentPlace> places) {
        return places.stream()
                .filter(place -> place.isElement() && place.array().contentEquals(array));
    }

    private List<String> steps() {
        return STEP.matcher(path).results().map(MatchResult::group).toList();
    }

    private static boolean isIndex(String step) {
        return step.startsWith("[");
    }

    private static int index(String step) {
        return Integer.parseInt(step.substring(1, step.length() - 1));
    }
}
