package io.binday.testing;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A copy of the stack's tables in its schema (MySQL), for many histories on one stack: each begins with all assets live,
 * or with all of them in the trash, and with no record of the one before but its run.
 */
public final class SavedStack {

    /** The trash list and the mirrors. */
    public static final List<String> TRASH = List.of(
            "binday_trash_asset",
            "binday_trash_entry_asset_reference",
            "binday_trash_asset_publication",
            "binday_trash");

    private static final List<String> STACK = List.of("asset", "entry_asset_reference", "asset_publication");
    private static final List<String> RECORDS =
            List.of("binday_event", "binday_unattached", "binday_purged", "binday_binary_deletion");

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    /** By table of the stack, with the columns of the table. */
    private final Map<String, String> mirrors;

    /** Copies the stack as it is. */
    public SavedStack(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.transaction =
                new TransactionTemplate(new DataSourceTransactionManager(Objects.requireNonNull(jdbc.getDataSource())));
        STACK.forEach(table -> {
            jdbc.execute("CREATE TABLE saved_" + table + " LIKE " + table);
            jdbc.execute("INSERT INTO saved_" + table + " SELECT * FROM " + table);
        });
        this.mirrors = STACK.stream().collect(Collectors.toMap(table -> table, this::mirror));
    }

    /** All assets are live, as they were. */
    public void putBack() {
        transaction.executeWithoutResult(status -> {
            clear();
            STACK.forEach(table -> jdbc.update("INSERT INTO " + table + " SELECT * FROM saved_" + table));
        });
    }

    /** All assets are in the trash, since the beginning of 2026. */
    public void putIntoTrash() {
        transaction.executeWithoutResult(status -> {
            clear();
            STACK.forEach(table -> jdbc.update("INSERT INTO " + mirrors.get(table) + " SELECT * FROM saved_" + table));
            jdbc.update("INSERT INTO binday_trash (asset_id, label, bytes, binary_key, trashed_at, trashed_by, run_id)"
                    + " SELECT uid, title, file_size, file_key, '2026-01-02', 'x', 0 FROM saved_asset");
        });
    }

    /** References before what they refer to, so that no key is in the way. */
    private void clear() {
        TRASH.forEach(table -> jdbc.update("DELETE FROM " + table));
        RECORDS.forEach(table -> jdbc.update("DELETE FROM " + table));
        for (int i = STACK.size() - 1; i >= 0; i--) {
            jdbc.update("DELETE FROM " + STACK.get(i));
        }
    }

    /** The mirror with the columns of its source. */
    private String mirror(String table) {
        List<String> columns = jdbc.queryForList(
                "SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ?"
                        + " ORDER BY ordinal_position",
                String.class,
                table);
        return "binday_trash_" + table + " (" + String.join(", ", columns) + ")";
    }
}
