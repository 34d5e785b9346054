package io.binday.trash;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what is in the trash, without looking at the CMS's tables. */
@Component
public final class TrashListStore {

    private final JdbcClient jdbc;

    TrashListStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The newest trashed assets first, at most {@code limit}; of one run only when it is given. */
    public List<TrashedAsset> newest(Optional<Long> runId, int limit) {
        return jdbc.sql("""
                        SELECT asset_id, label, bytes, trashed_at, trashed_by, run_id
                        FROM binday_trash
                        WHERE :runId = 0 OR run_id = :runId
                        ORDER BY trashed_at DESC, asset_id
                        LIMIT :limit""")
                .param("runId", runId.orElse(0L))
                .param("limit", limit)
                .query(TrashListStore::row)
                .list();
    }

    /** How many assets are in the trash; of one run only when it is given. */
    public long count(Optional<Long> runId) {
        return jdbc.sql("SELECT COUNT(*) FROM binday_trash WHERE :runId = 0 OR run_id = :runId")
                .param("runId", runId.orElse(0L))
                .query(Long.class)
                .single();
    }

    private static TrashedAsset row(ResultSet rs, int number) throws SQLException {
        return new TrashedAsset(
                rs.getString(1),
                Optional.ofNullable(rs.getString(2)),
                Optional.ofNullable(rs.getObject(3, Long.class)),
                rs.getObject(4, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                rs.getString(5),
                rs.getLong(6));
    }
}
