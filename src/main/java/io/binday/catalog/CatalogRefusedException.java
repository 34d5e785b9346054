package io.binday.catalog;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The catalog and the database do not agree, so no run may start. */
public final class CatalogRefusedException extends RefusedException {

    private static final long serialVersionUID = 1L;

    CatalogRefusedException(Catalog catalog, List<Finding> findings) {
        this(unfit(catalog), findings, null);
    }

    private CatalogRefusedException(String what, List<Finding> findings, @Nullable Throwable cause) {
        super(
                findings.stream()
                        .map(finding -> finding.text() + "\n    " + finding.remedy())
                        .collect(Collectors.joining("\n  ", what + ":\n  ", "")),
                cause);
    }

    private static String unfit(Catalog catalog) {
        return "the catalog " + catalog.source() + " does not fit this database";
    }

    /** A run was planned by another catalog. */
    static CatalogRefusedException ofPlan(Catalog catalog, List<Finding> findings) {
        return new CatalogRefusedException(
                "the catalog " + catalog.source() + " is not as it was when the run was planned", findings, null);
    }

    /** A mirror cannot be changed; what was changed before, of this mirror or of others, stays. */
    static CatalogRefusedException ofMirror(Catalog catalog, String text, String remedy) {
        return ofMirror(catalog, text, remedy, null);
    }

    /** The same, because the database refused it. */
    static CatalogRefusedException ofMirror(Catalog catalog, String text, String remedy, @Nullable Throwable cause) {
        return new CatalogRefusedException(
                unfit(catalog), List.of(new Finding("MIRROR_NOT_CHANGED", text, remedy)), cause);
    }
}
