package io.binday.input;

/**
 * What identifies the content of an input.
 *
 * @param kind csv, query, ids, run, rejects or expired
 * @param name the file's or job's name as the operator knows it
 * @param sha256 of the file's bytes, of the query with its parameters, of the IDs, or else of the name (for rejects, with their number);
 *     64 hex digits
 * @param bytes the size of the file, of the query with its parameters or of the IDs, or else of the name
 */
public record InputDigest(String kind, String name, String sha256, long bytes) {

    /** The name in a sentence. */
    public String shownName() {
        return "-".equals(name) ? "standard input" : name;
    }
}
