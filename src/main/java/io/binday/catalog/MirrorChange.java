package io.binday.catalog;

import io.binday.catalog.Mirror.Difference;
import io.binday.catalog.TableShape.Column;
import io.binday.catalog.TableShape.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statements that make a mirror what it has to be. What is in the trash stays what it is, or the change is refused with
 * what a person has to type.
 */
final class MirrorChange {

    /** Types of columns that one may become another one of. */
    private static final List<Pattern> KINDS = Stream.of(
                    "(tiny|small|medium|big)?int|integer|decimal|numeric|float|double|real|bit",
                    "(var)?char|character|(tiny|medium|long)?text|enum|set",
                    "date|time|year",
                    "(var)?binary|(tiny|medium|long)?blob")
            .map(kind -> Pattern.compile("(?i)(" + kind + ")"))
            .toList();

    /** An expression that calls something, or looks at another column. */
    private static final Pattern VARYING = Pattern.compile("\\(.*[(`].*", Pattern.DOTALL);

    private final Catalog catalog;
    private final MovedTable table;
    private final Mirror mirror;
    private final List<String> statements = new ArrayList<>();
    /** They look at other columns, and so come last. */
    private final List<String> computed = new ArrayList<>();

    /**
     * Looks at all that is needed.
     *
     * @throws CatalogRefusedException when only a person can say what the trash is to have
     */
    MirrorChange(Catalog catalog, Mirror mirror) {
        this.catalog = catalog;
        this.table = mirror.table();
        this.mirror = mirror;
        mirror.differences().forEach(this::mend);
    }

    /** What is to be executed, in this order. */
    List<String> statements() {
        List<String> all = new ArrayList<>(statements);
        all.addAll(computed);
        return all;
    }

    private void mend(Difference difference) {
        Column column = difference.column();
        switch (difference.gap()) {
            case MISSING -> add(column);
            case OTHER_TYPE -> changeType(difference.copy().orElseThrow(), column);
            case REFUSES_NULLS -> statements.add(modify(column.nullableDefinition()));
            case LACKS_VALUES -> statements.add(fill(column, valueFor(column, mirror.whenMissing(column))));
            case FORGOTTEN -> {
                requireSameKey(column);
                statements.add(modify(column.nullableDefinition()));
            }
        }
    }

    private String alter() {
        return "ALTER TABLE " + table.mirror();
    }

    private String addition(String definition) {
        return alter() + " ADD COLUMN " + definition;
    }

    private String modify(String definition) {
        return alter() + " MODIFY COLUMN " + definition;
    }

    private String fill(Column column, String value) {
        // An old server may have made the first time of the mirror one that it sets whenever a row is changed without
        // naming it.
        String unchanged = mirror.shape().columns().stream()
                .filter(copy -> copy.is(Trait.AUTO_UPDATED))
                .map(copy -> ", %1$s = %1$s".formatted(copy.quoted()))
                .collect(Collectors.joining());
        return "UPDATE %s SET %2$s = %3$s%4$s WHERE %2$s IS NULL"
                .formatted(table.mirror(), column.quoted(), value, unchanged);
    }

    /** What is in the trash gets what the CMS's own rows have got when the column was added; the database numbers it when it returns. */
    private void add(Column column) {
        if (mirror.isEmpty()) {
            statements.add(addition(column.definition()));
            return;
        }
        Optional<String> value = mirror.whenMissing(column);
        requireNotRenamed(column, value);
        requireNotFoundBy(column);
        if (column.is(Trait.NUMBERED) || (value.isEmpty() && column.is(Trait.NULLABLE))) {
            statements.add(addition(column.nullableDefinition()));
        } else if (isExpression(value)) {
            computed.add(addition(column.nullableDefinition()));
            computed.add(fill(column, valueFor(column, value)));
        } else if (column.is(Trait.NULLABLE) && mirror.isToldApartBy(column)) {
            statements.add(addition(column.nullableDefinition()));
        } else {
            statements.add(addition(column.definition() + " DEFAULT " + valueFor(column, value)));
        }
    }

    private static boolean isExpression(Optional<String> value) {
        return value.filter(text -> text.startsWith("(")).isPresent();
    }

