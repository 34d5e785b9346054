package io.binday.catalog;

/**
 * Something in the database that the catalog does not allow.
 *
 * @param code a stable word for scripts
 * @param text what is wrong, with names
 * @param remedy what to do about it
 */
public record Finding(String code, String text, String remedy) {}
