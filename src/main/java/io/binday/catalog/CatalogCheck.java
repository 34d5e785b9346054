package io.binday.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Compares the catalog with the database it is meant for; reads only. */
@Component
public final class CatalogCheck {

    private static final Pattern NUMERIC =
            Pattern.compile("(?i)((tiny|small|medium|big)?int|integer|decimal|numeric|double|float|real).*");

    private final Catalog catalog;
    private final Dialect dialect;
    private final Schema schema;

    CatalogCheck(Catalog catalog, Dialect dialect, JdbcClient jdbc) {
        this.catalog = catalog;
        this.dialect = dialect;
        this.schema = Schema.of(dialect, jdbc);
    }

    /** Everything that keeps a run from starting; empty when all is well. */
    public List<Finding> findings() {
        return allFindings(describe());
    }

    /**
     * The catalog together with the tables it describes.
     *
     * @throws CatalogRefusedException with every finding, if there is any
     */
    public BoundCatalog bind() {
        Description description = describe();
        List<Finding> findings = allFindings(description);
        if (!findings.isEmpty()) {
            throw new CatalogRefusedException(catalog, findings);
        }
        return description.bound();
    }

    private List<Finding> allFindings(Description description) {
        if (!description.findings.isEmpty()) {
            return description.findings;
        }
        List<Finding> findings =
                new ArrayList<>(mirrorFindings(description.bound().asset()));
        description.references.forEach(table -> findings.addAll(mirrorFindings(table)));
        return findings;
    }

    /** As {@link #bind()}, but the mirrors may still be missing or behind. */
    BoundCatalog bindSources() {
        Description description = describe();
        if (!description.findings.isEmpty()) {
            throw new CatalogRefusedException(catalog, description.findings);
        }
        return description.bound();
    }

    private Description describe() {
        Description description = new Description();
        description.asset = description.moved(
                catalog.asset().table(), catalog.asset().id(), catalog.asset().namedColumns());
        for (Reference reference : catalog.references()) {
            description
                    .moved(reference.table(), reference.asset(), reference.namedColumns())
                    .ifPresent(description.references::add);
            description.requireNothingBelow(reference);
        }
        description.requireParent();
        description.requireNumericBytes();
        description.requireEveryForeignKey();
        return description;
    }

    private List<Finding> mirrorFindings(MovedTable table) {
        String remedy = "run: binday catalog install";
        Optional<TableShape> mirror = schema.table(table.mirrorName());
        if (mirror.isEmpty()) {
            return List.of(new Finding("MIRROR_MISSING", "the mirror " + table.mirror() + " does not exist", remedy));
        }
        List<Finding> findings = new ArrayList<>();
        for (TableShape.Column column : table.moved()) {
            Optional<TableShape.Column> copy = mirror.get().column(column.name());
            if (copy.isEmpty()) {
                findings.add(new Finding(
                        "MIRROR_BEHIND", "the mirror " + table.mirror() + " lacks column " + column.name(), remedy));
            } else if (!copy.get().type().equals(column.type())) {
                findings.add(new Finding(
                        "MIRROR_BEHIND",
                        "the mirror %s has %s as %s, but %s has it as %s"
                                .formatted(
                                        table.mirror(),
                                        column.name(),
                                        copy.get().type(),
                                        table.name(),
                                        column.type()),
                        remedy));
            }
        }
        return findings;
    }

    /** What was found while looking at the sources. */
    private final class Description {

        private Optional<MovedTable> asset = Optional.empty();
        private final List<MovedTable> references = new ArrayList<>();
        private final List<Finding> findings = new ArrayList<>();

        BoundCatalog bound() {
            return new BoundCatalog(catalog, dialect, asset.orElseThrow(), references);
        }

