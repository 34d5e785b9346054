package io.binday.catalog;

/** No catalog can be written for a table; the message says why. */
public final class DiscoveryRefusedException extends RefusedException {

    private static final long serialVersionUID = 1L;

    DiscoveryRefusedException(String message) {
        super(message);
    }
}
