package io.binday.catalog;

import io.binday.catalog.AssetTable.Parent;
import io.binday.catalog.BoundCatalog.Use;
import io.binday.catalog.Reference.Detach;
import io.binday.catalog.Reference.Under;
import io.binday.catalog.TableShape.Collation;
import io.binday.catalog.TableShape.Column;
import io.binday.catalog.TableShape.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Looks at the CMS's tables once: what the catalog says of them, and whether it is true. */
final class SourceCheck {

    private static final Pattern TEXT = Pattern.compile("(?i)((var)?char|character|(tiny|medium|long)?text).*");
    private static final Pattern READABLE = Pattern.compile("(?i)(?!bit|geom|point|line|poly|multi).*");
    private static final Pattern MOMENT =
            Pattern.compile("(?i)(timestamp|datetime|date|(tiny|small|medium|big)?int|integer).*");
    private static final Set<String> MOVING = Set.of("INSERT", "DELETE");
    private static final Set<String> CHANGING = Set.of("UPDATE");

    private final Catalog catalog;
    private final Dialect dialect;
    private final SourceRules rules;
    private final DocumentRules documents;
    private final Coverage coverage;
    private final SourceTables tables;
    private final List<Use> uses = new ArrayList<>();
    private Optional<MovedTable> asset = Optional.empty();

    SourceCheck(Catalog catalog, Dialect dialect, Schema schema) {
        this.catalog = catalog;
        this.dialect = dialect;
        this.rules = new SourceRules(catalog, schema);
        this.documents = new DocumentRules(catalog, rules);
        this.coverage = new Coverage(catalog, schema, rules);
        this.tables = new SourceTables(catalog, dialect, schema, rules, coverage);
        lookAtAsset();
        catalog.references().forEach(this::lookAt);
        coverage.requireAllOfAssets();
    }

    List<Finding> findings() {
        return rules.findings();
    }

    /** The catalog with its tables; only without findings. */
    BoundCatalog bound() {
        return new BoundCatalog(catalog, dialect, asset.orElseThrow(), new UseOrder(uses).uses());
    }

    /** What asset IDs of the column's type look like; empty when it is none. */
    Optional<Pattern> idPattern() {
        return asset.map(table -> table.form().usualPattern());
    }

    private void lookAtAsset() {
        AssetTable described = catalog.asset();
        Optional<TableShape> found = tables.source(
                described.table(), described.namedColumns(), described.site().where());
        found.ifPresent(shape -> {
            rules.requireNoTrigger(shape, MOVING);
            rules.requireNoDocumentNumber(shape);
            rules.requireNothingComputedInAZone(shape);
            shape.column(described.site().column()).ifPresent(id -> {
                if (!shape.keys().isUnique(id.name())) {
                    rules.add(
                            "ID_NOT_UNIQUE",
                            "table %s has no unique index on %s alone, so it is no asset ID"
                                    .formatted(shape.table(), id.name()),
                            catalog.remedy());
                }
                rules.requireIndex(shape, described.site());
                if (described.idPattern().isEmpty() && id.collation().isPresent()) {
                    rules.add(
                            "ID_PATTERN_MISSING",
                            "column %s of table %s is text, so the catalog must say what asset IDs look like"
                                    .formatted(id.name(), shape.table()),
                            "give asset.id-pattern in " + catalog.file());
                }
                asset = tables.form(shape, id)
                        .map(form -> new MovedTable(
                                described.table().toString(),
                                shape,
                                described.site().where(),
                                id,
                                form,
                                shape.stored(),
                                tables.dependencies(shape, id),
                                dialect,
                                true));
            });
            rules.requireType(shape, described.label(), READABLE, "COLUMN_NOT_TEXT", "something to read");
            rules.requireType(shape, described.bytes(), SourceRules.NUMERIC, "COLUMN_NOT_NUMERIC", "a size in bytes");
            rules.requireNoForeignKey(shape, described.revision().columns());
            rules.requireType(
                    shape,
                    described.revision().version(),
                    SourceRules.NUMERIC,
                    "COLUMN_NOT_NUMERIC",
                    "a version number");
            rules.requireType(shape, described.revision().updatedBy(), TEXT, "COLUMN_NOT_TEXT", "the name of a person");
            rules.requireType(
                    shape,
                    described.revision().updatedAt(),
                    MOMENT,
                    "COLUMN_NO_TIME",
                    "a time, or a whole number of seconds or milliseconds");
        });
        described.parent().ifPresent(parent -> lookAtParent(parent, found));
    }

    private void lookAtParent(Parent parent, Optional<TableShape> assets) {
        Optional<TableShape> parents = tables.source(parent.table(), List.of(parent.key()), Where.ALL);
        Optional<Column> key = parents.flatMap(shape -> shape.column(parent.key()));
        Optional<Column> named = assets.flatMap(shape -> shape.column(parent.column()));
        if (parents.isPresent() && key.isPresent() && named.isPresent()) {
            rules.requireSameCollation(
                    parents.get(),
                    key.get(),
                    named.get(),
                    "column " + named.get().name() + " of the assets");
        }
    }

