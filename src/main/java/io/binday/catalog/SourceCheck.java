package io.binday.catalog;

import io.binday.catalog.BoundCatalog.Use;
import io.binday.catalog.Reference.Detach;
import io.binday.catalog.Reference.Under;
import io.binday.catalog.TableShape.Column;
import io.binday.catalog.TableShape.Trait;
import io.binday.catalog.TableShape.Trigger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Looks at the CMS's tables once: what the catalog says of them, and whether it is true. */
final class SourceCheck {

    private static final Pattern NUMERIC =
            Pattern.compile("(?i)((tiny|small|medium|big)?int|integer|decimal|numeric|double|float|real).*");
    private static final Pattern TEXT = Pattern.compile("(?i)((var)?char|character|(tiny|medium|long)?text).*");
    private static final Pattern DOCUMENT = Pattern.compile("(?i)(json|(var)?char|(tiny|medium|long)?text).*");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    private static final Pattern PLAIN_KEY =
            Pattern.compile("(?i)((tiny|small|medium|big)?int|integer|(var)?char|(var)?binary).*");
    private static final Set<String> MOVING = Set.of("INSERT", "DELETE");
    private static final Set<String> CHANGING = Set.of("UPDATE");

    private final Catalog catalog;
    private final Dialect dialect;
    private final Schema schema;
    private final String current;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Use> uses = new ArrayList<>();
    private Optional<MovedTable> asset = Optional.empty();

    SourceCheck(Catalog catalog, Dialect dialect, Schema schema) {
        this.catalog = catalog;
        this.dialect = dialect;
        this.schema = schema;
        this.current = schema.current();
        lookAtAsset();
        catalog.references().forEach(this::lookAt);
        requireEveryForeignKey();
    }

    List<Finding> findings() {
        return findings;
    }

    /** The catalog with its tables; only without findings. */
    BoundCatalog bound() {
        List<Use> inOrder = new ArrayList<>();
        uses.stream()
                .sorted(Comparator.comparing(use -> use.reference().detach()))
                .forEach(use -> place(use, inOrder, new HashSet<>()));
        return new BoundCatalog(catalog, dialect, asset.orElseThrow(), inOrder);
    }

    /** What asset IDs of the column's type look like; empty when it is none. */
    Optional<Pattern> idPattern() {
        return asset.map(table -> table.form().usualPattern());
    }

    /** After those whose rows its own rows need to come back. */
    private void place(Use use, List<Use> inOrder, Set<Use> waiting) {
        if (inOrder.contains(use) || !waiting.add(use)) {
            return;
        }
        for (Use other : uses) {
            boolean needed = use.table().dependencies().stream()
                    .anyMatch(key ->
                            key.referenced().isSame(other.table().source().table()));
            if (needed && other.reference().detach() == Detach.DELETE_ROW) {
                place(other, inOrder, waiting);
            }
        }
        inOrder.add(use);
    }

    private void lookAtAsset() {
        AssetTable described = catalog.asset();
        Optional<TableShape> found = source(
                described.table(), described.namedColumns(), described.site().where());
        found.ifPresent(shape -> {
            requireNoTrigger(shape, MOVING);
            shape.column(described.site().column()).ifPresent(id -> {
                if (!shape.keys().isUnique(id.name())) {
                    add(
                            "ID_NOT_UNIQUE",
                            "table %s has no unique index on %s alone, so it is no asset ID"
                                    .formatted(shape.table(), id.name()),
                            catalog.remedy());
                }
                requireIndex(shape, described.site());
                if (described.idPattern().isEmpty() && id.collation().isPresent()) {
                    add(
                            "ID_PATTERN_MISSING",
                            "column %s of table %s is text, so the catalog must say what asset IDs look like"
                                    .formatted(id.name(), shape.table()),
                            "give asset.id-pattern in " + catalog.file());
                }
                asset = form(shape, id)
                        .map(form -> new MovedTable(
                                described.table().toString(),
                                shape,
                                described.site().where(),
                                id,
                                form,
                                shape.stored(),
                                dependencies(shape, id),
                                dialect));
            });
            requireType(shape, described.bytes(), NUMERIC, "COLUMN_NOT_NUMERIC", "a size in bytes");
            requireType(shape, described.revision().version(), NUMERIC, "COLUMN_NOT_NUMERIC", "a version number");
            requireType(shape, described.revision().updatedBy(), TEXT, "COLUMN_NOT_TEXT", "the name of a person");
        });
        described.parent().ifPresent(parent -> source(parent.table(), List.of(parent.key()), Where.ALL));
    }

