package io.binday.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Compares the catalog with the database it is meant for; reads only. */
@Component
public final class CatalogCheck {

    private static final String CAME_MEANWHILE =
            "; it came while the run was at work, so the database may have deleted rows of that table, or emptied them, with assets:"
                    + " they are in no trash, compare the table with a backup";

    private static final String INSTALL = "run: binday catalog install";

    private static final Pattern ANYTHING = Pattern.compile(".+");

    private final Catalog catalog;
    private final Dialect dialect;
    private final Schema schema;
    private final Privileges privileges;

    CatalogCheck(Catalog catalog, Dialect dialect, JdbcClient jdbc, JdbcTemplate template) {
        this.catalog = catalog;
        this.dialect = dialect;
        this.schema = Schema.of(dialect, jdbc);
        this.privileges = new Privileges(template, dialect);
    }

    /** Everything that keeps this user's runs from starting; empty when all is well. */
    public List<Finding> findings() {
        SourceCheck sources = sources();
        List<Finding> drift = drift(sources);
        return drift.isEmpty() ? privileges.findings(sources.bound()) : drift;
    }

    /** Where catalog, tables and mirrors do not agree, whatever this user may do. */
    public List<Finding> drift() {
        return drift(sources());
    }

    /**
     * Makes sure that a run of this user can do what the catalog says.
     *
     * @throws CatalogRefusedException with every finding, if there is any
     */
    public void requireReady() {
        List<Finding> findings = findings();
        if (!findings.isEmpty()) {
            throw new CatalogRefusedException(catalog, findings);
        }
    }

    /**
     * The catalog together with the tables it describes.
     *
     * @throws CatalogRefusedException with every finding, if there is any
     */
    public BoundCatalog bind() {
        return bind(UnaryOperator.identity());
    }

    /**
     * As {@link #bind}, for a run that has worked on these tables before.
     *
     * @throws CatalogRefusedException with every finding, if there is any
     */
    public BoundCatalog bindAgain() {
        return bind(finding -> finding.code().equals(Coverage.FOREIGN_KEY_NOT_COVERED)
                ? new Finding(finding.code(), finding.text(), finding.remedy() + CAME_MEANWHILE)
                : finding);
    }

    private BoundCatalog bind(UnaryOperator<Finding> told) {
        SourceCheck sources = sources();
        List<Finding> findings = drift(sources).stream().map(told).toList();
        if (!findings.isEmpty()) {
            throw new CatalogRefusedException(catalog, findings);
        }
        return sources.bound();
    }

    /**
     * Makes sure that what was planned, and is not approved yet, is what would be done: the catalog says the same of
     * what moves, and how.
     *
     * @param runId the run that was planned, for messages
     * @param planned {@link Catalog#moves} when the plan was made; empty when nobody knows
     * @throws CatalogRefusedException with everything that moves otherwise now
     */
    public void requireAsPlanned(long runId, Map<String, String> planned) {
        Set<String> names = new TreeSet<>(planned.keySet());
        names.addAll(planned.isEmpty() ? Set.of() : catalog.moves().keySet());
        requireSameMoves(runId, planned, names);
    }

    /**
     * The same for what is approved. What was added to the catalog since, or left out of it, may be what lets the run go on; but what
     * has references to these assets must not be forgotten.
     *
     * @param runId the run that was planned, for messages
     * @param planned {@link Catalog#moves} when the plan was made; empty when nobody knows
     * @param used the names of the references that the plan has counted any of
     * @throws CatalogRefusedException with everything that is in both and moves otherwise now, or was left out and is used
     */
    public void requireAsBegun(long runId, Map<String, String> planned, Set<String> used) {
        Set<String> names = new TreeSet<>(planned.keySet());
        names.removeIf(name -> !catalog.moves().containsKey(name) && !used.contains(name));
        requireSameMoves(runId, planned, names);
    }

    private void requireSameMoves(long runId, Map<String, String> planned, Set<String> names) {
        Map<String, String> now = catalog.moves();
        List<Finding> findings = names.stream()
                .filter(name -> !Objects.equals(planned.get(name), now.get(name)))
                .map(name -> new Finding(
                        "CATALOG_CHANGED",
                        "%s was %s, and now it is %s"
                                .formatted(
                                        name,
                                        planned.getOrDefault(name, "not in the catalog"),
                                        now.getOrDefault(name, "not in the catalog")),
                        "let the catalog be as it was for this run, or plan again, and give this one up: binday run abandon "
                                + runId))
                .toList();
        if (!findings.isEmpty()) {
            throw CatalogRefusedException.ofPlan(catalog, findings);
        }
    }

