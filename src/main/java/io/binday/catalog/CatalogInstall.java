package io.binday.catalog;

import io.binday.catalog.TableShape.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Creates the mirrors of the catalog's tables and brings them up to date; idempotent, and it never drops anything.
 *
 * <p>A mirror has its source's columns without unique keys, auto-increment, defaults and generated columns, all
 * nullable; that of the asset table is keyed by the asset ID, the others by the order in which rows arrived.
 */
@Component
public final class CatalogInstall {

    private final CatalogCheck check;
    private final Schema schema;
    private final JdbcClient jdbc;

    CatalogInstall(CatalogCheck check, Dialect dialect, JdbcClient jdbc) {
        this.check = check;
        this.schema = Schema.of(dialect, jdbc);
        this.jdbc = jdbc;
    }

    /**
     * The statements that are still needed; empty when everything is in place.
     *
     * @throws CatalogRefusedException when the catalog does not fit the sources
     */
    public List<String> plan() {
        BoundCatalog bound = check.bindSources();
        List<String> statements = new ArrayList<>();
        statements.addAll(statements(bound.asset(), true));
        bound.references().forEach(table -> statements.addAll(statements(table, false)));
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
        Optional<TableShape> mirror = schema.table(table.mirrorName());
        if (mirror.isEmpty()) {
            return List.of(create(table, keyedByAsset));
        }
        List<String> statements = new ArrayList<>();
        for (Column column : table.moved()) {
            Optional<Column> copy = mirror.get().column(column.name());
            String change = copy.isEmpty() ? " ADD COLUMN " : " MODIFY COLUMN ";
            if (copy.isEmpty() || !copy.get().type().equals(column.type())) {
                statements.add("ALTER TABLE " + table.mirror() + change + definition(column));
            }
        }
        return statements;
    }

    private static String create(MovedTable table, boolean keyedByAsset) {
        String columns = table.moved().stream()
                .map(column -> "  "
                        + (keyedByAsset && column.equals(table.assetColumn())
                                ? Dialect.quote(column.name()) + " " + column.type() + " NOT NULL PRIMARY KEY"
                                : definition(column)))
                .collect(Collectors.joining(",\n"));
        String key = keyedByAsset ? "" : "  `binday_row` BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,\n";
        String index = keyedByAsset ? "" : ",\n  KEY %s (%s)".formatted(indexName(table), table.asset());
        return "CREATE TABLE " + table.mirror() + " (\n" + key + columns + index + "\n)";
    }

    private static String indexName(MovedTable table) {
        return Dialect.quote(MovedTable.mirrorName(table.name() + "_asset"));
    }

    private static String definition(Column column) {
        return Dialect.quote(column.name()) + " " + column.type() + " NULL";
    }
}
