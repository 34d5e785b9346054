package io.binday.trash;

import io.binday.catalog.BoundCatalog;
import io.binday.catalog.BoundCatalog.Use;
import io.binday.catalog.Dialect;
import io.binday.catalog.MovedTable;
import io.binday.catalog.Reference;
import io.binday.catalog.Reference.Detach;
import io.binday.catalog.Reference.OnRestore;
import io.binday.trash.Plan.Example;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts what an operation would touch, on the side where the assets are: live, or in the mirrors. */
final class PlanStore {

    private static final int EXAMPLES = 10;
    /** Enough of a label to know the asset by; the column may be of any length. */
    private static final int LABEL = 200;
    /** MySQL reads the work items once and looks up the rest by index; the other way round is quadratic. */
    private static final String ITEMS_FIRST = "/*+ JOIN_SUFFIX(s) %s */";

    private final JdbcClient client;
    private final BoundCatalog catalog;
    private final boolean live;

    private PlanStore(JdbcClient client, BoundCatalog catalog, boolean live) {
        this.client = client;
        this.catalog = catalog;
        this.live = live;
    }

    /** Counts in the tables of the CMS. */
    static PlanStore ofSources(JdbcClient client, BoundCatalog catalog) {
        return new PlanStore(client, catalog, true);
    }

    /** Counts in the mirrors. */
    static PlanStore ofMirrors(JdbcClient client, BoundCatalog catalog) {
        return new PlanStore(client, catalog, false);
    }

    /** What every reference of the selected assets comes to: they are detached, or gone for good. */
    Plan planOfAll(Selection selection) {
        return plan(selection, reference -> true);
    }

    /** What putting the selected assets back would touch. */
    Plan planOfRestore(Selection selection) {
        return plan(selection, reference -> reference.onRestore() == OnRestore.REATTACH);
    }

    private Plan plan(Selection selection, Predicate<Reference> touched) {
        Map<String, Long> references = new LinkedHashMap<>();
        Map<String, Long> dropped = new LinkedHashMap<>();
        Map<String, List<Owners>> owners = new LinkedHashMap<>();
        for (Use use : catalog.references()) {
            String joined = joined(use, selection);
            long rows = count(
                    "SELECT " + itemsFirst(use.table()) + " COUNT(*) FROM " + joined + notGoneBefore(use, selection),
                    selection);
            if (touched.test(use.reference())) {
                references.put(use.name(), rows);
                use.reference()
                        .owner()
                        .filter(owner -> live || has(use.table(), owner.column()))
                        .ifPresent(owner -> owners.computeIfAbsent(owner.label(), label -> new ArrayList<>())
                                .add(new Owners(itemsFirst(use.table()), owner(use.table(), owner.column()), joined)));
            } else {
                dropped.put(use.name(), rows);
            }
        }
        Map<String, Long> distinct = new LinkedHashMap<>();
        owners.forEach((label, several) -> distinct.put(label, count(Owners.distinct(several), selection)));
        return new Plan(
                assets(selection),
                references,
                dropped,
                distinct,
                bytes(selection),
                examples(selection),
                catalog.catalog().moves());
    }

    /** The owners of one reference, in the parts of a query. */
    private record Owners(String hint, String owner, String joined) {

        /** A single one without a query around it, which MySQL would merge, and the hint would be lost. */
        static String distinct(List<Owners> several) {
            if (several.size() == 1) {
                Owners one = several.get(0);
                return "SELECT %s COUNT(DISTINCT %s) FROM %s".formatted(one.hint, one.owner, one.joined);
            }
            return several.stream()
                    .map(each -> "SELECT %s %s AS owner FROM %s".formatted(each.hint, each.owner, each.joined))
                    .collect(Collectors.joining(" UNION ALL ", "SELECT COUNT(DISTINCT o.owner) FROM (", ") o"));
        }
    }

    private long count(String sql, Selection selection) {
        return client.sql(sql).params(selection.parameters()).query(Long.class).single();
    }

    private long assets(Selection selection) {
        return count("SELECT COUNT(*) FROM (%s) w".formatted(selection.sql()), selection);
    }

    private String itemsFirst(MovedTable table) {
        return ITEMS_FIRST.formatted(live ? "" : table.byAssetWithin("s"));
    }

    private Optional<Long> bytes(Selection selection) {
        return catalog.catalog()
                .asset()
                .bytes()
                .map(known -> count(
                        "SELECT %s COALESCE(SUM(%s), 0) FROM %s"
                                .formatted(
                                        itemsFirst(catalog.asset()),
                                        catalog.bytes("s"),
                                        joined(catalog.asset(), selection)),
                        selection));
    }

