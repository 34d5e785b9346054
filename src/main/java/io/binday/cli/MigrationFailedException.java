package io.binday.cli;

/** Binday's own tables could not be brought to the version that this program needs; no asset was touched. */
public final class MigrationFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A migration that did not come to its end.
     *
     * @param wanted the version of the schema
     */
    public MigrationFailedException(String wanted, Throwable cause) {
        super(
                "Binday's own tables are to become those of schema version " + wanted + ", and that has not succeeded",
                cause);
    }
}