    /** What asset IDs look like: as the catalog says, or as the column's type makes them. */
    public Pattern idPattern() {
        return catalog.asset().idPattern().orElseGet(() -> sources().idPattern().orElse(ANYTHING));
    }

    /** As {@link #bind()}, but the mirrors may still be missing or behind, and rights on them too. */
    BoundCatalog bindSources() {
        SourceCheck sources = sources();
        if (!sources.findings().isEmpty()) {
            throw new CatalogRefusedException(catalog, sources.findings());
        }
        return sources.bound();
    }

    private SourceCheck sources() {
        return new SourceCheck(catalog, dialect, schema);
    }

    private List<Finding> drift(SourceCheck sources) {
        if (!sources.findings().isEmpty()) {
            return sources.findings();
        }
        BoundCatalog bound = sources.bound();
        List<Finding> findings = new ArrayList<>();
        if (schema.limitsRows()) {
            findings.add(new Finding(
                    "ROWS_LIMITED",
                    "the server has a sql_select_limit, so a run could leave out rows without a word",
                    "run: SET PERSIST sql_select_limit = DEFAULT, and take it out of the settings of the server"));
        }
        findings.addAll(mirrorFindings(bound.asset()));
        bound.references().forEach(use -> findings.addAll(mirrorFindings(use.table())));
        findings.addAll(forgottenMirrors(bound));
        return findings;
    }

    /** Snapshots that no reference of the catalog names would be left behind by a restore, and by a purge. */
    private List<Finding> forgottenMirrors(BoundCatalog bound) {
        Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        known.add(bound.asset().mirrorName());
        bound.references().forEach(use -> known.add(use.table().mirrorName()));
        return schema.tables().stream()
                .filter(table -> MovedTable.isMirror(table) && !known.contains(table) && schema.has(table, "1 = 1"))
                .map(table -> forgotten(table, bound.asset()))
                .toList();
    }

    private Finding forgotten(String mirror, MovedTable asset) {
        boolean ofAssets = schema.table(TableName.of(mirror))
                .filter(shape -> shape.column(Mirror.ROW).isEmpty())
                .isPresent();
        return ofAssets
                ? new Finding(
                        "MIRROR_UNKNOWN",
                        "the mirror " + mirror + " keeps assets, but the catalog has another asset table",
                        "if that table was renamed, and " + asset.mirror() + " is new and empty: DROP TABLE "
                                + asset.mirror() + ", and RENAME TABLE " + Dialect.quote(mirror) + " TO "
                                + asset.mirror())
                : new Finding(
                        "MIRROR_UNKNOWN",
                        "the mirror " + mirror
                                + " keeps what was detached, but no reference of the catalog has that name",
                        "give the reference its former name in the catalog; only if all of it may be lost: DROP TABLE "
                                + mirror);
    }

    private List<Finding> mirrorFindings(MovedTable table) {
        Optional<Mirror> mirror = Mirror.of(table, schema);
        if (mirror.isEmpty()) {
            return List.of(new Finding("MIRROR_MISSING", "the mirror " + table.mirror() + " does not exist", INSTALL));
        }
        List<Finding> findings = new ArrayList<>();
        if (!mirror.get().shape().transactional()) {
            findings.add(new Finding(
                    "NOT_TRANSACTIONAL",
                    "the mirror " + table.mirror() + " is not kept by InnoDB, so a move could tear",
                    "run: ALTER TABLE " + table.mirror() + " ENGINE = InnoDB"));
        }
        mirror.get().otherWay().ifPresent(findings::add);
        mirror.get().differences().stream()
                .map(difference -> new Finding(
                        "MIRROR_BEHIND", "the mirror " + table.mirror() + words(table, difference), INSTALL))
                .forEach(findings::add);
        return findings;
    }

    private static String words(MovedTable table, Mirror.Difference difference) {
        String column = difference.column().name();
        return switch (difference.gap()) {
            case MISSING -> " lacks column " + column;
            case OTHER_TYPE ->
                " has %s as %s, but %s has it as %s"
                        .formatted(
                                column,
                                difference.copy().orElseThrow().type(),
                                table.name(),
                                difference.column().type());
            case REFUSES_NULLS -> " has " + column + " NOT NULL, but " + table.name() + " may have nulls there";
            case LACKS_VALUES ->
                " has nothing in %s of some snapshots, but %s must have a value there".formatted(column, table.name());
            case FORGOTTEN -> " requires column " + column + ", which " + table.name() + " has no more";
        };
    }
}
