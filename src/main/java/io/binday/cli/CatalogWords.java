package io.binday.cli;

import io.binday.catalog.BoundCatalog;
import io.binday.catalog.BoundCatalog.Use;
import io.binday.catalog.JsonPath;
import io.binday.catalog.Reference;
import io.binday.catalog.Reference.Detach;
import io.binday.catalog.Reference.OnRestore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What runs do to a database, in words. */
final class CatalogWords {

    private CatalogWords() {}

    static List<String> of(BoundCatalog catalog) {
        List<String> lines = new ArrayList<>();
        lines.add("trash    moves rows of %s%s to %s"
                .formatted(
                        catalog.catalog().asset().table(),
                        catalog.catalog().asset().site().where(),
                        catalog.asset().mirror()));
        catalog.references().forEach(use -> lines.add("         " + detaches(use)));
        lines.add("restore  moves the rows back");
        catalog.references().forEach(use -> lines.add("         " + restores(use.reference())));
        lines.add("purge    empties %s of them".formatted(catalog.references().isEmpty() ? "the mirror" : "the mirrors")
                + catalog.catalog()
                        .asset()
                        .binaryKey()
                        .map(column -> " and deletes the files that " + column + " names")
                        .orElse(""));
        return lines;
    }

    private static String detaches(Use use) {
        Reference reference = use.reference();
        String column = reference.site().column();
        String rows = reference.table().toString() + reference.site().where();
        if (reference.under().isPresent()) {
            return "moves rows of %s that belong to those of %s to %s"
                    .formatted(
                            rows,
                            reference.under().get().reference(),
                            use.table().mirror());
        }
        return switch (reference.detach()) {
            case DELETE_ROW ->
                "moves rows of %s that use them in %s to %s"
                        .formatted(rows, column, use.table().mirror());
            case SET_NULL -> "empties %s of %s where it names them; the rows stay".formatted(column, rows);
            case JSON_REMOVE ->
                "takes their IDs out of %s of %s at %s; every chunk looks through %s"
                        .formatted(
                                column,
                                rows,
                                reference.paths().stream()
                                        .map(JsonPath::toString)
                                        .collect(Collectors.joining(", ")),
                                reference.table());
        };
    }

    private static String restores(Reference reference) {
        if (reference.onRestore() == OnRestore.DROP) {
            return "leaves off what used them in " + reference.name() + ", and notes it";
        }
        return reference.detach() == Detach.DELETE_ROW
                ? "moves rows of %s back where their place is free".formatted(reference.name())
                : "puts their IDs back into %s where their place is free".formatted(reference.name());
    }
}
