package io.binday.catalog;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a column keeps asset IDs, and how those are written as text, as Binday's own tables, files and people have them.
 */
public sealed interface IdForm permits TextId, NumberId, UuidId {

    /** The form of a column; empty when its type cannot be an asset ID. */
    static Optional<IdForm> of(TableShape.Column column, Dialect dialect) {
        String type = column.type().toLowerCase(Locale.ROOT);
        Optional<IdForm> number = NumberId.of(type, dialect);
        if (number.isPresent()) {
            return number;
        }
        if (type.equals("binary(16)") && dialect == Dialect.MYSQL) {
            return Optional.of(new UuidId());
        }
        return type.matches("((var)?char|character|(tiny|medium|long)?text).*") && !type.endsWith(" binary")
                ? Optional.of(new TextId(column.collation()))
                : Optional.empty();
    }

    /** The expression that gives a column's value as text. */
    String text(String column);

    /**
     * The expression that compares an asset ID of Binday's own tables as this column compares, so that the column's index
     * is used and both agree on what is equal.
     */
    String comparable(String text);

    /** Whether the column compares as the asset IDs of Binday's own tables do (MySQL), so that nothing needs to be converted. */
    default boolean comparesAsOurs() {
        return false;
    }

    /** The condition that a text in a JSON document is the asset ID of one of Binday's own tables (MySQL). */
    default String isInDocument(String text, String ours) {
        return text + " COLLATE utf8mb4_bin = " + ours;
    }

    /** An asset ID as the argument of a mark that is compared with this column. */
    Object argument(String id);

    /** The text of an asset ID that somebody gave; empty when the column can hold no such ID. */
    Optional<String> canonical(String given);

    /** Whether two texts that differ are two asset IDs for this column too. */
    boolean exact();

    /** What asset IDs look like where the catalog does not say. */
    Pattern usualPattern();
}
