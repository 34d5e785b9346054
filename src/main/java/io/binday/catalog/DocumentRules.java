package io.binday.catalog;

import io.binday.catalog.Reference.Detach;
import io.binday.catalog.TableShape.Column;
import java.util.regex.Pattern;

/**
 * What a table must be like for references in its documents.
 *
 * @param rules notes what it is not
 */
record DocumentRules(Catalog catalog, SourceRules rules) {

    private static final Pattern DOCUMENT = Pattern.compile("(?i)(json|(var)?char|(tiny|medium|long)?text).*");

    /** The driver makes true and false of a TINYINT(1). */
    private static final Pattern PLAIN_KEY =
            Pattern.compile("(?i)(?!tinyint\\(1\\))((tiny|small|medium|big)?int|integer|(var)?char|(var)?binary).*");

    void requireDocument(TableShape shape, Column column) {
        if (!DOCUMENT.matcher(column.type()).matches()) {
            rules.add(
                    "COLUMN_NO_DOCUMENT",
                    "column %s of table %s should hold JSON but is %s"
                            .formatted(column.name(), shape.table(), column.type()),
                    catalog.remedy());
        }
    }

    /** What one takes out of a document moves the places of what another one has taken out. */
    void requireOneReference(Reference reference, TableShape shape) {
        catalog.references().stream()
                .filter(other -> other.detach() == Detach.JSON_REMOVE
                        && reference.name().compareTo(other.name()) < 0
                        && other.site().mayShareRowsWith(reference.site()))
                .forEach(other -> rules.add(
                        "DOCUMENT_OF_TWO",
                        "the documents of %s in table %s are those of two references, %s and %s, which would not know of each other"
                                .formatted(reference.site().column(), shape.table(), reference.name(), other.name()),
                        "name all paths in one of them, or give them values of where that no row has at once; "
                                + catalog.remedy()));
    }

    /** The key of a document is read and written by this process, which not every type survives. */
    void requirePlainKey(TableShape shape) {
        for (Column key : shape.primaryKey()) {
            if (!PLAIN_KEY.matcher(key.type()).matches()) {
                rules.add(
                        "KEY_TYPE",
                        "column %s of the primary key of table %s is %s"
                                .formatted(key.name(), shape.table(), key.type()),
                        "json-remove needs a key of whole numbers, texts or bytes");
            }
        }
    }
}
