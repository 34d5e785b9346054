package io.binday.trash;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** Locks rows of the trash list: whoever takes assets out of the trash holds these until the transaction ends. */
final class TrashLockStore {

    private TrashLockStore() {}

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
}
