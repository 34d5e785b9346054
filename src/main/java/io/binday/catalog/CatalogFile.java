package io.binday.catalog;

import io.binday.catalog.AssetTable.Parent;
import io.binday.catalog.AssetTable.Revision;
import io.binday.catalog.Reference.Detach;
import io.binday.catalog.Reference.OnRestore;
import io.binday.catalog.Reference.Owner;
import io.binday.document.Problems;
import io.binday.document.Section;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads {@code catalog.yml}. */
public final class CatalogFile {

    private static final Pattern ANYTHING = Pattern.compile(".+");

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
        AssetTable asset = root.section("asset").map(CatalogFile::asset).orElseGet(() -> {
            root.problem("asset", "is required");
            return new AssetTable(
                    "?",
                    "?",
                    ANYTHING,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Revision.NONE,
                    Optional.empty());
        });
        List<Reference> references =
                root.sections("references").stream().map(CatalogFile::reference).toList();
        List<String> tables = references.stream()
                .map(reference -> reference.table().toLowerCase(Locale.ROOT))
                .filter(table -> !table.isBlank())
                .toList();
        if (tables.stream().distinct().count() < tables.size()) {
            root.problem("references", "name a table more than once");
        }
        if (tables.contains(asset.table().toLowerCase(Locale.ROOT))) {
            root.problem("references", "name the asset table, whose rows move anyway");
        }
        root.refuseUnknownKeys();
        problems.refuseIfAny();
        return new Catalog(catalogName, name, asset, references);
    }

    private static AssetTable asset(Section section) {
        return new AssetTable(
                section.requiredText("table"),
                section.requiredText("id"),
                pattern(section),
                section.text("label"),
                section.text("bytes"),
                section.text("binary-key"),
                new Revision(section.text("version"), section.text("updated-at"), section.text("updated-by")),
                section.section("parent")
                        .map(parent -> new Parent(
                                parent.requiredText("column"),
                                parent.requiredText("table"),
                                parent.requiredText("key"))));
    }

    private static Pattern pattern(Section section) {
        String regex = section.requiredText("id-pattern");
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            section.problem("id-pattern", "is not a regular expression: " + e.getDescription() + " in '" + regex + "'");
            return ANYTHING;
        }
    }

    private static Reference reference(Section section) {
        return new Reference(
                section.requiredText("table"),
                section.requiredText("asset"),
                section.choice("detach", Detach.class, Detach.DELETE_ROW),
                section.choice("on-restore", OnRestore.class, OnRestore.REATTACH),
                section.section("owner")
                        .map(owner -> new Owner(owner.requiredText("label"), owner.requiredText("column"))),
                section.texts("place"));
    }
}