    /** What snapshots that say nothing of a column get: its default. */
    private String valueFor(Column column, Optional<String> value) {
        boolean varies = value.filter(text -> VARYING.matcher(text).lookingAt()).isPresent();
        if (value.isPresent() && (varies || !mirror.isToldApartBy(column))) {
            return value.get();
        }
        String wrong = value.isPresent()
                ? "column %s of %s is in a unique key, so that what the mirror %s holds cannot all get its default"
                : "column %s of %s must have a value and has no default, and the mirror %s holds snapshots without one";
        String fill = fill(column, "…");
        boolean there = mirror.shape().column(column.name()).isPresent();
        throw refused(
                wrong.formatted(column.name(), table.name(), table.mirror()),
                "give them what the CMS would have: "
                        + (there ? fill : addition(column.nullableDefinition()) + "\n    and: " + fill)
                        + "\n    and then: binday catalog install");
    }

    /** A column that has come while another one went may be that one, and its values would be left behind. */
    private void requireNotRenamed(Column column, Optional<String> value) {
        List<Column> former = mirror.former().stream()
                .filter(copy -> Widening.isLossless(copy.type(), column.type()) || isAlike(copy, column))
                .toList();
        if (!former.isEmpty()) {
            throw refused(
                    "%s has column %s now, and the mirror %s holds values of %s, which it has no more"
                            .formatted(
                                    table.name(),
                                    column.name(),
                                    table.mirror(),
                                    former.stream().map(Column::name).collect(Collectors.joining(" and "))),
                    "if it was renamed, run: %s\n    if it is another one: %s\n    and then: binday catalog install"
                            .formatted(
                                    former.stream()
                                            .map(copy -> alter() + " RENAME COLUMN " + copy.quoted() + " TO "
                                                    + column.quoted())
                                            .collect(Collectors.joining("\n    or ")),
                                    ifAnother(column, value)));
        }
    }

    /** Whether both hold numbers, texts, times or bytes: a column may have been renamed and cut down at once. */
    private static boolean isAlike(Column copy, Column column) {
        return KINDS.stream()
                .anyMatch(kind -> kind.matcher(copy.type()).lookingAt()
                        && kind.matcher(column.type()).lookingAt());
    }

    /** What it must have, the next install asks for, or fills in. */
    private String ifAnother(Column column, Optional<String> value) {
        if (mirror.isFoundBy(column)) {
            return "add it to the mirror by hand, with the values of each snapshot";
        }
        boolean plain = column.is(Trait.NULLABLE) && !isExpression(value);
        return addition(column.nullableDefinition())
                + value.filter(text -> plain).map(text -> " DEFAULT " + text).orElse("");
    }

    private void requireNotFoundBy(Column column) {
        if (mirror.isFoundBy(column)) {
            throw refused(
                    "the mirror %s holds snapshots that say nothing of %s, by which they would be found"
                            .formatted(table.mirror(), column.name()),
                    "let %s, and the catalog, be as they were until the trash of these assets is empty"
                                    .formatted(table.name())
                            + ", or add the column to the mirror by hand, with the values of each snapshot");
        }
    }

    /** Where rows stay, a snapshot knows its own by the key that the table had. */
    private void requireSameKey(Column former) {
        if (!table.whole() && !mirror.isEmpty()) {
            throw refused(
                    "the mirror %s holds snapshots of rows that were known by %s, which is not in the key of %s any more"
                            .formatted(table.mirror(), former.name(), table.name()),
                    "let the key of %s be as it was until the trash of these assets is empty".formatted(table.name())
                            + ", or see that its present key names the same rows, and let the column of the mirror be NULL");
        }
    }

    private void changeType(Column from, Column to) {
        boolean lossless = Widening.isLossless(from.type(), to.type()) && (!isId(to) || isFoundAlike(from, to));
        if (!lossless && !mirror.isEmpty()) {
            throw refused(
                    "the mirror %s holds %s as %s; as %s, which %s has now, its values might change"
                            .formatted(table.mirror(), to.name(), from.type(), to.type(), table.name()),
                    "give the column of " + table.name()
                            + " a type that holds both, or the one it had until the trash of these assets is empty");
        }
        statements.add(modify(from.is(Trait.NULLABLE) ? to.nullableDefinition() : to.definition()));
    }

    private boolean isId(Column column) {
        return column.name().equalsIgnoreCase(table.assetColumn().name());
    }

    /** Under another collation IDs that were equal may not be any more, or the other way round; and an index has to stay what it is. */
    private static boolean isFoundAlike(Column from, Column to) {
        return from.collation().equals(to.collation()) && from.indexed().equals(to.indexed());
    }

    private CatalogRefusedException refused(String text, String remedy) {
        return CatalogRefusedException.ofMirror(catalog, text, remedy);
    }
}