        Optional<MovedTable> moved(String table, String assetColumn, List<String> named) {
            Optional<TableShape> shape = schema.table(table);
            if (shape.isEmpty()) {
                add(
                        "TABLE_MISSING",
                        "table " + table + " does not exist",
                        catalog.remedy() + ", or create a trial stack with: binday sample");
                return Optional.empty();
            }
            for (String column : named) {
                if (shape.get().column(column).isEmpty()) {
                    add("COLUMN_MISSING", "table " + table + " has no column " + column, catalog.remedy());
                }
            }
            if (!shape.get().transactional()) {
                add(
                        "NOT_TRANSACTIONAL",
                        "table " + table + " is not kept by InnoDB, so a move could tear",
                        "run: ALTER TABLE " + Dialect.quote(table) + " ENGINE = InnoDB");
            }
            Optional<TableShape.Column> column = shape.get().column(assetColumn);
            if (column.isPresent()
                    && table.equals(catalog.asset().table())
                    && !shape.get().isUnique(assetColumn)) {
                add(
                        "ID_NOT_UNIQUE",
                        "table " + table + " has no unique index on " + assetColumn + " alone, so it is no asset ID",
                        catalog.remedy());
            }
            if (column.isPresent() && !shape.get().isIndexed(assetColumn)) {
                add(
                        "INDEX_MISSING",
                        "table " + table + " has no index on " + assetColumn + ": every chunk would read it whole",
                        "run: CREATE INDEX %s ON %s (%s)"
                                .formatted(
                                        Dialect.quote(table + "_" + assetColumn),
                                        Dialect.quote(table),
                                        Dialect.quote(assetColumn)));
            }
            return column.map(found -> new MovedTable(shape.get(), found, dependencies(table)));
        }

        private List<Dependency> dependencies(String table) {
            return schema.dependenciesOf(table).stream()
                    .filter(dependency -> !dependency.pointsAt(catalog.asset().table()))
                    .toList();
        }

        void requireParent() {
            catalog.asset().parent().ifPresent(parent -> {
                Optional<TableShape> table = schema.table(parent.table());
                if (table.isEmpty()) {
                    add("TABLE_MISSING", "table " + parent.table() + " does not exist", catalog.remedy());
                } else if (table.get().column(parent.key()).isEmpty()) {
                    add(
                            "COLUMN_MISSING",
                            "table " + parent.table() + " has no column " + parent.key(),
                            catalog.remedy());
                }
            });
        }

        void requireNumericBytes() {
            catalog.asset()
                    .bytes()
                    .flatMap(name -> schema.table(catalog.asset().table()).flatMap(shape -> shape.column(name)))
                    .filter(column -> !NUMERIC.matcher(column.type()).matches())
                    .ifPresent(column -> add(
                            "COLUMN_NOT_NUMERIC",
                            "column %s of table %s should be a size in bytes but is %s"
                                    .formatted(column.name(), catalog.asset().table(), column.type()),
                            catalog.remedy()));
        }

        /** ON DELETE CASCADE from a table nobody described would destroy what nobody can restore. */
        void requireEveryForeignKey() {
            for (ForeignKey key : schema.foreignKeysTo(catalog.asset().table())) {
                if (!isCovered(key)) {
                    add(
                            "FOREIGN_KEY_NOT_COVERED",
                            describe(key),
                            "describe it under references in "
                                    + (Catalog.BUILT_IN.equals(catalog.source())
                                            ? "config/catalog.yml"
                                            : catalog.source()));
                }
            }
        }

        /** The catalog moves rows by one column; a key over another one would act on rows that nobody moves. */
        private boolean isCovered(ForeignKey key) {
            return key.referencedColumns().equalsIgnoreCase(catalog.asset().id())
                    && catalog.reference(key.table())
                            .filter(reference -> reference.asset().equalsIgnoreCase(key.columns()))
                            .isPresent();
        }

        void requireNothingBelow(Reference reference) {
            for (ForeignKey key : schema.foreignKeysTo(reference.table())) {
                add(
                        "FOREIGN_KEY_NOT_COVERED",
                        describe(key),
                        "Binday cannot detach rows that are referenced "
                                + "themselves; move the foreign key or leave this reference out");
            }
        }

        private String describe(ForeignKey key) {
            return "foreign key %s of table %s (%s) references %s (%s) ON DELETE %s and is not in the catalog"
                    .formatted(
                            key.name(),
                            key.table(),
                            key.columns(),
                            key.referenced(),
                            key.referencedColumns(),
                            key.onDelete());
        }

        private void add(String code, String text, String remedy) {
            findings.add(new Finding(code, text, remedy));
        }
    }
}
