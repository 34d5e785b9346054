package io.binday.trash;

import java.util.Collection;

/**
 * Where an asset ID stands in a JSON document.
 *
 * @param path as MySQL writes it, for example {@code $."gallery"[3]}
 */
record DocumentPlace(String path) {

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
        return Integer.parseInt(path.substring(path.lastIndexOf('[') + 1, path.length() - 1));
    }

    /** The place that it would have, were those that are out of the document still there. */
    DocumentPlace among(Collection<DocumentPlace> out) {
        if (!isElement()) {
            return this;
        }
        int position = index();
        for (int other : out.stream()
                .filter(this::isBeside)
                .map(DocumentPlace::index)
                .sorted()
                .toList()) {
            if (other <= position) {
                position++;
            }
        }
        return at(position);
    }

    /** The place that it has in a document from which these are out; the other way round. */
    DocumentPlace without(Collection<DocumentPlace> out) {
        if (!isElement()) {
            return this;
        }
        long before = out.stream()
                .filter(other -> isBeside(other) && other.index() < index())
                .count();
        return at(index() - (int) before);
    }

    private boolean isBeside(DocumentPlace other) {
        return other.isElement() && other.array().equals(array());
    }

    private DocumentPlace at(int position) {
        return new DocumentPlace(array() + "[" + position + "]");
    }
}
