package io.binday.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.testing.TestApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/** A stack made by the server itself: every asset has 3 references and 2 publications. */
final class BenchStack {

    private static final List<String> MOVED = List.of("asset_publication", "entry_asset_reference", "asset");
    private static final List<String> RECORDS = List.of(
            "binday_trash_asset",
            "binday_trash_entry_asset_reference",
            "binday_trash_asset_publication",
            "binday_trash",
            "binday_event");

    /** Its own, 3 references, 2 publications, and the one of the trash list. */
    static final int ROWS_OF_AN_ASSET = 7;

    /** So few transactions left to clear up behind take no time. */
    private static final long CALM = 200;

    private final int assets;
    private final Statement sql;

    BenchStack(int assets, Statement sql) {
        this.assets = assets;
        this.sql = sql;
    }

    /** Creates the stack, a copy of it, the list {@code ids} and the table {@code loaded}. */
    void create(Connection connection) throws SQLException {
        ScriptUtils.executeSqlScript(connection, new ClassPathResource("io/binday/catalog/sample-stack.sql"));
        sql.execute("SET SESSION cte_max_recursion_depth = 20000000");
        sql.execute("INSERT INTO environment VALUES ('staging', 'x'), ('production', 'x')");
        String numbers = "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %d) ";
        int entries = assets / 3;
        sql.execute("INSERT INTO asset " + numbers.formatted(assets - 1)
                + "SELECT CONCAT('blt', LEFT(MD5(i), 16)), CONCAT('Asset ', i), CONCAT('file-', i, '.jpg'), 'image/jpeg',"
                + " 1000 + i, CONCAT('key/', i), NULL, 'a,b', 1, NOW(6), 'x', NOW(6), 'x' FROM n");
        sql.execute(
                "INSERT INTO entry " + numbers.formatted(entries - 1)
                        + "SELECT CONCAT('blt', LEFT(MD5(CONCAT('e', i)), 16)), 'en-us', 'article', 'x', 1, NOW(6), 'x' FROM n");
        sql.execute("INSERT INTO entry_asset_reference " + numbers.formatted(3 * assets - 1)
                + "SELECT CONCAT('blt', LEFT(MD5(CONCAT('e', (i * 7919) % " + entries
                + ")), 16)), 'en-us', 'gallery.images',"
                + " i, CONCAT('blt', LEFT(MD5(i DIV 3), 16)) FROM n");
        sql.execute("INSERT INTO asset_publication " + numbers.formatted(2 * assets - 1)
                + "SELECT CONCAT('blt', LEFT(MD5(i DIV 2), 16)), IF(i % 2, 'staging', 'production'), 'en-us', 1,"
                + " NOW(6), 'x' FROM n");
        for (String table : MOVED) {
            sql.execute("CREATE TABLE saved_" + table + " LIKE " + table);
            sql.execute("INSERT INTO saved_" + table + " SELECT * FROM " + table);
        }
        sql.execute("CREATE TABLE ids (seq BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, uid VARCHAR(64) NOT NULL)"
                + " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin");
        sql.execute("INSERT INTO ids (uid) SELECT uid FROM asset ORDER BY MD5(title)");
        sql.execute("CREATE TABLE loaded LIKE binday_work_item");
    }

    /** Puts every row back and empties the trash. */
    void refill() throws SQLException {
        sql.execute("SET foreign_key_checks = 0");
        for (String table : MOVED) {
            sql.execute("TRUNCATE " + table);
            sql.execute("INSERT INTO " + table + " SELECT * FROM saved_" + table);
        }
        for (String table : RECORDS) {
            sql.execute("TRUNCATE " + table);
        }
        sql.execute("SET foreign_key_checks = 1");
        sql.execute("SET @line := 0");
    }

    /** Puts every asset into the trash, long ago, in the order in which a trash does it, and empties the ledger; nothing is live. */
    void fillTrash() throws SQLException {
        refill();
        sql.execute("TRUNCATE binday_purged");
        sql.execute("TRUNCATE binday_binary_deletion");
        sql.execute("INSERT INTO binday_trash_asset SELECT * FROM asset");
        sql.execute(
                "INSERT INTO binday_trash_entry_asset_reference (entry_uid, locale, field_path, position, asset_uid)"
                        + " SELECT entry_uid, locale, field_path, position, asset_uid FROM entry_asset_reference ORDER BY asset_uid");
        sql.execute("INSERT INTO binday_trash_asset_publication"
                + " (asset_uid, environment, locale, version, published_at, published_by)"
                + " SELECT asset_uid, environment, locale, version, published_at, published_by FROM asset_publication");
        sql.execute("INSERT INTO binday_trash (asset_id, label, bytes, binary_key, trashed_at, trashed_by, run_id)"
                + " SELECT uid, title, file_size, file_key, '2026-01-02', 'x', 0 FROM asset");
        sql.execute("SET foreign_key_checks = 0");
        for (String table : MOVED) {
            sql.execute("TRUNCATE " + table);
        }
        sql.execute("SET foreign_key_checks = 1");
    }

    /**
     * Waits until InnoDB has cleared up behind what was done before, so that neither side pays for that; for a minute at most.
     */
    void settle() throws SQLException {
        for (int waits = 0; waits < 600 && historyLength() > CALM; waits++) {
            Awaitility.await().pollDelay(Duration.ofMillis(100)).until(() -> true);
        }
    }

    private long historyLength() throws SQLException {
        try (ResultSet length = sql.executeQuery(
                "SELECT count FROM information_schema.innodb_metrics WHERE name = 'trx_rseg_history_len'")) {
            length.next();
            return length.getLong(1);
        }
    }

    /** Makes sure that all assets are live with all references of entries, or none. */
    void requireLive(boolean live) throws SQLException {
        for (String table : List.of("asset", "entry_asset_reference")) {
            try (ResultSet counts = sql.executeQuery(
                    "SELECT (SELECT COUNT(*) FROM " + table + "), (SELECT COUNT(*) FROM saved_" + table + ")")) {
                counts.next();
                assertThat(counts.getLong(1)).as(table).isEqualTo(live ? counts.getLong(2) : 0);
            }
        }
    }

    /** Writes the asset IDs in the order of the table {@code ids}, which is no order of the IDs. */
    static Path writeIds(TestApplication app, Path folder) throws IOException {
        return Files.write(
                folder.resolve("all.csv"), app.jdbc().queryForList("SELECT uid FROM ids ORDER BY seq", String.class));
    }

    /** A CSV file into the columns of the work items, as the server itself does it. */
    String loadData(Path csv) {
        return "LOAD DATA LOCAL INFILE '" + csv
                + "' INTO TABLE loaded (asset_id) SET run_id = 1, seq = (@line := @line + 1), state = 'PENDING'";
    }
}
