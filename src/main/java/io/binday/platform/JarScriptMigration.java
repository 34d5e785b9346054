package io.binday.platform;

import io.binday.catalog.Dialect;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.api.migration.Context;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.EncodedResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/**
 * Creates a framework's tables from the script inside its jar. DDL cannot be rolled back, so what an interrupted start has
 * created already is left as it is, and in the end all of it must be there. What a script would drop is left alone.
 */
abstract class JarScriptMigration extends RepeatableMigration {

    /** Lines that drop something, or that the splitting of statements does not understand. */
    private static final Pattern LEFT_OUT = Pattern.compile("(?mi)^\\s*(DROP\\b.*|COMMIT\\s*;?|#.*)$");

    private final Dialect dialect;

    JarScriptMigration(String version, String description, Dialect dialect) {
        super(version, description);
        this.dialect = dialect;
    }

    /** Where the script is in the class path. */
    abstract String script(Dialect of);

    /** The tables that must be there in the end. */
    abstract List<String> tables();

    @Override
    public void migrate(Context context) throws Exception {
        String text = new ClassPathResource(script(dialect)).getContentAsString(StandardCharsets.UTF_8);
        String script = LEFT_OUT.matcher(text).replaceAll("");
        ScriptUtils.executeSqlScript(
                context.getConnection(),
                new EncodedResource(
                        new ByteArrayResource(script.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8),
                true,
                true,
                ScriptUtils.DEFAULT_COMMENT_PREFIX,
                ScriptUtils.DEFAULT_STATEMENT_SEPARATOR,
                ScriptUtils.DEFAULT_BLOCK_COMMENT_START_DELIMITER,
                ScriptUtils.DEFAULT_BLOCK_COMMENT_END_DELIMITER);
        requireTables(context, script);
    }

    private void requireTables(Context context, String script) throws SQLException {
        try (Statement statement = context.getConnection().createStatement()) {
            for (String table : tables()) {
                require(table, statement, script);
            }
        }
    }

    /** Of a table that is missing the server is asked once more, alone, so that it says why it does not make it. */
    private static void require(String table, Statement statement, String script) throws SQLException {
        try {
            statement.execute("SELECT 1 FROM " + table + " LIMIT 1");
        } catch (SQLException e) {
            Matcher creation = Pattern.compile("(?i)CREATE TABLE (IF NOT EXISTS )?" + table + "\\b[^;]*")
                    .matcher(script);
            if (!creation.find()) {
                throw e;
            }
            statement.execute(creation.group());
        }
    }
}
