package io.binday.catalog;

import io.binday.catalog.TableShape.Collation;
import io.binday.catalog.TableShape.Column;
import io.binday.catalog.TableShape.Trait;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;

/** MySQL's {@code information_schema}. */
final class MySqlSchema extends Schema {

    private static final Pattern PART =
            Pattern.compile("'(?:[^'\\\\]|\\\\.|'')*'|`(?:[^`]|``)*`|[()]|[^'`()\\s]+|\\s+", Pattern.DOTALL);

    /** The beginning of a column's definition: its type, and how it compares where that is not as the table says. */
    private static final Pattern TYPE =
            Pattern.compile("^(\\w+(?:\\((?:'(?:[^']|'')*'|[^')])*\\))?)(?: CHARACTER SET \\w+)?(?: COLLATE \\w+)?");

    private static final String FOREIGN_KEYS = """
            SELECT k.constraint_name, NULLIF(k.table_schema, CURRENT), k.table_name, k.column_name,
                   NULLIF(k.referenced_table_schema, CURRENT), k.referenced_table_name, k.referenced_column_name,
                   r.delete_rule
            FROM information_schema.key_column_usage k
            JOIN information_schema.referential_constraints r
              ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name
             AND r.table_name = k.table_name
            WHERE %s
            ORDER BY k.table_schema, k.table_name, k.constraint_name, k.ordinal_position""";

    MySqlSchema(JdbcClient jdbc) {
        super(jdbc);
    }

    @Override
    String currentSql() {
        return "DATABASE()";
    }

    @Override
    String columnsSql() {
        return """
                SELECT column_name, column_type, character_set_name, collation_name, generation_expression, extra,
                       is_nullable
                FROM information_schema.columns
                WHERE table_schema = COALESCE(?, CURRENT) AND table_name = ?
                ORDER BY ordinal_position""";
    }

    /** MySQL writes a question mark for what it cannot keep. */
    @Override
    boolean holds(String characterSet, String text) {
        return jdbc.sql("SELECT CONVERT(CONVERT(? USING " + characterSet
                        + ") USING utf8mb4) COLLATE utf8mb4_bin = CONVERT(? USING utf8mb4)")
                .param(text)
                .param(text)
                .query(Boolean.class)
                .single();
    }

    @Override
    String indexesSql() {
        return """
                SELECT index_name, column_name, non_unique = 0, index_name = 'PRIMARY', sub_part IS NOT NULL,
                       index_type = 'BTREE' AND is_visible = 'YES'
                FROM information_schema.statistics
                WHERE table_schema = COALESCE(?, CURRENT) AND table_name = ?
                ORDER BY index_name, seq_in_index""";
    }

    @Override
    String transactionalSql() {
        return """
                SELECT t.engine = 'InnoDB'
                FROM information_schema.tables t
                WHERE t.table_schema = COALESCE(?, CURRENT) AND t.table_name = ?""";
    }

    @Override
    String triggersSql() {
        return """
                SELECT trigger_name, event_manipulation
                FROM information_schema.triggers
                WHERE event_object_schema = COALESCE(?, CURRENT) AND event_object_table = ?
                ORDER BY trigger_name""";
    }

    /** From a TIMESTAMP, or from a number of seconds; where the server's own zone is UTC, as that of our sessions, none. */
    @Override
    List<String> computedInAZone(TableName table) {
        return about("""
                        SELECT c.column_name FROM information_schema.columns c
                        WHERE c.table_schema = COALESCE(?, CURRENT) AND c.table_name = ? AND (c.extra LIKE '%STORED GENERATED%' OR c.extra LIKE '%VIRTUAL GENERATED%' AND EXISTS (
                              SELECT 1 FROM information_schema.statistics s
                              WHERE s.table_schema = c.table_schema AND s.table_name = c.table_name AND s.column_name = c.column_name))
                          AND CASE @@GLOBAL.time_zone WHEN 'SYSTEM' THEN @@system_time_zone ELSE @@GLOBAL.time_zone END
                              NOT IN ('UTC', '+00:00', 'GMT', 'Etc/UTC')
                          AND (c.generation_expression LIKE '%from_unixtime(%' OR EXISTS (
                              SELECT 1 FROM information_schema.columns t
                              WHERE t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.data_type = 'timestamp'
                                AND REGEXP_REPLACE(c.generation_expression, CONCAT('`', t.column_name, '` is (not )?null'), '')
                                    LIKE CONCAT('%`', t.column_name, '`%')))""", table).query(String.class).list();
    }

