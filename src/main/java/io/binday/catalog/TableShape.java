package io.binday.catalog;

import java.math.BigInteger;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the database says about a table.
 *
 * @param columns in their order
 * @param transactional whether changes of its rows can be rolled back
 * @param triggers what the database does by itself when rows change
 */
public record TableShape(
        TableName table, List<Column> columns, boolean transactional, Keys keys, List<Trigger> triggers) {

    /** What is special about a column. */
    public enum Trait {
        /** The database computes it, so that it can be neither inserted nor lost. */
        GENERATED,
        /** {@code SELECT *} does not give it. */
        INVISIBLE,
        NULLABLE,
        /** The database sets it whenever the row is changed without naming it. */
        AUTO_UPDATED,
        /** The database numbers the rows that do not say it. */
        NUMBERED
    }

    /**
     * One column.
     *
     * @param type the full type with character set and collation, as a CREATE TABLE would say it
     * @param collation the collation clause for comparing something with it; empty where it has none
     */
    public record Column(String name, String type, Optional<Collation> collation, Set<Trait> traits) {

        /** A column of Binday's own. */
        Column(String name, String type, Optional<Collation> collation) {
            this(name, type, collation, Set.of());
        }

        private static final Pattern TEXT = Pattern.compile("(?i)(tiny|medium|long)?text.*");
        private static final Pattern LENGTH =
                Pattern.compile("(?i)(?:(?:var)?char|character(?: varying)?)\\((\\d+)\\)");
        private static final Pattern DECIMAL = Pattern.compile("(?:decimal|numeric)\\((\\d+), ?(\\d+)\\).*");
        /** In characters; an index holds no more of a text. */
        private static final int LONGEST_INDEXED = 999;

        public Column {
            traits = traits.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(traits));
        }

        public boolean is(Trait trait) {
            return traits.contains(trait);
        }

        /** For an index: of a text that may be long its beginning, because an index holds no more. */
        String indexed() {
            boolean tooLong = TEXT.matcher(type).matches() || length().orElse(0) > LONGEST_INDEXED;
            return collation.isPresent() && tooLong ? quoted() + "(40)" : quoted();
        }

        /**
         * As a CREATE TABLE says it; NULL only where it must be, for rows at the largest size a table can have leave no room for
         * knowing which of their columns are null.
         */
        String definition() {
            return is(Trait.NULLABLE) ? nullableDefinition() : quoted() + " " + type + " NOT NULL";
        }

        /** The same of one that may be null in any case. */
        String nullableDefinition() {
            return quoted() + " " + type + " NULL";
        }

        /** The largest whole number that a column of whole or decimal numbers can have; empty for any other type. */
        public Optional<BigInteger> largestNumber() {
            Optional<BigInteger> whole = WholeNumber.of(type).map(WholeNumber::largest);
            Matcher decimal = DECIMAL.matcher(type);
            if (whole.isPresent() || !decimal.matches()) {
                return whole;
            }
            int digits = Integer.parseInt(decimal.group(1)) - Integer.parseInt(decimal.group(2));
            return Optional.of(BigInteger.TEN.pow(Math.max(0, digits)).subtract(BigInteger.ONE));
        }

        /** How many characters a CHAR or VARCHAR holds; empty for any other type. */
        public OptionalInt length() {
            Matcher length = LENGTH.matcher(type);
            return length.lookingAt() ? OptionalInt.of(Integer.parseInt(length.group(1))) : OptionalInt.empty();
        }

        /** For a statement. */
        public String quoted() {
            return Dialect.quote(name);
        }
    }

    /** A character set and a collation of it. */
    public record Collation(String characterSet, String name) {

        /** Whether whatever another one can say can be said in it, too. */
        boolean holds(Collation other) {
            return characterSet.equals(other.characterSet)
                    || characterSet.equals("utf8mb4")
                    || other.characterSet.equals("ascii");
        }

        /** For a statement. */
        String sql() {
            return "CHARACTER SET " + characterSet + " COLLATE " + name;
        }
    }

    /**
     * The indexes of a table.
     *
     * @param primary the columns of the primary key, in their order; empty when there is none
     * @param indexed the columns that are the first of some index
     * @param unique the columns of each unique index, the primary key included
     */
    public record Keys(List<String> primary, Set<String> indexed, Set<List<String>> unique) {

        public Keys {
            primary = List.copyOf(primary);
            indexed = Set.copyOf(indexed);
            unique = Set.copyOf(unique);
        }

        boolean isUnique(String column) {
            return unique.stream()
                    .anyMatch(columns -> columns.size() == 1 && columns.get(0).equalsIgnoreCase(column));
        }

        boolean isIndexed(String column) {
            return indexed.stream().anyMatch(column::equalsIgnoreCase);
        }
    }

    /**
     * A trigger.
     *
     * @param event {@code INSERT}, {@code UPDATE} or {@code DELETE}
     */
    public record Trigger(String name, String event) {}

    public TableShape {
        columns = List.copyOf(columns);
        triggers = List.copyOf(triggers);
    }

    /** The table's name without its schema. */
    public String name() {
        return table.name();
    }

    public Optional<Column> column(String name) {
        return columns.stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The columns that carry data of their own. */
    public List<Column> stored() {
        return columns.stream().filter(column -> !column.is(Trait.GENERATED)).toList();
    }

    /** The columns of the primary key. */
    public List<Column> primaryKey() {
        return keys.primary().stream().flatMap(name -> column(name).stream()).toList();
    }
}