    private void lookAt(Reference reference) {
        tables.source(
                        reference.table(),
                        reference.namedColumns(),
                        reference.site().where())
                .ifPresent(shape -> {
                    rules.requireNothingComputedInAZone(shape);
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
        rules.requireNoTrigger(shape, MOVING);
        rules.requireNoDocumentNumber(shape);
        rules.requireOneAsset(
                shape, column.name(), coverage.normal(catalog.asset().table()));
        asset.ifPresent(moved -> rules.requireSameCollation(shape, column, moved.assetColumn()));
        rules.requireIndex(shape, reference.site());
        coverage.requireAllBelow(reference, shape);
        use(reference, shape, column, tables.dependencies(shape, column));
    }

    private void below(Reference reference, Under under, TableShape shape) {
        rules.requireNoTrigger(shape, MOVING);
        rules.requireNoDocumentNumber(shape);
        rules.requireOneAsset(shape, "", coverage.normal(catalog.asset().table()));
        rules.requireRowsOfOne(reference, shape);
        rules.requireIndex(shape, reference.site());
        coverage.requireAllBelow(reference, shape);
        uses.stream()
                .filter(use -> use.name().equals(under.reference()))
                .map(Use::table)
                .findFirst()
                .ifPresent(above -> below(reference, under.key(), shape, above));
    }

    private void below(Reference reference, String key, TableShape shape, MovedTable above) {
        TableShape rows = above.source();
        tables.requireStored(rows, key);
        Optional<Column> pointing = shape.column(reference.site().column());
        Optional<Column> pointedAt = rows.column(key);
        if (pointing.isPresent() && pointedAt.isPresent() && haveOneCharacterSet(pointing.get(), pointedAt.get())) {
            rules.requireSameCollation(
                    shape, pointing.get(), pointedAt.get(), "column " + key + " of table " + rows.table());
        }
        if (!rows.keys().isUnique(key)) {
            rules.add(
                    "KEY_NOT_UNIQUE",
                    "table %s has no unique index on %s alone, so rows of %s belong to no single one"
                            .formatted(rows.table(), key, shape.table()),
                    catalog.remedy());
        }
        Column asset = MovedTable.copyOf(above.assetColumn());
        uses.add(new Use(
                reference,
                new MovedTable(
                        reference.name(),
                        shape,
                        reference.site().where(),
                        asset,
                        above.form(),
                        MovedTable.movedBelow(shape, asset),
                        tables.dependencies(shape, reference.site().column(), rows.table()),
                        dialect,
                        true)));
    }

    private static boolean haveOneCharacterSet(Column one, Column other) {
        return one.collation().isPresent()
                && one.collation()
                        .map(Collation::characterSet)
                        .equals(other.collation().map(Collation::characterSet));
    }

    private void emptied(Reference reference, TableShape shape, Column column) {
        rules.requireNoTrigger(shape, CHANGING);
        asset.ifPresent(moved -> rules.requireSameCollation(shape, column, moved.assetColumn()));
        rules.requireNobodyFollows(shape, column);
        rules.requireIndex(shape, reference.site());
        rules.requireKey(shape, column);
        if (!column.is(Trait.NULLABLE)) {
            rules.add(
                    "COLUMN_NOT_NULLABLE",
                    "column %s of table %s cannot be emptied by set-null, because it is NOT NULL"
                            .formatted(column.name(), shape.table()),
                    "use detach: delete-row, or let the column be NULL");
        }
        use(reference, shape, column, List.of(itself(shape)));
    }

    private void documents(Reference reference, TableShape shape, Column column) {
        rules.requireNoTrigger(shape, CHANGING);
        rules.requireNobodyFollows(shape, column);
        rules.requireKey(shape, column);
        documents.requirePlainKey(shape);
        if (dialect != Dialect.MYSQL) {
            rules.add("JSON_NEEDS_MYSQL", "json-remove of table " + shape.table() + " needs MySQL", "use MySQL");
        }
        documents.requireDocument(shape, column);
        documents.requireOneReference(reference, shape);
        asset.ifPresent(moved -> use(reference, shape, MovedTable.copyOf(moved.assetColumn()), List.of(itself(shape))));
    }

    private void use(Reference reference, TableShape shape, Column column, List<ForeignKey> dependencies) {
        tables.form(shape, column)
                .map(form -> new MovedTable(
                        reference.name(),
                        shape,
                        reference.site().where(),
                        column,
                        form,
                        MovedTable.moved(reference.detach(), shape, column),
                        dependencies,
                        dialect,
                        reference.detach() == Detach.DELETE_ROW))
                .ifPresent(moved -> uses.add(new Use(reference, moved)));
    }

    /** A snapshot of a part of a row needs the rest of the row. */
    private static ForeignKey itself(TableShape shape) {
        List<String> key = shape.keys().primary();
        return new ForeignKey("", shape.table(), key, shape.table(), key, "");
    }
}
