package io.binday.input;

import io.binday.catalog.DatabaseTime;
import io.binday.catalog.Dialect;
import java.time.LocalDateTime;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What Binday's own tables answer: the assets of an earlier run, its rejects, or the expired trash. */
final class OwnInput implements AssetIdInput {

    private static final String TRASHED = """
            SELECT e.asset_id FROM binday_event e
            LEFT JOIN binday_trash t ON t.asset_id = e.asset_id AND t.run_id = e.run_id
            WHERE e.run_id = :runId AND e.event = 'TRASHED'
              AND (t.asset_id IS NOT NULL
                OR EXISTS (SELECT 1 FROM binday_purged p WHERE p.asset_id = e.asset_id AND p.trash_run_id = e.run_id))
            ORDER BY e.asset_id""";

    private static final String EXPIRED = """
            SELECT asset_id FROM binday_trash
            WHERE trashed_at <= :cutoff OR trashed_at IS NULL OR trashed_at > NOW(6)
            ORDER BY trashed_at, asset_id""";

    private static final String REJECTED = """
            FROM binday_work_item
            WHERE run_id = :runId AND state = 'REJECTED' AND reason NOT IN ('DUPLICATE', 'TRASHED_AGAIN')""";

    private static final int TIMEOUT_SECONDS = 24 * 3_600;

    private final InputSpec spec;
    private final InputDigest digest;
    private final String understanding;
    private final QueryInput query;

    private OwnInput(InputSpec spec, InputDigest digest, String understanding, QueryInput query) {
        this.spec = spec;
        this.digest = digest;
        this.understanding = understanding;
        this.query = query;
    }

    /**
     * What a run has trashed and nobody has taken back since, in ascending order of the asset ID; what was purged
     * meanwhile is in it too, so that it is told and not left out.
     */
    static OwnInput of(InputSpec.Run spec, DataSource dataSource, Dialect dialect) {
        String name = "run " + spec.runId();
        return new OwnInput(
                spec,
                digest(spec, name, name),
                "everything it has trashed that was not restored since",
                query(name, TRASHED, Map.of("runId", spec.runId()), dataSource, dialect));
    }

    /**
     * What was trashed at the cutoff or before, the oldest first; and what has no usable time of being trashed, so that it
     * is told. Holds are looked at later, so that what they keep is told too.
     */
    static OwnInput of(InputSpec.Expired spec, DataSource dataSource, Dialect dialect) {
        String name = "trashed until " + spec.cutoff();
        LocalDateTime cutoff = DatabaseTime.of(spec.cutoff());
        return new OwnInput(
                spec,
                digest(spec, name, name),
                "the oldest first",
                query("the expired trash", EXPIRED, Map.of("cutoff", cutoff), dataSource, dialect));
    }

    /**
     * What an earlier run has rejected, in its order; without the repetitions, because the value that they repeat was
     * settled or is itself among the rejects.
     *
     * @throws InputRefusedException when there is nothing to try again
     */
    static OwnInput of(InputSpec.Rejects spec, DataSource dataSource, Dialect dialect) {
        String name = InputSpec.Rejects.NAME + spec.runId();
        long count = countRejected(spec.runId(), new JdbcTemplate(dataSource));
        return new OwnInput(
                spec,
                digest(spec, name, name + ": " + count),
                "in the order of its input",
                query(
                        name,
                        "SELECT asset_id " + REJECTED + " ORDER BY run_id, seq",
                        Map.of("runId", spec.runId()),
                        dataSource,
                        dialect));
    }

    private static long countRejected(long runId, JdbcTemplate jdbc) {
        if (!jdbc.queryForList("SELECT 1 FROM binday_tidied WHERE run_id = ?", Integer.class, runId)
                .isEmpty()) {
            throw new InputRefusedException(
                    "housekeeping has removed the items of run " + runId + ", so nobody knows what it has rejected");
        }
        Long count = jdbc.queryForObject("SELECT COUNT(*) " + REJECTED.replace(":runId", "?"), Long.class, runId);
        if (count == null || count == 0) {
            throw new InputRefusedException("run " + runId + " has no rejected items that could be tried again");
        }
        return count;
    }

    private static InputDigest digest(InputSpec spec, String name, String content) {
        return new InputDigest(spec.kind(), name, Sha256.of(content), name.length());
    }

    private static QueryInput query(
            String name, String sql, Map<String, Object> parameters, DataSource dataSource, Dialect dialect) {
        return QueryInput.of(
                new InputSpec.Query(name, sql, parameters, TIMEOUT_SECONDS, Long.MAX_VALUE),
                "the list of " + name,
                dataSource,
                dialect);
    }

    @Override
    public InputSpec spec() {
        return spec;
    }

    @Override
    public InputDigest digest() {
        return digest;
    }

    @Override
    public String understanding() {
        return understanding;
    }

    @Override
    public Values open() {
        return query.open();
    }
}
