package io.binday.catalog;

import io.binday.catalog.AssetTable.Parent;
import io.binday.catalog.AssetTable.Revision;
import io.binday.catalog.Reference.Detach;
import io.binday.catalog.Reference.OnRestore;
import io.binday.catalog.Reference.Owner;
import io.binday.catalog.Reference.Under;
import io.binday.document.Problems;
import io.binday.document.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads {@code catalog.yml}. */
public final class CatalogFile {

    private static final AssetTable NOTHING = new AssetTable(
            new Site(TableName.of("?"), "?", Where.ALL),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Revision.NONE,
            Optional.empty());

    private CatalogFile() {}

    /**
     * Reads a catalog.
     *
     * @param name the file's name, for messages
     * @throws io.binday.document.InvalidDocumentException with every problem of the file
     */
    public static Catalog read(String name, String yaml) {
        Problems problems = new Problems(name);
        Section root = Section.parse(name, yaml, problems);
        String catalogName = root.requiredText("name");
        Optional<String> schema = root.text("schema");
        AssetTable asset = root.section("asset")
                .map(section -> asset(section, schema))
                .orElseGet(() -> {
                    root.problem("asset", "is required");
                    return NOTHING;
                });
        List<Reference> references = root.sections("references").stream()
                .map(section -> reference(section, schema))
                .toList();
        requireDistinct(root, asset, references);
        requireParents(root, references);
        if (references.stream().anyMatch(reference -> reference.table().isSame(asset.table()))) {
            root.problem("references", "name the asset table, whose rows move anyway");
        }
        root.refuseUnknownKeys();
        problems.refuseIfAny();
        return new Catalog(catalogName, name, asset, references);
    }

    /** Each reference has a mirror of its own, and names that differ in case only may be one to the database. */
    private static void requireDistinct(Section root, AssetTable asset, List<Reference> references) {
        Set<String> names = new HashSet<>();
        names.add(asset.table().toString().toLowerCase(Locale.ROOT));
        for (Reference reference : references) {
            String name = reference.name();
            if (!name.isBlank() && !names.add(name.toLowerCase(Locale.ROOT))) {
                root.problem(
                        "references",
                        "call two of them, or one and the asset table, '" + name
                                + "'; give one of them a name: of its own");
            }
        }
    }

    /** What rows belong to must be known before them, and must be rows that move. */
    private static void requireParents(Section root, List<Reference> references) {
        for (int i = 0; i < references.size(); i++) {
            Optional<Under> under = references.get(i).under();
            boolean known = under.isEmpty()
                    || references.subList(0, i).stream()
                            .anyMatch(other -> other.name().equals(under.get().reference())
                                    && other.detach() == Detach.DELETE_ROW);
            if (!known || (under.isPresent() && references.get(i).detach() != Detach.DELETE_ROW)) {
                root.problem(
                        "references",
                        "under: must name a reference above it that is detached by delete-row, as %s is itself, but was '%s'"
                                .formatted(
                                        references.get(i).name(),
                                        under.map(Under::reference).orElse("")));
            }
        }
    }

    private static AssetTable asset(Section section, Optional<String> schema) {
        AssetTable asset = new AssetTable(
                site(section, schema, "id"),
                pattern(section),
                section.text("label"),
                section.text("bytes"),
                section.text("binary-key"),
                new Revision(section.text("version"), section.text("updated-at"), section.text("updated-by")),
                section.section("parent")
                        .map(parent -> new Parent(
                                parent.requiredText("column"), table(parent, schema), parent.requiredText("key"))));
        asset.parent()
                .filter(parent ->
                        asset.site().where().equals(Where.ALL) && parent.table().isSame(asset.table()))
                .ifPresent(
                        parent -> section.problem(
                                "parent",
                                "must be another table than that of the assets: what lies in a folder would not come back together with it"));
        return asset;
    }

    private static Site site(Section section, Optional<String> schema, String column) {
        return new Site(table(section, schema), section.requiredText(column), where(section));
    }

    private static TableName table(Section section, Optional<String> schema) {
        return new TableName(section.text("schema").or(() -> schema), section.requiredText("table"));
    }

    private static Where where(Section section) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        section.section("where")
                .ifPresent(where -> where.keys().forEach(column -> {
                    List<String> allowed = where.oneOrMore(column);
                    if (allowed.isEmpty()) {
                        where.problem(column, "must be a value or a list of values");
                    }
                    values.put(column, allowed);
                }));
        return new Where(values);
    }

    private static Optional<Pattern> pattern(Section section) {
        return section.text("id-pattern").flatMap(regex -> {
            try {
                return Optional.of(Pattern.compile(regex));
            } catch (PatternSyntaxException e) {
                section.problem(
                        "id-pattern", "is not a regular expression: " + e.getDescription() + " in '" + regex + "'");
                return Optional.empty();
            }
        });
    }

    private static Reference reference(Section section, Optional<String> schema) {
        Optional<Section> below = section.section("under");
        Site site = below.map(under -> new Site(table(section, schema), under.requiredText("column"), where(section)))
                .orElseGet(() -> site(section, schema, "asset"));
        String name = section.text("name").orElse(site.table().toString());
        if (name.length() > Reference.LONGEST_NAME) {
            section.problem(
                    "name",
                    "must have at most %d characters but '%s' has %d; give this reference a shorter name"
                            .formatted(Reference.LONGEST_NAME, name, name.length()));
        }
        Detach detach = section.choice("detach", Detach.class, Detach.DELETE_ROW);
        return new Reference(
                name,
                site,
                detach,
                section.choice("on-restore", OnRestore.class, OnRestore.REATTACH),
                section.section("owner")
                        .map(owner -> new Owner(owner.requiredText("label"), owner.requiredText("column"))),
                section.texts("place"),
                paths(section, detach),
                below.map(under -> new Under(under.requiredText("reference"), under.requiredText("key"))));
    }

    private static List<JsonPath> paths(Section section, Detach detach) {
        List<JsonPath> paths = new ArrayList<>();
        for (String text : section.oneOrMore("paths")) {
            Optional<JsonPath> path = JsonPath.parse(text);
            path.ifPresent(paths::add);
            if (path.isEmpty()) {
                section.problem("paths", "must be like $.gallery[*] or $.blocks[*].image but was '" + text + "'");
            }
        }
        boolean inDocuments = detach == Detach.JSON_REMOVE;
        if (inDocuments && section.oneOrMore("paths").isEmpty()) {
            section.problem("paths", "are required for json-remove: where asset IDs stand, like $.gallery[*]");
        } else if (!inDocuments && !paths.isEmpty()) {
            section.problem("paths", "are for json-remove only");
        }
        return paths;
    }
}
