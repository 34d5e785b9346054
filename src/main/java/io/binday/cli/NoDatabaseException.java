package io.binday.cli;

/** The application cannot start because its database cannot be used. */
final class NoDatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A database that cannot be used.
     *
     * @param place where it is, for a person
     */
    NoDatabaseException(String place, Throwable cause) {
        super(place, cause);
    }
}
