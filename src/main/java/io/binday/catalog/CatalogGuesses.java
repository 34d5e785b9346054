package io.binday.catalog;

import io.binday.catalog.TableShape.Column;
import io.binday.catalog.TableShape.Trait;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Columns that look as if they named assets, though no foreign key says so; reads only. */
final class CatalogGuesses {

    private static final Pattern USES = Pattern.compile(
            "(?i).*(asset|file|image|img|media|attachment|avatar|thumbnail|logo|cover|photo|picture|icon|upload).*");
    private static final Pattern KINDS = Pattern.compile("(?i)(.+_)?(type|collection|kind|key)");
    private static final Pattern ITEMS = Pattern.compile("(?i)(.+_)?(id|item|value)");

    /** What the ID of any row may be called. */
    private static final Pattern COMMON_ID = Pattern.compile("(u|uu|gu)?id");

    private static final Pattern ENDING = Pattern.compile("(?i)_?id$");
    /** A shorter part of a name says nothing. */
    private static final int SHORTEST_STEM = 4;
    /** So many values are shown. */
    private static final int VALUES = 8;

    private final Dialect dialect;
    private final JdbcClient jdbc;
    private final TableShape assets;
    private final Column id;

    /**
     * Guesses for an asset table.
     *
     * @param id its column with the asset ID
     */
    CatalogGuesses(Dialect dialect, JdbcClient jdbc, TableShape assets, Column id) {
        this.dialect = dialect;
        this.jdbc = jdbc;
        this.assets = assets;
        this.id = id;
    }

    /**
     * Writes what the columns of a table suggest, commented out, with the reason.
     *
     * @param keys the foreign keys of the table; what they say of a column needs no guess
     */
    void write(CatalogText text, TableShape shape, List<ForeignKey> keys) {
        shape.columns().stream()
                .filter(column -> keys.stream().noneMatch(key -> key.columns().contains(column.name())))
                .forEach(column -> guess(text, shape, column));
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
        boolean alike = sameKind(id, column) && !shape.primaryKey().equals(List.of(column));
        if (document) {
            text.reference(
                    shape,
                    column,
                    "json-remove",
                    "a JSON column; only if asset IDs stand in it, at these paths",
                    "paths: [\"$[*]\"]");
        } else if (alike && isNamedLikeAnAsset(column) && !(pair && isOf(kind.get(), column))) {
            text.reference(
                    shape,
                    column,
                    column.is(Trait.NULLABLE) ? "set-null" : "delete-row",
                    "no foreign key, but its name and type are like that of an asset ID",
                    "");
        } else if (pair) {
            text.reference(
                    shape,
                    column,
                    "delete-row",
                    "no foreign key, but beside it a column that may say which table it means",
                    "where: {" + CatalogText.quoted(kind.get().name()) + ": []}    # name the values that mean assets; "
                            + values(jdbc, shape, kind.get()));
        }
    }

    /** As {@code node_type} is of {@code node_id}: it says what that means, whatever it is called. */
    private static boolean isOf(Column kind, Column column) {
        String stem = ENDING.matcher(column.name()).replaceFirst("");
        return kind.name().toLowerCase(Locale.ROOT).startsWith(stem.toLowerCase(Locale.ROOT) + "_");
    }

    /**
     * By a word for files, by the name of the asset table or a part of it, or like the column of the asset ID itself, if that says
     * something.
     */
    private boolean isNamedLikeAnAsset(Column column) {
        String name = column.name().toLowerCase(Locale.ROOT);
        String table = assets.name().toLowerCase(Locale.ROOT);
        String stem = ENDING.matcher(name).replaceFirst("");
        return USES.matcher(name).matches()
                || name.startsWith(table)
                || (stem.length() >= SHORTEST_STEM && table.contains(stem))
                || (name.equals(id.name().toLowerCase(Locale.ROOT))
                        && !COMMON_ID.matcher(name).matches());
    }

    private static boolean sameKind(Column id, Column column) {
        return id.type().replaceAll("[( ].*", "").equals(column.type().replaceAll("[( ].*", ""));
    }

    /** What stands in a column of the first rows, for a comment. */
    static String values(JdbcClient jdbc, TableShape shape, Column column) {
        List<String> values = jdbc.sql(
                        "SELECT DISTINCT t.v FROM (SELECT LEFT(%s, 100) AS v FROM %s LIMIT %d) t WHERE t.v IS NOT NULL ORDER BY t.v LIMIT %d"
                                .formatted(
                                        column.quoted(), shape.table().quoted(), CatalogDiscovery.SAMPLE, VALUES + 1))
                .query(String.class)
                .list();
        return values.isEmpty()
                ? "there are none yet"
                : values.stream()
                        .limit(VALUES)
                        .map(CatalogText::quoted)
                        .collect(Collectors.joining(", ", "there are ", values.size() > VALUES ? " and more" : ""));
    }
}
