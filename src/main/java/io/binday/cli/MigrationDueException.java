package io.binday.cli;

/** Binday's own tables are not yet those of this version, and this start was not to look after them. */
public final class MigrationDueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** There is not even a database. */
    MigrationDueException() {
        super("there is no database yet");
    }

    public MigrationDueException(String wanted) {
        super("Binday's own tables are not those of schema version " + wanted
                + " yet (or spring.flyway.table names another history of them), and spring.flyway.enabled is false;"
                + " start any command once without that setting");
    }
}
