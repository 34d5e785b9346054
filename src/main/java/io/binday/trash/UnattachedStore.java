package io.binday.trash;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads which references restores did not put back. */
@Component
public final class UnattachedStore {

    private final JdbcClient jdbc;

    UnattachedStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of a run after an ID, in the order in which they were noted, at most {@code limit}. */
    public List<UnattachedReference> of(long runId, long after, int limit) {
        return jdbc.sql("""
                        SELECT id, asset_id, table_name, fate, place FROM binday_unattached
                        WHERE run_id = :runId AND id > :after ORDER BY run_id, id LIMIT :limit""")
                .param("runId", runId)
                .param("after", after)
                .param("limit", limit)
                .query((rs, row) -> new UnattachedReference(
                        rs.getLong(1),
                        rs.getString(2),
                        rs.getString(3),
                        Fate.valueOf(rs.getString(4)),
                        rs.getString(5)))
                .list();
    }
}
