package io.binday.catalog;

import io.binday.catalog.BoundCatalog.Use;
import io.binday.catalog.Reference.Detach;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Asks MySQL to explain the statements of a run: that takes the rights that executing them takes, whatever roles they
 * come from, and changes nothing.
 */
public final class Privileges {

    /** The database's, the table's, the column's, and any other privilege. */
    private static final Set<Integer> DENIED = Set.of(1044, 1142, 1143, 1227);

    private final JdbcTemplate jdbc;
    private final Dialect dialect;

    Privileges(JdbcTemplate jdbc, Dialect dialect) {
        this.jdbc = jdbc;
        this.dialect = dialect;
    }

    /** What this user may not do but a run does; the embedded database knows one user only. */
    List<Finding> findings(BoundCatalog catalog) {
        List<Finding> findings = new ArrayList<>();
        if (dialect == Dialect.H2) {
            return findings;
        }
        statements(catalog).forEach((statement, words) -> {
            try {
                jdbc.queryForList("EXPLAIN " + statement);
            } catch (DataAccessException e) {
                if (!isDenied(e.getMostSpecificCause())) {
                    throw e;
                }
                findings.add(new Finding(
                        "PRIVILEGE_MISSING",
                        words + ": " + e.getMostSpecificCause().getMessage(),
                        "grant it as src/docs/grants.md says"));
            }
        });
        return findings;
    }

    /** Whether MySQL refused something to its user. */
    public static boolean isDenied(Throwable cause) {
        return cause instanceof SQLException refused && DENIED.contains(refused.getErrorCode());
    }

    private static Map<String, String> statements(BoundCatalog catalog) {
        Map<String, String> statements = new LinkedHashMap<>();
        rows(catalog.asset(), statements);
        for (Use use : catalog.references()) {
            if (use.reference().detach() == Detach.DELETE_ROW) {
                rows(use.table(), statements);
            } else {
                String column = Dialect.quote(use.reference().site().column());
                statements.put(
                        "UPDATE %s SET %s = NULL%s WHERE 1 = 0"
                                .formatted(
                                        use.table().table(), column, use.table().unchanged("")),
                        "cannot change " + use.table().table());
                statements.put(
                        "INSERT INTO %1$s SELECT * FROM %1$s WHERE 1 = 0"
                                .formatted(use.table().mirror()),
                        "cannot add snapshots to " + use.table().mirror());
                remove(use.table().mirror(), statements);
                if (use.reference().detach() == Detach.JSON_REMOVE) {
                    statements.put(
                            "UPDATE %1$s SET %2$s = %2$s WHERE 1 = 0"
                                    .formatted(use.table().mirror(), Dialect.quote(MovedTable.DOCUMENT_PATH)),
                            "cannot change " + use.table().mirror());
                }
            }
        }
        return statements;
    }

    private static void rows(MovedTable table, Map<String, String> statements) {
        String columns = table.kept().stream().map(TableShape.Column::quoted).collect(Collectors.joining(", "));
        statements.put(
                "INSERT INTO %s (%s) SELECT %s FROM %s WHERE 1 = 0"
                        .formatted(table.mirror(), columns, columns, table.table()),
                "cannot move rows of " + table.table() + " to " + table.mirror());
        statements.put(
                "INSERT INTO %s (%s) SELECT %s FROM %s WHERE 1 = 0"
                        .formatted(table.table(), columns, columns, table.mirror()),
                "cannot move rows of " + table.mirror() + " back to " + table.table());
        remove(table.table(), statements);
        remove(table.mirror(), statements);
    }

    private static void remove(String table, Map<String, String> statements) {
        statements.put("DELETE FROM %s WHERE 1 = 0".formatted(table), "cannot remove rows of " + table);
    }
}
