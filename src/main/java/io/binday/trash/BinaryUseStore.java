package io.binday.trash;

import io.binday.catalog.BoundCatalog;
import io.binday.catalog.Dialect;
import io.binday.catalog.MovedTable;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/** Finds out whether anybody still needs a file. */
public final class BinaryUseStore {

    private static final int EXAMPLES = 50;

    private final JdbcTemplate jdbc;
    private final BoundCatalog catalog;

    BinaryUseStore(JdbcTemplate jdbc, BoundCatalog catalog) {
        this.jdbc = jdbc;
        this.catalog = catalog;
    }

    /**
     * Which of these keys of binaries an asset still uses, be it live or in the trash; empty when the catalog does not say
     * where keys are. The trash is asked twice: the catalog may not have said so when an asset was trashed. One statement, because an asset may change sides between two; and spellings that differ in case only
     * count as one, because the database may say so.
     */
    public Optional<Set<String>> among(Collection<String> keys) {
        AssetIds marks = AssetIds.of(keys);
        return catalog.catalog().asset().binaryKey().map(Dialect::quote).map(column -> {
            Set<String> used = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            used.addAll(jdbc.queryForList(
                    """
                    SELECT %1$s FROM %2$s WHERE %1$s IN (%4$s) UNION ALL SELECT %1$s FROM %3$s WHERE %1$s IN (%4$s)
                    UNION ALL SELECT binary_key FROM binday_trash WHERE binary_key IN (%4$s)""".formatted(
                            column, catalog.asset().table(), catalog.asset().mirror(), marks.marks()),
                    String.class,
                    marks.times(3)));
            return used;
        });
    }

    /**
     * The keys of some live and some trashed assets, whose files should be there: the first and the last ones. None when the catalog
     * does not say where keys are.
     */
    public List<String> examples() {
        return catalog.catalog()
                .asset()
                .binaryKey()
                .map(Dialect::quote)
                .map(column -> jdbc.queryForList(examples(column), String.class))
                .orElse(List.of());
    }

    private String examples(String column) {
        MovedTable asset = catalog.asset();
        String live = "SELECT s.%1$s FROM %2$s s WHERE s.%1$s <> ''%3$s ORDER BY s.%4$s"
                .formatted(column, asset.table(), asset.filter("s"), asset.asset());
        String trashed = "SELECT t.binary_key FROM binday_trash t WHERE t.binary_key <> '' ORDER BY t.asset_id";
        return Stream.of(live, live + " DESC", trashed, trashed + " DESC")
                .map(some -> "(" + some + " LIMIT " + EXAMPLES + ")")
                .collect(Collectors.joining(" UNION ALL "));
    }
}
