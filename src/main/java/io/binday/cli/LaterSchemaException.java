package io.binday.cli;

/** A later version of this program has changed Binday's own tables, and nobody knows what this one would do to them. */
public final class LaterSchemaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Tables of a later version.
     *
     * @param found the version of the schema
     * @param known the newest version that this program knows
     */
    public LaterSchemaException(String found, String known) {
        super("Binday's own tables are those of schema version " + found + ", made by a later Binday; this one knows "
                + known + ". Nothing was done; use the later one");
    }
}