    private void lookAt(Reference reference) {
        source(reference.table(), reference.namedColumns(), reference.site().where())
                .ifPresent(shape -> {
                    Optional<Column> column = shape.column(reference.site().column());
                    column.ifPresent(found -> {
                        if (reference.under().isPresent()) {
                            below(reference, reference.under().get(), shape);
                            return;
                        }
                        switch (reference.detach()) {
                            case DELETE_ROW -> wholeRow(reference, shape, found);
                            case SET_NULL -> emptied(reference, shape, found);
                            case JSON_REMOVE -> documents(reference, shape, found);
                        }
                    });
                });
    }

    private void wholeRow(Reference reference, TableShape shape, Column column) {
        requireNoTrigger(shape, MOVING);
        requireOneAsset(shape, column.name());
        requireSameCollation(shape, column);
        requireIndex(shape, reference.site());
        requireAllBelow(reference, shape);
        use(reference, shape, column, dependencies(shape, column));
    }

    /** Rows that are used themselves go with what uses them, or not at all. */
    private void requireAllBelow(Reference reference, TableShape shape) {
        for (ForeignKey key : schema.foreignKeysTo(shape.table())) {
            boolean declared = catalog.references().stream()
                    .filter(other -> other.under()
                            .filter(under -> under.reference().equals(reference.name())
                                    && key.key().size() == 1
                                    && key.key().get(0).equalsIgnoreCase(under.key()))
                            .isPresent())
                    .anyMatch(other -> normal(other.table()).isSame(key.table())
                            && other.site().where().equals(Where.ALL)
                            && key.isOf(other.site().column()));
            if (!declared) {
                add(
                        "FOREIGN_KEY_NOT_COVERED",
                        key + " and is not in the catalog",
                        "declare its rows with under: {reference: %s, …} in %s"
                                .formatted(reference.name(), catalog.file()));
            }
        }
    }

    /** It could come back with one of them only, while the other one is in the trash. */
    private void requireOneAsset(TableShape shape, String column) {
        TableName assets = normal(catalog.asset().table());
        schema.foreignKeysOf(shape.table()).stream()
                .filter(key -> key.referenced().isSame(assets) && !key.isOf(column))
                .forEach(key -> add(
                        "ROW_OF_TWO_ASSETS",
                        key + ", so its rows, which move as a whole, name two assets",
                        "use set-null for all of them, or drop the foreign key"));
    }

    /** Otherwise the rows of another asset would be taken, or some left behind. */
    private void requireSameCollation(TableShape shape, Column column) {
        asset.map(MovedTable::assetColumn)
                .filter(id -> id.collation().isPresent()
                        && column.collation().isPresent()
                        && !id.collation().equals(column.collation()))
                .ifPresent(id -> add(
                        "COLLATION_DIFFERS",
                        "column %s of table %s compares as %s, but asset IDs as %s"
                                .formatted(
                                        column.name(),
                                        shape.table(),
                                        column.collation()
                                                .map(TableShape.Collation::name)
                                                .orElse(""),
                                        id.collation()
                                                .map(TableShape.Collation::name)
                                                .orElse("")),
                        "run: ALTER TABLE %s MODIFY %s %s"
                                .formatted(
                                        shape.table().quoted(),
                                        column.quoted(),
                                        column.type().replaceAll(" CHARACTER SET.*", "")
                                                + id.type().replaceAll("^[^ ]*(?= CHARACTER SET)", "")
                                                + (column.is(Trait.NULLABLE) ? "" : " NOT NULL"))));
    }

    /** A foreign key to a column that changes would carry the change on. */
    private void requireNobodyFollows(TableShape shape, Column column) {
        schema.foreignKeysTo(shape.table()).stream()
                .filter(key -> key.key().stream().anyMatch(column.name()::equalsIgnoreCase))
                .forEach(key ->
                        add("COLUMN_REFERENCED", key + ", and that column would be changed", "drop the foreign key"));
    }

