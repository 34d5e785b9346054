package io.binday.catalog;

import io.binday.catalog.TableShape.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.UncategorizedDataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
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
        statements.forEach(this::execute);
        return statements;
    }

    private void execute(String statement) {
        try {
            jdbc.sql(statement).update();
        } catch (DataIntegrityViolationException | UncategorizedDataAccessException | BadSqlGrammarException e) {
            if (Privileges.isDenied(e.getMostSpecificCause())) {
                throw e;
            }
            throw CatalogRefusedException.ofMirror(
                    catalog,
                    "the database refused to change a mirror: "
                            + e.getMostSpecificCause().getMessage(),
                    "what it refused was: " + statement,
                    e);
        }
    }

    private List<String> statements(MovedTable table, boolean keyedByAsset) {
        return Mirror.of(table, schema).map(this::change).orElseGet(() -> List.of(create(table, keyedByAsset)));
    }

    private List<String> change(Mirror mirror) {
        mirror.otherWay().ifPresent(finding -> {
            throw CatalogRefusedException.ofMirror(catalog, finding.text(), finding.remedy());
        });
        return new MirrorChange(catalog, mirror).statements();
    }

    private static String create(MovedTable table, boolean keyedByAsset) {
        String columns = table.moved().stream()
                .map(column -> "  "
                        + (keyedByAsset && column.equals(table.assetColumn())
                                ? column.quoted() + " " + column.type() + " NOT NULL PRIMARY KEY"
                                : column.definition()))
                .collect(Collectors.joining(",\n"));
        String key =
                keyedByAsset ? "" : "  " + Dialect.quote(Mirror.ROW) + " BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,\n";
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
}
