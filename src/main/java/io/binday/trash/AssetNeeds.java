package io.binday.trash;

import io.binday.catalog.AssetTable.Parent;
import io.binday.catalog.BoundCatalog;
import io.binday.catalog.Dialect;
import io.binday.catalog.ForeignKey;
import io.binday.catalog.MovedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an asset must find to come back: the folder that the catalog names, and what its foreign keys point at. As conditions on a
 * row of the mirror of the assets ({@code m}).
 */
final class AssetNeeds {

    private final List<Need> all;

    private AssetNeeds(List<Need> all) {
        this.all = all;
    }

    /**
     * One of them.
     *
     * @param missing the condition that it is not there
     * @param detail what it is, as text
     */
    private record Need(String missing, String detail) {}

    static AssetNeeds of(BoundCatalog catalog) {
        MovedTable asset = catalog.asset();
        Optional<Parent> parent = catalog.catalog().asset().parent();
        List<Need> all = new ArrayList<>();
        parent.ifPresent(folder -> all.add(new Need(
                "(m.%1$s IS NOT NULL AND NOT EXISTS (SELECT 1 FROM %2$s f WHERE f.%3$s = m.%1$s))"
                        .formatted(
                                Dialect.quote(folder.column()), folder.table().quoted(), Dialect.quote(folder.key())),
                detail(catalog, folder.table().toString(), List.of(folder.column())))));
        asset.dependencies().stream()
                .filter(key -> !key.emptiesItself()
                        && parent.filter(folder -> isThat(key, folder)).isEmpty())
                .forEach(key -> all.add(new Need(
                        "NOT " + key.satisfied("m"),
                        detail(catalog, key.referenced().toString(), key.columns()))));
        return new AssetNeeds(all);
    }

    private static boolean isThat(ForeignKey key, Parent parent) {
        return key.isOf(parent.column())
                && key.key().get(0).equalsIgnoreCase(parent.key())
                && key.referenced().name().equalsIgnoreCase(parent.table().name());
    }

    /** For example {@code asset_folder blt1}. */
    private static String detail(BoundCatalog catalog, String table, List<String> columns) {
        String values = columns.stream()
                .flatMap(name -> catalog.asset().source().column(name).stream())
                .map(column -> catalog.dialect().readable("m", column))
                .map(catalog.dialect()::exact)
                .collect(Collectors.joining(", ' ', "));
        return "CONCAT('" + table.replace("'", "''") + " ', " + values + ")";
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** The condition that something is not there. */
    String missing() {
        return all.isEmpty() ? "1 = 0" : all.stream().map(Need::missing).collect(Collectors.joining(" OR ", "(", ")"));
    }

    /** The first of what is not there, as text; null where all is there. */
    String detail() {
        return all.isEmpty()
                ? "NULL"
                : all.stream()
                        .map(need -> "WHEN " + need.missing() + " THEN " + need.detail())
                        .collect(Collectors.joining(" ", "CASE ", " END"));
    }
}
