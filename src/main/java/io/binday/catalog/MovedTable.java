package io.binday.catalog;

import io.binday.catalog.Reference.Detach;
import io.binday.catalog.TableShape.Collation;
import io.binday.catalog.TableShape.Column;
import io.binday.catalog.TableShape.Trait;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * A table of the CMS whose rows, or parts of them, move to a mirror and back, as the database has it right now.
 *
 * @param name what it is called in counts and messages; the mirror is named after it
 * @param source the table as the database has it
 * @param where which of its rows are meant
 * @param assetColumn the mirror's column with the asset ID; the source's too, unless its IDs stand in documents
 * @param form how that column keeps asset IDs
 * @param moved the columns of the mirror, without its own key
 * @param dependencies what a snapshot needs to come back, besides the asset
 * @param whole whether rows move, and not only parts of rows that stay
 */
public record MovedTable(
        String name,
        TableShape source,
        Where where,
        Column assetColumn,
        IdForm form,
        List<Column> moved,
        List<ForeignKey> dependencies,
        Dialect dialect,
        boolean whole) {

    /** The mirror's column with the asset ID, where the source has none: in a document, or in the row above. */
    public static final String ASSET = "binday_asset";
    /** The mirror's column with the key of the snapshot of the row above. */
    public static final String ABOVE = "binday_above";
    /** The mirror's column with the place in the document. */
    public static final String DOCUMENT_PATH = "binday_path";
    /** The mirror's column with what was taken out of the document. */
    public static final String DOCUMENT_CUT = "binday_cut";

    /** The mirror's column with what stood around it, by which the place is known again. */
    public static final String DOCUMENT_AROUND = "binday_around";

    /** All names that a mirror may have beside those of its source. */
    static final List<String> OWN = List.of(ASSET, ABOVE, DOCUMENT_PATH, DOCUMENT_CUT, DOCUMENT_AROUND, Mirror.ROW);

    private static final String PREFIX = "binday_trash_";
    private static final int LONGEST_NAME = 64;
    private static final Collation EXACT = new Collation("utf8mb4", "utf8mb4_bin");

    public MovedTable {
        moved = List.copyOf(moved);
        dependencies = List.copyOf(dependencies);
    }

    /** What the mirror of a reference keeps, by what detaching does. */
    static List<Column> moved(Detach detach, TableShape source, Column assetColumn) {
        return switch (detach) {
            case DELETE_ROW -> source.stored();
            case SET_NULL ->
                Stream.concat(source.primaryKey().stream(), Stream.of(assetColumn))
                        .toList();
            case JSON_REMOVE -> {
                List<Column> columns = new ArrayList<>(source.primaryKey());
                columns.add(assetColumn);
                columns.add(text(DOCUMENT_PATH, "varchar(1000)"));
                columns.add(text(DOCUMENT_CUT, "longtext"));
                columns.add(text(DOCUMENT_AROUND, "longtext"));
                yield columns;
            }
        };
    }

    /** The mirror's own column for the asset ID, like the column that it is taken from. */
    static Column copyOf(Column id) {
        return new Column(ASSET, id.type(), id.collation());
    }

    /** What the mirror keeps of rows that belong to rows of another reference. */
    static List<Column> movedBelow(TableShape source, Column assetColumn) {
        List<Column> columns = new ArrayList<>(source.stored());
        columns.add(assetColumn);
        columns.add(new Column(ABOVE, "bigint", Optional.empty()));
        return columns;
    }

    /** The columns of the source that the mirror has too. */
    public List<Column> kept() {
        return moved.stream()
                .filter(column -> source.columns().contains(column))
                .toList();
    }

    private static Column text(String name, String type) {
        String full = type + " CHARACTER SET " + EXACT.characterSet() + " COLLATE " + EXACT.name();
        return new Column(name, full, Optional.of(EXACT));
    }

    /** The source, quoted. */
    public String table() {
        return source.table().quoted();
    }

    /** The mirror, quoted. */
    public String mirror() {
        return Dialect.quote(mirrorName());
    }

    /** The asset ID column, quoted. */
    public String asset() {
        return assetColumn.quoted();
    }

    /** The columns that move, quoted and separated by commas. */
    public String columns() {
        return moved.stream().map(Column::quoted).collect(Collectors.joining(", "));
    }

    /** What to select for {@link #kept()} of an alias such as {@code "c."}. */
    public String selected(String alias) {
        return kept().stream().map(column -> alias + column.quoted()).collect(Collectors.joining(", "));
    }

    /**
     * A condition {@code  AND …} that always holds, and makes the statement fail when the source has other than the columns
     * it had: one that was added while a run is working would be dropped. Empty where only the dictionary can tell, see
     * {@link #mayDropColumns()}.
     */
    public String asBefore() {
        return isSelectedWhole()
                ? " AND NOT EXISTS (SELECT 1 FROM (SELECT * FROM %s LIMIT 0) AS binday_shape (%s))"
                        .formatted(
                                table(),
                                source.columns().stream().map(Column::quoted).collect(Collectors.joining(", ")))
                : "";
    }

    /** Whether a column added while a run is working would be dropped: rows move as a whole, but by the names of their columns. */
    public boolean mayDropColumns() {
        return kept().equals(source.stored()) && !isSelectedWhole();
    }

    private boolean isSelectedWhole() {
        return kept().equals(source.columns())
                && source.columns().stream()
                        .noneMatch(column -> column.is(Trait.INVISIBLE) || column.is(Trait.GENERATED));
    }

    /** The primary key of the source, whose rows stay when only a part of them is detached. */
    public List<Column> key() {
        return source.primaryKey();
    }

    /** The columns of each unique index whose columns all move, so that a place they name can be looked for. */
    public List<List<String>> uniqueKeys() {
        return source.keys().unique().stream()
                .filter(columns -> columns.stream()
                        .allMatch(name ->
                                moved.stream().anyMatch(column -> column.name().equalsIgnoreCase(name))))
                .map(columns -> columns.stream().map(Dialect::quote).toList())
                .toList();
    }

    /** Assignments of columns of the source to themselves, without which the database would set them at each change. */
    public String unchanged(String prefix) {
        return source.columns().stream()
                .filter(column -> column.is(Trait.AUTO_UPDATED))
                .map(column -> ", " + prefix + column.quoted() + " = " + prefix + column.quoted())
                .collect(Collectors.joining());
    }

    /** The condition that a row, or a snapshot of a part of one, has the key of the arguments. */
    public String thatRow() {
        return key().stream().map(column -> column.quoted() + " = ?").collect(Collectors.joining(" AND "));
    }

    /** The condition that two aliases mean the same row of the source. */
    public String sameRow(String one, String other) {
        return key().stream()
                .map(column -> one + "." + column.quoted() + " = " + other + "." + column.quoted())
                .collect(Collectors.joining(" AND "));
    }

    /** The condition {@code  AND …} on rows of the source; empty when all of them are meant. */
    public String filter(String alias) {
        return where.condition(dialect, alias);
    }

    /**
     * What a column of a snapshot ({@code m}) is given back as: as it was, but where the database would have emptied it
     * meanwhile, had the row been there.
     */
    public String restored(Column column) {
        String value = "m." + column.quoted();
        String needed = dependencies.stream()
                .filter(key -> key.emptiesItself() && key.columns().stream().anyMatch(column.name()::equalsIgnoreCase))
                .map(key -> key.satisfied("m"))
                .collect(Collectors.joining(" AND "));
        return needed.isEmpty() ? value : "CASE WHEN " + needed + " THEN " + value + " END";
    }

    /** The condition that a snapshot has everything without which it cannot come back. */
    public String present(String alias) {
        List<String> conditions = dependencies.stream()
                .filter(key -> !key.emptiesItself())
                .map(key -> key.satisfied(alias))
                .toList();
        return conditions.isEmpty() ? "1 = 1" : "(" + String.join(" AND ", conditions) + ")";
    }

    /** The expression that compares an asset ID of Binday's own tables as this column compares. */
    public String comparable(String expression) {
        return form.comparable(expression);
    }

    /** The asset ID of a row of an alias, as Binday's own tables have it. */
    public String assetText(String alias) {
        return form.text(alias + "." + asset());
    }

    /** The same, to be compared with an asset ID of Binday's own tables by their index, to the letter. */
    public String exactText(String alias) {
        return form.comparesAsOurs() ? assetText(alias) : dialect.exact(assetText(alias));
    }

    /** {@code binday_trash_<name>}; a name too long for the database is cut and given a checksum. */
    String mirrorName() {
        return mirrorName(name);
    }

    /** The index of the mirror by the asset, where the asset is not its primary key. */
    String mirrorIndex() {
        return Dialect.quote(mirrorName(name + "_asset"));
    }

    /**
     * The hint that snapshots of an alias of the mirror are found by their asset. The statistics of a mirror that has just been
     * filled, or emptied, would have the optimizer read all of it.
     */
    public String byAsset(String alias) {
        return "/*+ " + byAssetWithin(alias) + " */";
    }

    /** The same to stand in a hint that says more. */
    public String byAssetWithin(String alias) {
        return "INDEX(" + alias + " " + mirrorIndex() + ")";
    }

    /** Whether a table is named like a mirror. */
    static boolean isMirror(String table) {
        return table.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }

    static String mirrorName(String name) {
        String full = PREFIX + name;
        if (full.length() <= LONGEST_NAME) {
            return full;
        }
        CRC32 checksum = new CRC32();
        checksum.update(name.getBytes(StandardCharsets.UTF_8));
        return "%s_%08x".formatted(full.substring(0, LONGEST_NAME - 9), checksum.getValue());
    }
}