    private List<Example> examples(Selection selection) {
        return client.sql("SELECT %s w.asset_id, LEFT(%s, %d), %s FROM %s ORDER BY w.seq LIMIT %d"
                        .formatted(
                                itemsFirst(catalog.asset()),
                                catalog.label("s"),
                                LABEL,
                                catalog.bytes("s"),
                                joined(catalog.asset(), selection),
                                EXAMPLES))
                .params(selection.parameters())
                .query((rs, row) -> new Example(
                        rs.getString(1),
                        Optional.ofNullable(rs.getString(2)),
                        Optional.ofNullable(rs.getObject(3, Long.class))))
                .list();
    }

    /** As text in one collation, whatever the tables have. */
    private String owner(MovedTable table, String column) {
        Dialect dialect = catalog.dialect();
        return dialect.exact(dialect.readable("s", table.source().column(column).orElseThrow()));
    }

    private static boolean has(MovedTable table, String column) {
        return table.moved().stream().anyMatch(moved -> moved.name().equalsIgnoreCase(column));
    }

    /** The references ({@code s}) that belong to the selected assets ({@code w}). */
    private String joined(Use use, Selection selection) {
        if (!live) {
            return joined(use.table(), selection);
        }
        return use.reference().detach() == Detach.JSON_REMOVE
                ? inDocuments(use, selection)
                : catalog.above(use)
                        .map(above -> below(use, above, selection))
                        .orElseGet(() -> joined(use.table(), selection));
    }

    /** Rows of the CMS that belong to rows that use the assets, however far below. */
    private String below(Use use, Use above, Selection selection) {
        MovedTable table = use.table();
        String pointing = Dialect.quote(use.reference().site().column());
        String key = Dialect.quote(use.reference().under().orElseThrow().key());
        return "(SELECT w.asset_id, s.%s AS binday_key FROM %s) w JOIN %s s ON s.%s = w.binday_key%s"
                .formatted(
                        key,
                        joined(above, selection) + notGoneBefore(above, selection),
                        table.table(),
                        pointing,
                        table.filter("s"));
    }

    /** The rows of a table ({@code s}) that belong to the selected assets ({@code w}). */
    private String joined(MovedTable table, Selection selection) {
        return "(%s) w JOIN %s s ON s.%s = %s%s"
                .formatted(
                        selection.sql(),
                        live ? table.table() : table.mirror(),
                        table.asset(),
                        table.comparable("w.asset_id"),
                        live ? table.filter("s") : "");
    }

    /**
     * A row that goes as a whole goes once, though it may use two of the selected assets: of what the catalog says of it the first
     * is counted. Distinct IDs are kept by the database with a key, while the items themselves have none.
     */
    private String notGoneBefore(Use use, Selection selection) {
        if (!live || !goesAsAWhole(use)) {
            return "";
        }
        return catalog.references().stream()
                .takeWhile(earlier -> !earlier.equals(use))
                .filter(earlier -> goesAsAWhole(earlier)
                        && earlier.table().table().equals(use.table().table()))
                .map(earlier ->
                        " AND NOT EXISTS (SELECT 1 FROM (SELECT DISTINCT %s AS id FROM (%s) w) e WHERE s.%s = e.id%s)"
                                .formatted(
                                        earlier.table().comparable("w.asset_id"),
                                        selection.sql(),
                                        earlier.table().asset(),
                                        earlier.table().filter("s")))
                .collect(Collectors.joining());
    }

    private static boolean goesAsAWhole(Use use) {
        return use.reference().detach() == Detach.DELETE_ROW
                && use.reference().under().isEmpty();
    }

    /** Every document is read once, whatever the number of assets. */
    private static String inDocuments(Use use, Selection selection) {
        String column = "t." + Dialect.quote(use.reference().site().column());
        String ids = use.reference().paths().stream()
                .map(path -> """
                        SELECT t.*, j.id AS binday_id FROM %1$s t, JSON_TABLE(CASE WHEN JSON_VALID(%2$s) THEN %2$s END, '%3$s'
                            COLUMNS (id VARCHAR(255) PATH '$')) j WHERE 1 = 1%4$s""".formatted(
                                use.table().table(), column, path, use.table().filter("t")))
                .collect(Collectors.joining(" UNION ALL "));
        return "(%s) w JOIN (%s) s ON %s"
                .formatted(selection.sql(), ids, use.table().form().isInDocument("s.binday_id", "w.asset_id"));
    }
}
