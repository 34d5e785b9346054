package io.binday.catalog;

import io.binday.catalog.TableShape.Column;
import io.binday.catalog.TableShape.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Creates the mirrors of the catalog's tables and brings them up to date; idempotent, and it never drops anything.
 *
 * <p>A mirror has its source's columns without unique keys, auto-increment, defaults and generated columns; that of the
 * asset table is keyed by the asset ID, the others by the order in which rows arrived.
 */
@Component
public final class CatalogInstall {

    private final Catalog catalog;
    private final CatalogCheck check;
    private final Schema schema;
    private final JdbcClient jdbc;

    CatalogInstall(Catalog catalog, CatalogCheck check, Dialect dialect, JdbcClient jdbc) {
        this.catalog = catalog;
        this.check = check;
        this.schema = Schema.of(dialect, jdbc);
        this.jdbc = jdbc;
    }

    /**
     * The statements that are still needed; empty when everything is in place.
     *
     * @throws CatalogRefusedException when the catalog does not fit the sources, or a change could alter what is in
     *     the trash
     */
    public List<String> plan() {
        BoundCatalog bound = check.bindSources();
        List<String> statements = new ArrayList<>();
        statements.addAll(statements(bound.asset(), true));
        bound.references().forEach(use -> statements.addAll(statements(use.table(), false)));
        return statements;
    }

    /**
     * Executes {@link #plan()}, each statement committed by itself as DDL is.
     *
     * @return the statements that were executed
     */
    public List<String> install() {
        List<String> statements = plan();
        statements.forEach(statement -> jdbc.sql(statement).update());
        return statements;
    }

    private List<String> statements(MovedTable table, boolean keyedByAsset) {
        Optional<TableShape> mirror = schema.table(TableName.of(table.mirrorName()));
        if (mirror.isEmpty()) {
            return List.of(create(table, keyedByAsset));
        }
        List<String> statements = new ArrayList<>();
        for (Column column : table.moved()) {
            Optional<Column> copy = mirror.get().column(column.name());
            if (copy.isEmpty()) {
                statements.add("ALTER TABLE " + table.mirror() + " ADD COLUMN " + added(column));
            } else if (!copy.get().type().equals(column.type())) {
                requireLossless(table, copy.get(), column);
                statements.add("ALTER TABLE " + table.mirror() + " MODIFY COLUMN " + definition(column));
            } else if (copy.get().refusesNullsOf(column)) {
                statements.add("ALTER TABLE " + table.mirror() + " MODIFY COLUMN " + definition(column));
            }
        }
        mirror.get().columns().stream()
                .filter(copy -> table.isForgotten(copy))
                .forEach(copy -> statements.add("ALTER TABLE " + table.mirror() + " MODIFY COLUMN " + nullable(copy)));
        return statements;
    }

    /** What is in the trash gets what the CMS's own rows have got when the column was added. */
    private static String added(Column column) {
        return definition(column)
                + column.whenMissing().map(value -> " DEFAULT " + value).orElse("");
    }

    /** What is in the trash already must stay what it is. */
    private void requireLossless(MovedTable table, Column from, Column to) {
        boolean empty = jdbc.sql("SELECT 1 FROM " + table.mirror() + " LIMIT 1")
                .query(Integer.class)
                .list()
                .isEmpty();
        if (!empty && !(Widening.isLossless(from.type(), to.type()) && (!isId(table, to) || isFoundAlike(from, to)))) {
            throw new CatalogRefusedException(
                    catalog,
                    List.of(new Finding(
                            "MIRROR_NOT_EMPTY",
                            "the mirror %s holds %s as %s; as %s, which %s has now, its values might change"
                                    .formatted(table.mirror(), to.name(), from.type(), to.type(), table.name()),
                            "empty the trash of these assets first, or give the column of " + table.name()
                                    + " a type that holds both")));
        }
    }

    private static boolean isId(MovedTable table, Column column) {
        return column.name().equalsIgnoreCase(table.assetColumn().name());
    }

    /** Under another collation IDs that were equal may not be any more, or the other way round; and an index has to stay what it is. */
    private static boolean isFoundAlike(Column from, Column to) {
        return from.collation().equals(to.collation()) && from.indexed().equals(to.indexed());
    }

    private static String create(MovedTable table, boolean keyedByAsset) {
        String columns = table.moved().stream()
                .map(column -> "  "
                        + (keyedByAsset && column.equals(table.assetColumn())
                                ? column.quoted() + " " + column.type() + " NOT NULL PRIMARY KEY"
                                : definition(column)))
                .collect(Collectors.joining(",\n"));
        String key = keyedByAsset ? "" : "  `binday_row` BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,\n";
        String index = keyedByAsset
                ? ""
                : ",\n  KEY %s (%s)"
                        .formatted(table.mirrorIndex(), table.assetColumn().indexed());
        String rows = table.moved().stream().anyMatch(column -> column.name().equals(MovedTable.DOCUMENT_PATH))
                ? ",\n  KEY %s (%s)"
                        .formatted(
                                Dialect.quote(MovedTable.mirrorName(table.name() + "_key")),
                                table.key().stream().map(Column::indexed).collect(Collectors.joining(", ")))
                : "";
        return "CREATE TABLE " + table.mirror() + " (\n" + key + columns + index + rows + "\n) ENGINE=InnoDB";
    }

    /** Rows at the largest size a table can have leave no room for knowing which of their columns are null. */
    private static String definition(Column column) {
        return column.is(Trait.NULLABLE) ? nullable(column) : column.quoted() + " " + column.type() + " NOT NULL";
    }

    private static String nullable(Column column) {
        return column.quoted() + " " + column.type() + " NULL";
    }
}
