package io.binday.cli;

import io.binday.trash.OperationName;
import io.binday.trash.PurgeSettings;
import java.util.Optional;

/**
 * What an operator types to say that this database is meant, before something that cannot be undone.
 *
 * @param name {@code binday.purge.environment}, or the name of the schema
 */
record Environment(String name) {

    static Environment of(Application application) {
        return new Environment(application
                .the(PurgeSettings.class)
                .environmentName()
                .orElseGet(() -> application.database().name()));
    }

    /** The one that has to be named before an operation; empty for those that can be undone. */
    static Optional<Environment> toConfirm(Application application, OperationName operation) {
        return operation == OperationName.PURGE ? Optional.of(of(application)) : Optional.empty();
    }

    /**
     * Whether the name was given.
     *
     * @throws IllegalArgumentException when it was another one
     */
    boolean isConfirmed(Optional<String> given) {
        given.filter(other -> !other.equals(name)).ifPresent(other -> {
            throw new IllegalArgumentException(
                    "--confirm must be the environment's name '" + name + "' but was '" + other + "'");
        });
        return given.isPresent();
    }
}
