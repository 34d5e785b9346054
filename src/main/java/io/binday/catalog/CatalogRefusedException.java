package io.binday.catalog;

import java.util.List;
import java.util.stream.Collectors;

/** The catalog and the database do not agree, so no run may start. */
public final class CatalogRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CatalogRefusedException(Catalog catalog, List<Finding> findings) {
        super(findings.stream()
                .map(finding -> finding.text() + "\n    " + finding.remedy())
                .collect(Collectors.joining(
                        "\n  ", "the catalog " + catalog.source() + " does not fit this database:\n  ", "")));
    }

    /** A mirror cannot be changed; what was changed before, of this mirror or of others, stays. */
    static CatalogRefusedException ofMirror(Catalog catalog, String text, String remedy) {
        return new CatalogRefusedException(catalog, List.of(new Finding("MIRROR_NOT_CHANGED", text, remedy)));
    }
}