    private void below(Reference reference, Under under, TableShape shape) {
        requireNoTrigger(shape, MOVING);
        requireOneAsset(shape, "");
        requireIndex(shape, reference.site());
        requireAllBelow(reference, shape);
        uses.stream()
                .filter(use -> use.name().equals(under.reference()))
                .findFirst()
                .ifPresent(above -> {
                    TableShape aboveShape = above.table().source();
                    if (aboveShape.column(under.key()).isEmpty()) {
                        add(
                                "COLUMN_MISSING",
                                "table " + aboveShape.table() + " has no column " + under.key(),
                                catalog.remedy());
                    }
                    if (!aboveShape.keys().isUnique(under.key())) {
                        add(
                                "KEY_NOT_UNIQUE",
                                "table %s has no unique index on %s alone, so rows of %s belong to no single one"
                                        .formatted(aboveShape.table(), under.key(), shape.table()),
                                catalog.remedy());
                    }
                    Column id = above.table().assetColumn();
                    Column copy = new Column(MovedTable.ASSET, id.type(), id.collation());
                    List<ForeignKey> others = schema.foreignKeysOf(shape.table()).stream()
                            .filter(key -> !(key.isOf(reference.site().column())
                                    && key.referenced().isSame(aboveShape.table())))
                            .toList();
                    uses.add(new Use(
                            reference,
                            new MovedTable(
                                    reference.name(),
                                    shape,
                                    reference.site().where(),
                                    copy,
                                    above.table().form(),
                                    MovedTable.movedBelow(shape, copy),
                                    others,
                                    dialect)));
                });
    }

    private void emptied(Reference reference, TableShape shape, Column column) {
        requireNoTrigger(shape, CHANGING);
        requireSameCollation(shape, column);
        requireNobodyFollows(shape, column);
        requireIndex(shape, reference.site());
        requireKey(shape, column);
        if (!column.is(Trait.NULLABLE)) {
            add(
                    "COLUMN_NOT_NULLABLE",
                    "column %s of table %s cannot be emptied by set-null, because it is NOT NULL"
                            .formatted(column.name(), shape.table()),
                    "use detach: delete-row, or let the column be NULL");
        }
        use(reference, shape, column, List.of(itself(shape)));
    }

    private void documents(Reference reference, TableShape shape, Column column) {
        requireNoTrigger(shape, CHANGING);
        requireNobodyFollows(shape, column);
        requireKey(shape, column);
        for (Column key : shape.primaryKey()) {
            if (!PLAIN_KEY.matcher(key.type()).matches()) {
                add(
                        "KEY_TYPE",
                        "column %s of the primary key of table %s is %s"
                                .formatted(key.name(), shape.table(), key.type()),
                        "json-remove needs a key of whole numbers, texts or bytes");
            }
        }
        if (dialect != Dialect.MYSQL) {
            add("JSON_NEEDS_MYSQL", "json-remove of table " + shape.table() + " needs MySQL", "use MySQL");
        }
        if (!DOCUMENT.matcher(column.type()).matches()) {
            add(
                    "COLUMN_NO_DOCUMENT",
                    "column %s of table %s should hold JSON but is %s"
                            .formatted(column.name(), shape.table(), column.type()),
                    catalog.remedy());
        }
        asset.ifPresent(moved -> {
            Column id = moved.assetColumn();
            Column copy = new Column(MovedTable.ASSET, id.type(), id.collation());
            use(reference, shape, copy, List.of(itself(shape)));
        });
    }

    private void use(Reference reference, TableShape shape, Column column, List<ForeignKey> dependencies) {
        form(shape, column)
                .map(form -> new MovedTable(
                        reference.name(),
                        shape,
                        reference.site().where(),
                        column,
                        form,
                        MovedTable.moved(reference.detach(), shape, column),
                        dependencies,
                        dialect))
                .ifPresent(moved -> uses.add(new Use(reference, moved)));
    }

    /** A snapshot of a part of a row needs the rest of the row. */
    private static ForeignKey itself(TableShape shape) {
        List<String> key = shape.keys().primary();
        return new ForeignKey("", shape.table(), key, shape.table(), key, "");
    }

    /** MySQL would fail at each comparison of a number with a text that is none. */
    private void requireFittingValues(TableShape shape, Where where) {
        where.values()
                .forEach((name, values) -> shape.column(name)
                        .filter(column -> NUMERIC.matcher(column.type()).matches())
                        .ifPresent(column -> values.stream()
                                .filter(value -> !NUMBER.matcher(value).matches())
                                .forEach(value -> add(
                                        "VALUE_NOT_NUMERIC",
                                        "column %s of table %s is %s and cannot be '%s'"
                                                .formatted(name, shape.table(), column.type(), value),
                                        "write a number (1 for true, 0 for false); " + catalog.remedy()))));
    }

