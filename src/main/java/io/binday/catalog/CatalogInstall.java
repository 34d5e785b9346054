package io.binday.catalog;

import io.binday.catalog.TableShape.Column;
import io.binday.catalog.TableShape.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.core.NestedExceptionUtils;
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

    /** An expression that calls something, or looks at another column. */
    private static final Pattern VARYING = Pattern.compile("\\(.*[(`].*", Pattern.DOTALL);

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
            throw refused(
                    "the database refused to change a mirror: "
                            + NestedExceptionUtils.getMostSpecificCause(e).getMessage(),
                    "what it refused was: " + statement);
        }
    }

    private List<String> statements(MovedTable table, boolean keyedByAsset) {
        Optional<TableShape> mirror = schema.table(TableName.of(table.mirrorName()));
        if (mirror.isEmpty()) {
            return List.of(create(table, keyedByAsset));
        }
        List<String> statements = new ArrayList<>();
        List<String> computed = new ArrayList<>();
        for (Column column : table.moved()) {
            Optional<Column> copy = mirror.get().column(column.name());
            if (copy.isEmpty()) {
                added(table, mirror.get(), column, statements, computed);
            } else if (!copy.get().type().equals(column.type())) {
                requireLossless(table, copy.get(), column);
                statements.add(alter(table) + " MODIFY COLUMN "
                        + (copy.get().is(Trait.NULLABLE) ? nullable(column) : definition(column)));
            } else if (table.refusesNulls(copy.get(), column)) {
                statements.add(alter(table) + " MODIFY COLUMN " + definition(column));
            }
            if (copy.filter(former -> table.lacksValues(former, column)).isPresent()
                    && schema.hasNulls(table.mirrorName(), column)) {
                statements.add(filling(table, column, valueFor(table, mirror.get(), column)));
            }
        }
        statements.addAll(computed);
        for (Column copy : mirror.get().columns()) {
            if (table.isForgotten(copy)) {
                requireSameKey(table, copy);
                statements.add(alter(table) + " MODIFY COLUMN " + nullable(copy));
            }
        }
        return statements;
    }

    private static String alter(MovedTable table) {
        return "ALTER TABLE " + table.mirror();
    }

    private static String filling(MovedTable table, Column column, String value) {
        return "UPDATE %s SET %2$s = %3$s WHERE %2$s IS NULL".formatted(table.mirror(), column.quoted(), value);
    }

    /**
     * What is in the trash gets what the CMS's own rows have got when the column was added; the database numbers it when it returns.
     *
     * @param computed statements that look at other columns, and so come last
     */
    private void added(
            MovedTable table, TableShape mirror, Column column, List<String> statements, List<String> computed) {
        String add = alter(table) + " ADD COLUMN ";
        if (isEmpty(table)) {
            statements.add(add + definition(column));
            return;
        }
        requireNotRenamed(table, mirror, column);
        if (table.isFoundBy(column)) {
            throw refused(
                    "the mirror %s holds snapshots that say nothing of %s, by which they would be found"
                            .formatted(table.mirror(), column.name()),
                    "let %s, and the catalog, be as they were until the trash of these assets is empty"
                                    .formatted(table.name())
                            + ", or add the column to the mirror by hand, with the values of each snapshot");
        }
        Optional<String> value = schema.whenMissing(table.source().table(), column);
        if (column.is(Trait.NUMBERED) || (value.isEmpty() && column.is(Trait.NULLABLE))) {
            statements.add(add + nullable(column));
        } else if (isExpression(value)) {
            computed.add(add + nullable(column));
            computed.add(filling(table, column, valueFor(table, mirror, column)));
        } else if (column.is(Trait.NULLABLE) && wouldCollide(table, mirror, column)) {
            statements.add(add + nullable(column));
        } else {
            statements.add(add + definition(column) + " DEFAULT " + valueFor(table, mirror, column));
        }
    }

    private static boolean isExpression(Optional<String> value) {
        return value.filter(text -> text.startsWith("(")).isPresent();
    }

    /** What snapshots that say nothing of a column get. */
    private String valueFor(MovedTable table, TableShape mirror, Column column) {
        Optional<String> value = schema.whenMissing(table.source().table(), column);
        boolean varies = value.filter(text -> VARYING.matcher(text).lookingAt()).isPresent();
        if (value.isPresent() && (varies || !wouldCollide(table, mirror, column))) {
            return value.get();
        }
        String add = mirror.column(column.name()).isPresent() ? "" : alter(table) + " ADD COLUMN " + nullable(column);
        String fill = filling(table, column, "…");
        throw refused(
                (value.isPresent()
                                ? "column %s of %s is in a unique key, so that what the mirror %s holds cannot all get its default"
                                : "column %s of %s must have a value and has no default, and the mirror %s holds snapshots without one")
                        .formatted(column.name(), table.name(), table.mirror()),
                "give them what the CMS would have: " + (add.isEmpty() ? fill : add + "\n    and: " + fill)
                        + "\n    and then: binday catalog install");
    }

    /** A column that has come while another one went may be that one, and its values would be left behind. */
    private void requireNotRenamed(MovedTable table, TableShape mirror, Column column) {
        List<Column> former = mirror.columns().stream()
                .filter(copy -> table.isFormer(copy)
                        && table.source().column(copy.name()).isEmpty())
                .filter(copy -> copy.type().equals(column.type()) || Widening.isLossless(copy.type(), column.type()))
                .filter(copy -> schema.hasValues(table.mirrorName(), copy))
                .toList();
        if (!former.isEmpty()) {
            String rename = former.stream()
                    .map(copy -> alter(table) + " RENAME COLUMN " + copy.quoted() + " TO " + column.quoted())
                    .collect(Collectors.joining("\n    or "));
            throw refused(
                    "%s has column %s now, and the mirror %s holds values of %s, which it has no more"
                            .formatted(
                                    table.name(),
                                    column.name(),
                                    table.mirror(),
                                    former.stream().map(Column::name).collect(Collectors.joining(" and "))),
                    "if it was renamed, run: %s\n    if it is another one: %s\n    and then: binday catalog install"
                            .formatted(rename, ifAnother(table, column)));
        }
    }

    private String ifAnother(MovedTable table, Column column) {
        if (table.isFoundBy(column)) {
            return "add it to the mirror by hand, with the values of each snapshot";
        }
        // What it must have, an install asks for, or fills in, afterwards.
        String add = alter(table) + " ADD COLUMN " + nullable(column);
        Optional<String> value = schema.whenMissing(table.source().table(), column)
                .filter(text -> !isExpression(Optional.of(text)) && column.is(Trait.NULLABLE));
        return add + value.map(text -> " DEFAULT " + text).orElse("");
    }

    /** Whether snapshots with the same value in a column, and without any other difference, could not all come back. */
    private boolean wouldCollide(MovedTable table, TableShape mirror, Column column) {
        String missing = mirror.column(column.name()).isPresent() ? column.quoted() + " IS NULL" : "1 = 1";
        return table.source().keys().unique().stream()
                .filter(key -> key.stream().anyMatch(column.name()::equalsIgnoreCase))
                .map(key -> key.stream()
                        .filter(name -> !name.equalsIgnoreCase(column.name()))
                        .flatMap(name -> mirror.column(name).stream())
                        .toList())
                .anyMatch(others -> schema.hasTwins(table.mirrorName(), missing, others));
    }

    /** Where rows stay, a snapshot knows its own by the key that the table had. */
    private void requireSameKey(MovedTable table, Column former) {
        if (!table.whole() && !isEmpty(table)) {
            throw refused(
                    "the mirror %s holds snapshots of rows that were known by %s, which is not in the key of %s any more"
                            .formatted(table.mirror(), former.name(), table.name()),
                    "let the key of %s be as it was until the trash of these assets is empty".formatted(table.name())
                            + ", or see that its present key names the same rows, and let the column of the mirror be NULL");
        }
    }

    /** What is in the trash already must stay what it is. */
    private void requireLossless(MovedTable table, Column from, Column to) {
        boolean lossless = Widening.isLossless(from.type(), to.type()) && (!isId(table, to) || isFoundAlike(from, to));
        if (!lossless && !isEmpty(table)) {
            throw refused(
                    "the mirror %s holds %s as %s; as %s, which %s has now, its values might change"
                            .formatted(table.mirror(), to.name(), from.type(), to.type(), table.name()),
                    "give the column of " + table.name()
                            + " a type that holds both, or the one it had until the trash of these assets is empty");
        }
    }

    private boolean isEmpty(MovedTable table) {
        return !schema.hasRows(table.mirrorName());
    }

    private CatalogRefusedException refused(String text, String remedy) {
        return new CatalogRefusedException(catalog, List.of(new Finding("MIRROR_NOT_CHANGED", text, remedy)));
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
