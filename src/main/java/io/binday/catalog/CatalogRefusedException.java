package io.binday.catalog;

import java.util.List;
import java.util.stream.Collectors;

/** The catalog and the database do not agree, so no run may start; nothing was changed. */
public final class CatalogRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CatalogRefusedException(Catalog catalog, List<Finding> findings) {
        super(findings.stream()
                .map(finding -> finding.text() + "\n    " + finding.remedy())
                .collect(Collectors.joining(
                        "\n  ", "the catalog " + catalog.source() + " does not fit this database:\n  ", "")));
    }
}
