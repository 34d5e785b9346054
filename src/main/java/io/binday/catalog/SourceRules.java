package io.binday.catalog;

import io.binday.catalog.Reference.Detach;
import io.binday.catalog.TableShape.Collation;
import io.binday.catalog.TableShape.Column;
import io.binday.catalog.TableShape.Trait;
import io.binday.catalog.TableShape.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a single table must be like for a part that the catalog gives it; notes what it is not. */
final class SourceRules {

    static final Pattern NUMERIC =
            Pattern.compile("(?i)((tiny|small|medium|big)?int|integer|decimal|numeric|double|float|real).*");
    /** The column that InnoDB takes for its own in a table with a full-text index. */
    private static final String DOCUMENT_NUMBER = "FTS_DOC_ID";

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

    private final Catalog catalog;
    private final Schema schema;
    private final List<Finding> findings = new ArrayList<>();

    SourceRules(Catalog catalog, Schema schema) {
        this.catalog = catalog;
        this.schema = schema;
    }

    List<Finding> findings() {
        return findings;
    }

    /** It could come back with one of them only, while the other one is in the trash. */
    void requireOneAsset(TableShape shape, String column, TableName assets) {
        schema.foreignKeysOf(shape.table()).stream()
                .filter(key -> key.referenced().isSame(assets) && !key.isOf(column))
                .forEach(key -> add(
                        "ROW_OF_TWO_ASSETS",
                        key + ", so its rows, which move as a whole, name two assets",
                        "use set-null for all of them, or drop the foreign key"));
    }

    /** Otherwise the rows of another asset would be taken, or some left behind. */
    void requireSameCollation(TableShape shape, Column column, Column asset) {
        requireSameCollation(shape, column, asset, "asset IDs");
    }

    /**
     * The same for any column that is compared with another one.
     *
     * @param meaning what the other one is
     */
    void requireSameCollation(TableShape shape, Column column, Column other, String meaning) {
        if (column.collation().isPresent()
                && other.collation().isPresent()
                && !column.collation().equals(other.collation())) {
            Collation is = column.collation().get();
            Collation should = other.collation().get();
            add(
                    "COLLATION_DIFFERS",
                    "column %s of table %s compares as %s, but %s as %s"
                            .formatted(column.name(), shape.table(), is.name(), meaning, should.name()),
                    remedy(shape, column, is, should));
        }
    }

    /** A command only where no character can be lost by it. */
    private String remedy(TableShape shape, Column column, Collation is, Collation should) {
        if (!should.holds(is)) {
            return "let both compare alike; %s may have characters that %s does not, so %s is the one to keep"
                    .formatted(is.characterSet(), should.characterSet(), is.name());
        }
        return schema.definition(shape.table(), column, should)
                .map(text -> "run: ALTER TABLE %s MODIFY %s %s"
                        .formatted(shape.table().quoted(), column.quoted(), text))
                .orElse("let both compare as " + should.name());
    }

    /** A foreign key to a column that changes would carry the change on. */
    void requireNobodyFollows(TableShape shape, Column column) {
        schema.foreignKeysTo(shape.table()).stream()
                .filter(key -> key.key().stream().anyMatch(column.name()::equalsIgnoreCase))
                .forEach(key ->
                        add("COLUMN_REFERENCED", key + ", and that column would be changed", "drop the foreign key"));
    }

    /** MySQL would fail at each comparison of a number with a text that is none, or of a text with characters that it cannot have. */
    void requireFittingValues(TableShape shape, Where where) {
        where.values()
                .forEach((name, values) -> shape.column(name)
                        .ifPresent(column -> values.forEach(value -> requireFitting(shape, column, value))));
    }

    private void requireFitting(TableShape shape, Column column, String value) {
        if (NUMERIC.matcher(column.type()).matches() && !NUMBER.matcher(value).matches()) {
            add(
                    "VALUE_NOT_NUMERIC",
                    "column %s of table %s is %s and cannot be '%s'"
                            .formatted(column.name(), shape.table(), column.type(), value),
                    "write a number (1 for true, 0 for false); " + catalog.remedy());
        }
        column.collation()
                .filter(collation -> !schema.holds(collation.characterSet(), value))
                .ifPresent(collation -> add(
                        "VALUE_NOT_POSSIBLE",
                        "column %s of table %s cannot be '%s', for %s has not all of its characters"
                                .formatted(column.name(), shape.table(), value, collation.characterSet()),
                        catalog.remedy()));
    }

    /** A condition on a column that is indexed will do: rows that a chunk reads are then few as well. */
    void requireIndex(TableShape shape, Site site) {
        boolean indexed = shape.keys().isIndexed(site.column())
                || site.where().columns().stream().anyMatch(shape.keys()::isIndexed);
        Optional<Column> column = shape.column(site.column());
        if (column.isPresent() && !indexed && shape.transactional()) {
            add(
                    "INDEX_MISSING",
                    "table %s has no index on %s: every chunk would read it whole"
                            .formatted(shape.table(), site.column()),
                    "run: ALTER TABLE %s ADD INDEX (%s)"
                            .formatted(shape.table().quoted(), column.get().indexed()));
        }
    }

    void requireKey(TableShape shape, Column column) {
        if (shape.primaryKey().isEmpty()) {
            add(
                    "KEY_MISSING",
                    "table " + shape.table() + " has no primary key, so nobody could find the row again",
                    "give it one, or use detach: delete-row");
        } else if (shape.primaryKey().contains(column)) {
            add(
                    "COLUMN_NOT_NULLABLE",
                    "column %s of table %s is in its primary key".formatted(column.name(), shape.table()),
                    "use detach: delete-row");
        }
    }