    private Optional<TableShape> source(TableName table, List<String> named, Where where) {
        Optional<TableShape> shape = schema.table(normal(table));
        if (shape.isEmpty()) {
            add(
                    "TABLE_MISSING",
                    "table " + table + " does not exist, or this user may not see it",
                    catalog.remedy() + ", or create a trial stack with: binday sample");
            return Optional.empty();
        }
        for (String column : named) {
            Optional<Column> found = shape.get().column(column);
            if (found.isEmpty()) {
                add("COLUMN_MISSING", "table " + table + " has no column " + column, catalog.remedy());
            } else if (found.get().is(Trait.GENERATED)) {
                add(
                        "COLUMN_GENERATED",
                        "column " + column + " of table " + table + " is generated, so the trash does not have it",
                        "name a column that is stored, or leave it out; " + catalog.remedy());
            }
        }
        requireFittingValues(shape.get(), where);
        if (!shape.get().transactional()) {
            add(
                    "NOT_TRANSACTIONAL",
                    "table " + table + " is not kept by InnoDB, so a move could tear",
                    "run: ALTER TABLE " + table.quoted() + " ENGINE = InnoDB");
        }
        return shape;
    }

    /** The current schema needs no name. */
    private TableName normal(TableName table) {
        return table.schema().filter(current::equals).isPresent() ? TableName.of(table.name()) : table;
    }

    private Optional<IdForm> form(TableShape shape, Column column) {
        Optional<IdForm> form = IdForm.of(column, dialect);
        if (form.isEmpty() || column.is(Trait.GENERATED)) {
            add(
                    "ID_TYPE",
                    "column %s of table %s is %s%s, which is no type of an asset ID"
                            .formatted(
                                    column.name(),
                                    shape.table(),
                                    column.is(Trait.GENERATED) ? "generated " : "",
                                    column.type()),
                    "asset IDs are whole numbers, CHAR, VARCHAR or BINARY(16); " + catalog.remedy());
            return Optional.empty();
        }
        return form;
    }

    /** What rows of a table need to come back, besides the asset that a column names. */
    private List<ForeignKey> dependencies(TableShape shape, Column column) {
        TableName assets = normal(catalog.asset().table());
        return schema.foreignKeysOf(shape.table()).stream()
                .filter(key -> !(key.isOf(column.name()) && key.referenced().isSame(assets)))
                .filter(key -> key.columns().stream()
                        .noneMatch(name -> shape.column(name)
                                .filter(part -> part.is(Trait.GENERATED))
                                .isPresent()))
                .toList();
    }

    /** A condition on a column that is indexed will do: rows that a chunk reads are then few as well. */
    private void requireIndex(TableShape shape, Site site) {
        boolean indexed = shape.keys().isIndexed(site.column())
                || site.where().columns().stream().anyMatch(shape.keys()::isIndexed);
        Optional<Column> column = shape.column(site.column());
        if (column.isPresent() && !indexed) {
            add(
                    "INDEX_MISSING",
                    "table %s has no index on %s: every chunk would read it whole"
                            .formatted(shape.table(), site.column()),
                    "run: CREATE INDEX %s ON %s (%s)"
                            .formatted(
                                    Dialect.quote(shape.name() + "_" + site.column()),
                                    shape.table().quoted(),
                                    column.get().indexed()));
        }
    }

    private void requireKey(TableShape shape, Column column) {
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

    private void requireNoTrigger(TableShape shape, Set<String> events) {
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

    private void requireType(TableShape shape, Optional<String> name, Pattern type, String code, String meaning) {
        name.flatMap(shape::column)
                .filter(column -> !type.matcher(column.type()).matches())
                .ifPresent(column -> add(
                        code,
                        "column %s of table %s should be %s but is %s"
                                .formatted(column.name(), shape.table(), meaning, column.type()),
                        catalog.remedy()));
    }

    /** ON DELETE CASCADE from a table nobody described would destroy what nobody can restore. */
    private void requireEveryForeignKey() {
        for (ForeignKey key : schema.foreignKeysTo(normal(catalog.asset().table()))) {
            if (!isCovered(key)) {
                add(
                        "FOREIGN_KEY_NOT_COVERED",
                        key + " and is not in the catalog",
                        key.table().isSame(normal(catalog.asset().table()))
                                ? "assets that point at assets cannot be moved; drop the foreign key"
                                : "describe it under references in " + catalog.file());
            }
        }
    }

    /** The catalog moves rows by one column; a key over another one would act on rows that nobody moves. */
    private boolean isCovered(ForeignKey key) {
        return key.key().size() == 1
                && key.key().get(0).equalsIgnoreCase(catalog.asset().site().column())
                && catalog.references().stream()
                        .anyMatch(reference -> reference.detach() != Detach.JSON_REMOVE
                                && reference.under().isEmpty()
                                && reference.site().where().equals(Where.ALL)
                                && normal(reference.table()).isSame(key.table())
                                && key.isOf(reference.site().column()));
    }

    private void add(String code, String text, String remedy) {
        Finding finding = new Finding(code, text, remedy);
        if (!findings.contains(finding)) {
            findings.add(finding);
        }
    }
}
