package io.binday.bench;

import java.sql.SQLException;
import java.sql.Statement;

/**
 * What the server can do by itself: stored procedures that move and delete the same rows of the CMS and the mirrors as the
 * product, 100 assets a transaction, with no client and no bookkeeping. A restore does not publish again, so publications
 * only go.
 */
final class Floor {

    private static final String LOOP = """
            CREATE PROCEDURE floor_%s()
            BEGIN
              DECLARE low BIGINT DEFAULT 0;
              DECLARE top BIGINT;
              SELECT MAX(seq) INTO top FROM ids;
              WHILE low < top DO
                START TRANSACTION;
                %s
                COMMIT;
                SET low = low + 100;
              END WHILE;
            END""";
    private static final String CHUNK =
            "FROM ids i STRAIGHT_JOIN %s x ON x.%s = i.uid" + " WHERE i.seq > low AND i.seq <= low + 100;\n";
    private static final String REFERENCE = "entry_uid, locale, field_path, position, asset_uid";
    private static final String PUBLICATION = "asset_uid, environment, locale, version, published_at, published_by";
    private static final String ASSET = "uid, title, file_name, content_type, file_size, file_key, folder_uid, tags,"
            + " version, created_at, created_by, updated_at, updated_by";

    private final Statement sql;

    Floor(Statement sql) throws SQLException {
        this.sql = sql;
        create(
                "trash",
                move("entry_asset_reference", "binday_trash_entry_asset_reference", REFERENCE, "asset_uid")
                        + move("asset_publication", "binday_trash_asset_publication", PUBLICATION, "asset_uid")
                        + move("asset", "binday_trash_asset", ASSET, "uid"));
        create(
                "restore",
                move("binday_trash_asset", "asset", ASSET, "uid")
                        + move("binday_trash_entry_asset_reference", "entry_asset_reference", REFERENCE, "asset_uid")
                        + remove("binday_trash_asset_publication", "asset_uid"));
        create(
                "purge",
                remove("binday_trash_entry_asset_reference", "asset_uid")
                        + remove("binday_trash_asset_publication", "asset_uid")
                        + remove("binday_trash_asset", "uid")
                        + remove("binday_trash", "asset_id"));
    }

    private void create(String operation, String statements) throws SQLException {
        sql.execute(LOOP.formatted(operation, statements));
    }

    private static String move(String from, String to, String columns, String id) {
        String selected = "x." + columns.replace(", ", ", x.");
        return "INSERT INTO " + to + " (" + columns + ") SELECT " + selected + " " + CHUNK.formatted(from, id)
                + remove(from, id);
    }

    private static String remove(String from, String id) {
        return "DELETE x " + CHUNK.formatted(from, id);
    }

    /** Does one operation for all assets; how many seconds it took. */
    double seconds(String operation) throws SQLException {
        return seconds(() -> sql.execute("CALL floor_" + operation + "()"));
    }

    static double seconds(Work work) throws SQLException {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    /** Something to time. */
    interface Work {
        void run() throws SQLException;
    }
}
