package io.binday.trash;

import io.binday.catalog.MovedTable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The rows of assets in the trash list: whoever takes assets out of the trash locks these, holds them until the transaction ends,
 * and removes them together with the assets' snapshots.
 */
final class TrashRowStore {

    private TrashRowStore() {}

    /**
     * Finds which of these assets are in the trash and locks their rows, in ascending order of the ID.
     *
     * @param refusal why a row ({@code t}) is refused: an expression for the word of a {@link Reject}, or null
     */
    static Map<String, Locked> lock(JdbcTemplate jdbc, AssetIds ids, String refusal) {
        Map<String, Locked> locked = new HashMap<>();
        jdbc.query(
                "SELECT t.asset_id, t.bytes, %s FROM binday_trash t WHERE t.asset_id IN (%s) ORDER BY t.asset_id FOR UPDATE"
                        .formatted(refusal, ids.marks()),
                rs -> {
                    Optional<Reject> refused =
                            Optional.ofNullable(rs.getString(3)).map(Reject::valueOf);
                    locked.put(rs.getString(1), new Locked(rs.getLong(2), refused));
                },
                ids.times(1));
        return locked;
    }

    /**
     * Removes the snapshots and the trash rows of these assets; the snapshots of their references are gone already.
     *
     * @throws org.springframework.dao.IncorrectUpdateSemanticsDataAccessException when one of them was not there
     */
    static void leave(JdbcTemplate jdbc, MovedTable asset, AssetIds ids) {
        int mirrored = jdbc.update(
                "DELETE FROM %s WHERE %s IN (%s)".formatted(asset.mirror(), asset.asset(), ids.marks()),
                ids.times(asset, 1));
        ids.requireAll(mirrored, asset.mirror());
        int listed =
                jdbc.update("DELETE FROM binday_trash WHERE asset_id IN (%s)".formatted(ids.marks()), ids.times(1));
        ids.requireAll(listed, "binday_trash");
    }
}
