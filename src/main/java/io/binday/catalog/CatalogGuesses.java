package io.binday.catalog;

import io.binday.catalog.TableShape.Column;
import io.binday.catalog.TableShape.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Columns that look as if they named assets, though no foreign key says so; reads only. */
final class CatalogGuesses {

    private static final Pattern USES = Pattern.compile(
            "(?i).*(asset|file|image|img|media|attachment|avatar|thumbnail|logo|cover|photo|picture|icon|upload).*");
    private static final Pattern KINDS = Pattern.compile("(?i)(.+_)?(type|collection|kind|key)");
    private static final Pattern ITEMS = Pattern.compile("(?i)(.+_)?(id|item|value)");

    private final Dialect dialect;
    private final JdbcClient jdbc;
    private final TableShape assets;
    private final Column id;
    private final List<ForeignKey> known;

    /**
     * Guesses for an asset table.
     *
     * @param id its column with the asset ID
     * @param known the foreign keys to it, whose columns need no guess
     */
    CatalogGuesses(Dialect dialect, JdbcClient jdbc, TableShape assets, Column id, List<ForeignKey> known) {
        this.dialect = dialect;
        this.jdbc = jdbc;
        this.assets = assets;
        this.id = id;
        this.known = known;
    }

    /** Writes what the columns of a table suggest, commented out, with the reason. */
    void write(CatalogText text, TableShape shape) {
        for (Column column : shape.columns()) {
            boolean covered = known.stream()
                    .anyMatch(key ->
                            key.table().isSame(shape.table()) && key.columns().contains(column.name()));
            if (!covered) {
                guess(text, shape, column);
            }
        }
    }

    private void guess(CatalogText text, TableShape shape, Column column) {
        boolean document = column.type().equalsIgnoreCase("json");
        Optional<Column> kind = shape.columns().stream()
                .filter(other ->
                        !other.equals(column) && KINDS.matcher(other.name()).matches())
                .filter(other -> IdForm.of(other, dialect)
                        .filter(TextId.class::isInstance)
                        .isPresent())
                .findFirst();
        boolean pair = ITEMS.matcher(column.name()).matches()
                && kind.isPresent()
                && !shape.primaryKey().contains(column)
                && IdForm.of(column, dialect).isPresent();
        boolean named = USES.matcher(column.name()).matches()
                || column.name()
                        .toLowerCase(Locale.ROOT)
                        .startsWith(assets.name().toLowerCase(Locale.ROOT));
        boolean alike = sameKind(id, column) && !shape.primaryKey().equals(List.of(column));
        if (document) {
            text.reference(
                    shape,
                    column,
                    "json-remove",
                    "a JSON column; only if asset IDs stand in it, at these paths",
                    "paths: [\"$[*]\"]");
        } else if (pair) {
            text.reference(
                    shape,
                    column,
                    "delete-row",
                    "no foreign key, but beside it a column that may say which table it means",
                    "where: {" + CatalogText.quoted(kind.get().name()) + ": " + kinds(shape, kind.get()) + "}");
        } else if (named && alike) {
            text.reference(
                    shape,
                    column,
                    column.is(Trait.NULLABLE) ? "set-null" : "delete-row",
                    "no foreign key, but its name and type are like that of an asset ID",
                    "");
        }
    }

    private static boolean sameKind(Column id, Column column) {
        return id.type().replaceAll("[( ].*", "").equals(column.type().replaceAll("[( ].*", ""));
    }

    private String kinds(TableShape shape, Column kind) {
        List<String> values = jdbc.sql(
                        "SELECT DISTINCT t.v FROM (SELECT %s AS v FROM %s LIMIT %d) t WHERE t.v IS NOT NULL ORDER BY t.v LIMIT 8"
                                .formatted(kind.quoted(), shape.table().quoted(), CatalogDiscovery.SAMPLE))
                .query(String.class)
                .list();
        List<String> quoted = new ArrayList<>();
        values.forEach(value -> quoted.add(CatalogText.quoted(value)));
        return "[" + String.join(", ", quoted) + "]";
    }
}