    /** The mirror has columns of its own; and the driver takes a backslash before the end of a quoted name for part of what is quoted. */
    void requireUsableNames(TableShape shape) {
        if (shape.name().endsWith("\\")) {
            add(
                    "NAME_NOT_USABLE",
                    "the name of table " + shape.table() + " ends with a backslash, which the driver misreads",
                    "rename it, or leave it out of the catalog");
        }
        for (Column column : shape.columns()) {
            if (MovedTable.OWN.stream().anyMatch(column.name()::equalsIgnoreCase)) {
                add(
                        "COLUMN_NAMED_AS_OURS",
                        "column %s of table %s has a name that is kept for columns of mirrors"
                                .formatted(column.name(), shape.table()),
                        "rename it, or leave this table out of the catalog");
            }
            if (column.name().endsWith("\\")) {
                add(
                        "NAME_NOT_USABLE",
                        "the name of column %s of table %s ends with a backslash, which the driver misreads"
                                .formatted(column.name(), shape.table()),
                        "rename it, or leave this table out of the catalog");
            }
        }
    }

    /** InnoDB takes no number of a document twice, not even that of a row that has gone. */
    void requireNoDocumentNumber(TableShape shape) {
        shape.column(DOCUMENT_NUMBER)
                .filter(column -> column.name().equals(DOCUMENT_NUMBER))
                .ifPresent(
                        column -> add(
                                "DOCUMENT_NUMBER",
                                "column %s of table %s numbers the rows of a full-text index, and no number is taken twice, so its rows could not come back"
                                        .formatted(column.name(), shape.table()),
                                "drop the column (the server then keeps the numbers by itself), or leave this table out of the catalog"));
    }

    /** A restore, or the removal of a reference from a row that stays, has the database compute it anew, in UTC. */
    void requireNothingComputedInAZone(TableShape shape) {
        if (shape.columns().stream().anyMatch(column -> column.is(Trait.GENERATED))) {
            schema.computedInAZone(shape.table())
                    .forEach(
                            column -> add(
                                    "COLUMN_OF_A_ZONE",
                                    "column %s of table %s is computed in the time zone of whoever writes the row, and kept; a move would compute it anew in UTC"
                                            .formatted(column, shape.table()),
                                    "let it be computed when it is read (VIRTUAL in place of STORED, and in no index), or leave this table out of the catalog"));
        }
    }

    void requireNoTrigger(TableShape shape, Set<String> events) {
        for (Trigger trigger : shape.triggers()) {
            if (events.contains(trigger.event())) {
                add(
                        "TRIGGER",
                        "trigger %s of table %s acts on each %s, so a move would not be just a move"
                                .formatted(trigger.name(), shape.table(), trigger.event()),
                        "drop the trigger, or leave this table out of the catalog");
            }
        }
    }

    void requireType(TableShape shape, Optional<String> name, Pattern type, String code, String meaning) {
        name.flatMap(shape::column)
                .filter(column -> !type.matcher(column.type()).matches())
                .ifPresent(column -> add(
                        code,
                        "column %s of table %s should be %s but is %s"
                                .formatted(column.name(), shape.table(), meaning, column.type()),
                        catalog.remedy()));
    }

    /** A restore writes something of its own into these columns. */
    void requireNoForeignKey(TableShape shape, List<String> columns) {
        if (columns.isEmpty()) {
            return;
        }
        schema.foreignKeysOf(shape.table()).stream()
                .filter(key ->
                        key.columns().stream().anyMatch(name -> columns.stream().anyMatch(name::equalsIgnoreCase)))
                .forEach(key -> add(
                        "COLUMN_IS_KEY",
                        key + ", and a restore would write something of its own there",
                        "leave the column out of the catalog; it comes back as it was"));
    }

    /**
     * Rows that belong to other rows go and come with those, so they cannot be those of two references where the database lets them be
     * only while both are there.
     */
    void requireRowsOfOne(Reference below, TableShape shape) {
        List<ForeignKey> keys = schema.foreignKeysOf(shape.table());
        catalog.references().stream()
                .filter(other -> other.detach() == Detach.DELETE_ROW
                        && !other.equals(below)
                        && (other.under().isEmpty() || below.name().compareTo(other.name()) < 0)
                        && other.table().isSame(below.table())
                        && !other.site().where().excludes(below.site().where())
                        && keys.stream()
                                .anyMatch(key -> isOwner(key.referenced(), below) || isOwner(key.referenced(), other)))
                .forEach(other -> add(
                        "ROW_OF_TWO_ROWS",
                        "the rows of table %s, which move as a whole, are those of two references, %s and %s, and would come back with one of them only"
                                .formatted(shape.table(), below.name(), other.name()),
                        "leave one of them out (and drop its foreign key), or give them values of where that no row has at once; "
                                + catalog.remedy()));
    }

    private boolean isOwner(TableName table, Reference reference) {
        TableName owner = catalog.references().stream()
                .filter(above -> reference
                        .under()
                        .filter(under -> under.reference().equals(above.name()))
                        .isPresent())
                .map(Reference::table)
                .findFirst()
                .orElse(catalog.asset().table());
        return table.name().equalsIgnoreCase(owner.name());
    }

    void add(String code, String text, String remedy) {
        Finding finding = new Finding(code, text, remedy);
        if (!findings.contains(finding)) {
            findings.add(finding);
        }
    }
}
