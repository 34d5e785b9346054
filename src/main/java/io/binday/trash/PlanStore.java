package io.binday.trash;

import io.binday.catalog.BoundCatalog;
import io.binday.catalog.Dialect;
import io.binday.catalog.MovedTable;
import io.binday.catalog.Reference;
import io.binday.catalog.Reference.OnRestore;
import io.binday.trash.Plan.Example;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts what an operation would touch, on the side where the assets are: live, or in the mirrors. */
final class PlanStore {

    private static final int EXAMPLES = 10;
    /** MySQL reads the work items once and looks up the rest by index; the other way round is quadratic. */
    private static final String ITEMS_FIRST = "/*+ JOIN_SUFFIX(s) */";

    private final JdbcClient client;
    private final BoundCatalog catalog;
    private final Function<MovedTable, String> side;

    /**
     * Counts on one side.
     *
     * @param side gives the table to look at, quoted: the source or its mirror
     */
    PlanStore(JdbcClient client, BoundCatalog catalog, Function<MovedTable, String> side) {
        this.client = client;
        this.catalog = catalog;
        this.side = side;
    }

    /** What taking the selected assets off their entries and environments would touch. */
    Plan planOfDetaching(Selection selection) {
        return plan(selection, reference -> true);
    }

    /** What putting the selected assets back would touch. */
    Plan planOfReattaching(Selection selection) {
        return plan(selection, reference -> reference.onRestore() == OnRestore.REATTACH);
    }

    private Plan plan(Selection selection, Function<Reference, Boolean> touched) {
        Map<String, Long> references = new LinkedHashMap<>();
        Map<String, Long> dropped = new LinkedHashMap<>();
        Map<String, List<String>> owners = new LinkedHashMap<>();
        for (MovedTable table : catalog.references()) {
            Reference reference = catalog.reference(table);
            long rows = count("SELECT " + ITEMS_FIRST + " COUNT(*) FROM " + joined(table, selection), selection);
            if (touched.apply(reference)) {
                references.put(table.name(), rows);
                reference
                        .owner()
                        .ifPresent(owner -> owners.computeIfAbsent(owner.label(), label -> new ArrayList<>())
                                .add("SELECT %s s.%s AS owner FROM %s"
                                        .formatted(
                                                ITEMS_FIRST, Dialect.quote(owner.column()), joined(table, selection))));
            } else {
                dropped.put(table.name(), rows);
            }
        }
        Map<String, Long> distinct = new LinkedHashMap<>();
        owners.forEach((label, queries) -> distinct.put(
                label,
                count(
                        "SELECT COUNT(DISTINCT o.owner) FROM (%s) o".formatted(String.join(" UNION ALL ", queries)),
                        selection)));
        return new Plan(assets(selection), references, dropped, distinct, bytes(selection), examples(selection));
    }

    private long count(String sql, Selection selection) {
        return client.sql(sql).params(selection.parameters()).query(Long.class).single();
    }

    private long assets(Selection selection) {
        return count("SELECT COUNT(*) FROM (%s) w".formatted(selection.sql()), selection);
    }

    private long bytes(Selection selection) {
        return count(
                "SELECT %s COALESCE(SUM(%s), 0) FROM %s"
                        .formatted(
                                ITEMS_FIRST,
                                column(catalog.catalog().asset().bytes()),
                                joined(catalog.asset(), selection)),
                selection);
    }

    private List<Example> examples(Selection selection) {
        String label = column(catalog.catalog().asset().label());
        String bytes = column(catalog.catalog().asset().bytes());
        return client.sql("SELECT %s w.asset_id, %s, %s FROM %s ORDER BY w.seq LIMIT %d"
                        .formatted(ITEMS_FIRST, label, bytes, joined(catalog.asset(), selection), EXAMPLES))
                .params(selection.parameters())
                .query((rs, row) -> new Example(
                        rs.getString(1), Optional.ofNullable(rs.getString(2)).orElse(""), rs.getLong(3)))
                .list();
    }

    /** The rows of a table ({@code s}) that belong to the selected assets ({@code w}). */
    private String joined(MovedTable table, Selection selection) {
        return "(%s) w JOIN %s s ON s.%s = %s"
                .formatted(selection.sql(), side.apply(table), table.asset(), table.comparable("w.asset_id"));
    }

    private static String column(Optional<String> name) {
        return name.map(column -> "s." + Dialect.quote(column)).orElse("NULL");
    }
}