    /** The driver goes back to the server's own limit after each statement that has one. */
    @Override
    boolean limitsRows() {
        return jdbc.sql("SELECT @@GLOBAL.sql_select_limit < 18446744073709551615")
                .query(Boolean.class)
                .single();
    }

    @Override
    String foreignKeysToSql() {
        // The dictionary has an index for this view, and would read all tables of the server for the other one.
        return FOREIGN_KEYS.formatted("r.unique_constraint_catalog = 'def'"
                + " AND r.unique_constraint_schema = COALESCE(?, CURRENT) AND r.referenced_table_name = ?"
                + " AND k.referenced_table_name IS NOT NULL");
    }

    @Override
    String foreignKeysOfSql() {
        return FOREIGN_KEYS.formatted("k.table_schema = COALESCE(?, CURRENT) AND k.table_name = ?"
                + " AND k.referenced_table_name IS NOT NULL");
    }

    @Override
    Column column(ResultSet row, int number) throws SQLException {
        String characterSet = row.getString(3);
        String type = row.getString(2);
        Set<Trait> traits = traits(row);
        if (characterSet == null) {
            return new Column(row.getString(1), type, Optional.empty(), traits);
        }
        Collation collation = new Collation(characterSet, row.getString(4));
        String full = type + " " + collation.sql();
        return new Column(row.getString(1), full, Optional.of(collation), traits);
    }

    @Override
    Optional<String> whenMissing(TableName table, Column column) {
        return defaultOf(definition(table, column)
                .orElseThrow(() -> new IllegalStateException("SHOW CREATE TABLE " + table.quoted() + " does not show "
                        + column.quoted() + "; is sql_quote_show_create off?")));
    }

    /** The statement that makes the table says it to the letter; the dictionary does not, of texts and of times. */
    private Optional<String> definition(TableName table, Column column) {
        String statement = jdbc.sql("SHOW CREATE TABLE " + table.quoted())
                .query((row, number) -> row.getString(2))
                .single();
        String start = "  " + column.quoted() + " ";
        return statement
                .lines()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .map(line -> line.substring(start.length()).replaceFirst(",$", ""));
    }

    @Override
    Optional<String> definition(TableName table, Column column, Collation collation) {
        return definition(table, column)
                .map(definition -> TYPE.matcher(definition)
                        .replaceFirst(match -> Matcher.quoteReplacement(match.group(1) + " " + collation.sql())));
    }

    /** What follows the word DEFAULT in the definition of a column. */
    private static Optional<String> defaultOf(String definition) {
        StringBuilder value = new StringBuilder();
        boolean found = false;
        int depth = 0;
        for (String part :
                PART.matcher(definition).results().map(MatchResult::group).toList()) {
            if (depth == 0 && part.isBlank()) {
                if (value.length() > 0) {
                    break;
                }
                continue;
            }
            depth += part.equals("(") ? 1 : part.equals(")") ? -1 : 0;
            if (found) {
                value.append(part);
            }
            found |= depth == 0 && part.equals("DEFAULT");
        }
        return Optional.of(value.toString()).filter(text -> !text.isEmpty() && !text.equals("NULL"));
    }

    private static Set<Trait> traits(ResultSet row) throws SQLException {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        String expression = row.getString(5);
        String extra = row.getString(6).toLowerCase(Locale.ROOT);
        if (expression != null && !expression.isEmpty()) {
            traits.add(Trait.GENERATED);
        }
        if (extra.contains("invisible")) {
            traits.add(Trait.INVISIBLE);
        }
        if (extra.contains("auto_increment")) {
            traits.add(Trait.NUMBERED);
        }
        if (extra.contains("on update")) {
            traits.add(Trait.AUTO_UPDATED);
        }
        if ("YES".equals(row.getString(7))) {
            traits.add(Trait.NULLABLE);
        }
        return traits;
    }
}
