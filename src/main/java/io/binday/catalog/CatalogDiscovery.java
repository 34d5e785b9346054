package io.binday.catalog;

import io.binday.catalog.TableShape.Column;
import io.binday.catalog.TableShape.Trait;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes a first catalog from what the database says of itself; reads only. What foreign keys prove is active; what only a
 * name suggests is commented out, with the reason.
 */
@Component
public final class CatalogDiscovery {

    private static final Pattern OWN = Pattern.compile("(?i)(binday_|qrtz_|batch_(job|step)_).*");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    /** Columns that say what a row is, but not of what type a file. */
    private static final Pattern KIND = Pattern.compile("(?i)(?!.*(mime|content|file|media)).*(type|kind)");
    /** Columns in which a table of two ends keeps the order of its rows. */
    private static final Pattern ORDER =
            Pattern.compile("(?i)(.*_)?(sort|order|ord|position|pos|weight|delta|rank|sequence|seq)(ing)?");

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]+");
    /** So many rows are looked at for what a column holds. */
    static final int SAMPLE = 1_000;

    private final Dialect dialect;
    private final JdbcClient jdbc;
    private final Schema schema;

    CatalogDiscovery(Dialect dialect, JdbcClient jdbc) {
        this.dialect = dialect;
        this.jdbc = jdbc;
        this.schema = Schema.of(dialect, jdbc);
    }

    /**
     * A commented {@code catalog.yml} for an asset table.
     *
     * @param inSchema the schema of the table, if it is not the connection's
     * @throws DiscoveryRefusedException when there is no such table, or none of its columns can be an asset ID
     */
    public String discover(String table, Optional<String> inSchema) {
        TableName name = new TableName(inSchema.filter(given -> !given.equals(schema.current())), table);
        TableShape assets = schema.table(name)
                .orElseThrow(() -> new DiscoveryRefusedException(
                        "table " + name + " does not exist, or this user may not see it; " + othersThan(name)));
        Column id = id(assets);
        CatalogText text = new CatalogText();
        text.line("# Written by binday catalog discover from the database itself: active is what foreign keys prove,");
        text.line("# commented out is what only names suggest. Read all of it, then: binday catalog check");
        text.line("name: " + CatalogText.quoted(table));
        name.schema().ifPresent(other -> text.line("schema: " + CatalogText.quoted(other)));
        text.line("");
        asset(text, assets, id);
        text.line("");
        text.line("references:");
        references(text, assets, id);
        CatalogGuesses guesses = new CatalogGuesses(dialect, jdbc, assets, id);
        tablesBeside(assets.table()).stream()
                .flatMap(other -> schema.table(other).stream())
                .forEach(shape -> guesses.write(text, shape, schema.foreignKeysOf(shape.table())));
        return text.toString();
    }

    private Column id(TableShape assets) {
        List<Column> key = assets.primaryKey();
        Optional<Column> single = key.size() == 1
                ? Optional.of(key.get(0))
                : assets.columns().stream()
                        .filter(column -> assets.keys().isUnique(column.name()))
                        .findFirst();
        return single.filter(column -> IdForm.of(column, dialect).isPresent())
                .orElseThrow(
                        () -> new DiscoveryRefusedException(
                                "table " + assets.table()
                                        + " has no primary key or unique index on one column of whole numbers, CHAR, VARCHAR or BINARY(16)"));
    }

    private void asset(CatalogText text, TableShape assets, Column id) {
        text.line("asset:");
        text.line("  table: " + CatalogText.quoted(assets.name()));
        text.line("  id: " + CatalogText.quoted(id.name()));
        if (IdForm.of(id, dialect).filter(TextId.class::isInstance).isPresent()) {
            text.line("  # From up to %,d IDs that are there now; the whole value must match.".formatted(SAMPLE));
            text.line("  id-pattern: " + CatalogText.quoted(pattern(assets, id)));
        }
        assets.columns().stream()
                .filter(column -> KIND.matcher(column.name()).matches())
                .filter(column -> column.collation().isPresent())
                .findFirst()
                .ifPresent(column -> text.guess(
                        "  where: {" + CatalogText.quoted(column.name()) + ": []}",
                        "if not every row is an asset, name the values of those that are; "
                                + CatalogGuesses.values(jdbc, assets, column)));
        AssetColumns columns = new AssetColumns(assets);
        columns.label().ifPresent(column -> text.line("  label: " + CatalogText.quoted(column.name())));
        columns.bytes()
                .ifPresent(column -> text.guess(
                        "  bytes: " + CatalogText.quoted(column.name()),
                        "by its name; only if it counts bytes (here: " + column.type() + ")"));
        columns.binaryKey()
                .ifPresent(column -> text.guess(
                        "  binary-key: " + CatalogText.quoted(column.name()),
                        "by its name; a purge deletes the files it names, so be sure"));
        columns.version()
                .ifPresent(column -> text.guess(
                        "  version: " + CatalogText.quoted(column.name()), "by its name; a restore would add 1"));
        columns.updatedAt()
                .ifPresent(column -> text.guess(
                        "  updated-at: " + CatalogText.quoted(column.name()), "by its name; a restore would set it"));
        columns.updatedBy()
                .filter(column -> schema.foreignKeysOf(assets.table()).stream()
                        .noneMatch(key -> key.columns().contains(column.name())))
                .ifPresent(column -> text.guess(
                        "  updated-by: " + CatalogText.quoted(column.name()),
                        "by its name; a restore would write who asked for it"));
        for (ForeignKey key : schema.foreignKeysOf(assets.table())) {
            if (key.columns().size() == 1) {
                text.guess(
                        "  parent: {column: %s, %stable: %s, key: %s}"
                                .formatted(
                                        CatalogText.quoted(key.columns().get(0)),
                                        otherSchema(key.referenced(), assets.table())
                                                .map(other -> "schema: " + CatalogText.quoted(other) + ", ")
                                                .orElse(""),
                                        CatalogText.quoted(key.referenced().name()),
                                        CatalogText.quoted(key.key().get(0))),
                        "if an asset lies in it like in a folder, and must not come back without it");
            }
        }
    }

    private String pattern(TableShape assets, Column id) {
        List<String> ids = jdbc.sql("SELECT %1$s FROM %2$s ORDER BY %1$s LIMIT %3$d"
                        .formatted(id.quoted(), assets.table().quoted(), SAMPLE))
                .query(String.class)
                .list();
        if (ids.isEmpty()) {
            return id.type().startsWith("char(36)") ? UUID.pattern() : ".+";
        }
        int shortest = ids.stream().mapToInt(String::length).min().orElse(1);
        int longest = ids.stream().mapToInt(String::length).max().orElse(255);
        if (ids.stream().allMatch(value -> UUID.matcher(value).matches())) {
            return UUID.pattern();
        }
        if (ids.stream().allMatch(value -> WORD.matcher(value).matches())) {
            return "[A-Za-z0-9_-]{" + (shortest == longest ? "" + longest : "1,255") + "}";
        }
        return ".+";
    }

    private void references(CatalogText text, TableShape assets, Column id) {
        for (ForeignKey key : schema.foreignKeysTo(assets.table())) {
            text.line("  # " + key);
            Optional<TableShape> shape = schema.table(key.table());
            if (shape.isEmpty() || !key.key().equals(List.of(id.name()))) {
                text.line("  # Binday cannot detach by this key; no run starts while it is there.");
                continue;
            }
            Column column = shape.get().column(key.columns().get(0)).orElseThrow();
            boolean wholeRow = isWholeRow(shape.get(), column, key);
            String name = name(key, text);
            text.line("  - name: " + CatalogText.quoted(name));
            otherSchema(key.table(), assets.table())
                    .ifPresent(other -> text.line("    schema: " + CatalogText.quoted(other)));
            text.line("    table: " + CatalogText.quoted(key.table().name()));
            text.line("    asset: " + CatalogText.quoted(column.name()));
            text.line("    detach: "
                    + (wholeRow ? "delete-row" : "set-null    # or delete-row, if a row is nothing without its asset"));
            text.line("    on-restore: reattach");
            owner(text, shape.get(), column, wholeRow);
            if (wholeRow) {
                schema.foreignKeysTo(key.table())
                        .forEach(below -> text.line(
                                "    # Its rows are used themselves, so declare what is below it, or no run starts: "
                                        + below));
            }
        }
    }

    /**
     * A column that cannot be empty goes with its row, and so does one of a table that only joins two others. What the database itself
     * would only empty is emptied: the row may be a person or a page.
     */
    private boolean isWholeRow(TableShape shape, Column column, ForeignKey key) {
        return isNeeded(shape, column)
                || key.onDelete().equals("CASCADE")
                || (!key.emptiesItself() && isJoining(shape, column));
    }

    private static boolean isNeeded(TableShape shape, Column column) {
        return !column.is(Trait.NULLABLE)
                || shape.primaryKey().contains(column)
                || shape.primaryKey().isEmpty();
    }

    private boolean isJoining(TableShape shape, Column column) {
        List<ForeignKey> keys = schema.foreignKeysOf(shape.table());
        return keys.size() > 1
                && schema.foreignKeysTo(shape.table()).isEmpty()
                && shape.columns().stream()
                        .filter(other -> !shape.primaryKey().contains(other) && !other.equals(column))
                        .allMatch(other -> ORDER.matcher(other.name()).matches()
                                || keys.stream().anyMatch(key -> key.isOf(other.name())));
    }

    /** The table's name, unless another reference has it already. */
    private static String name(ForeignKey key, CatalogText text) {
        String table = key.table().toString();
        return text.unused(text.isUsed(table) ? table + "." + key.columns().get(0) : table);
    }

    private void owner(CatalogText text, TableShape shape, Column column, boolean wholeRow) {
        if (!wholeRow) {
            text.line("    owner: {label: %s, column: %s}"
                    .formatted(
                            CatalogText.quoted(shape.name()),
                            CatalogText.quoted(shape.keys().primary().get(0))));
            return;
        }
        schema.foreignKeysOf(shape.table()).stream()
                .filter(other -> other.columns().size() == 1 && !other.isOf(column.name()))
                .findFirst()
                .ifPresent(other -> text.line("    owner: {label: %s, column: %s}"
                        .formatted(
                                CatalogText.quoted(other.referenced().name()),
                                CatalogText.quoted(other.columns().get(0)))));
    }

    /** The schema of a table where it is another one than that of the asset table, in which all are looked for. */
    private Optional<String> otherSchema(TableName table, TableName assets) {
        return table.schema().equals(assets.schema())
                ? Optional.empty()
                : Optional.of(table.schema().orElseGet(schema::current));
    }

    private String othersThan(TableName missing) {
        List<TableName> tables = tablesBeside(missing);
        return tables.isEmpty()
                ? "it sees no tables in " + missing.schema().orElseGet(schema::current)
                        + "; name another schema with --asset-schema"
                : tables.stream()
                        .limit(30)
                        .map(TableName::toString)
                        .collect(Collectors.joining(", ", "tables here: ", ""));
    }

    /** The tables of others in the same schema. */
    private List<TableName> tablesBeside(TableName table) {
        return schema.tables(table.schema()).stream()
                .filter(other -> !OWN.matcher(other).matches())
                .map(other -> new TableName(table.schema(), other))
                .filter(other -> !other.isSame(table))
                .toList();
    }
}
