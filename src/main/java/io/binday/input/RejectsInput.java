package io.binday.input;

import io.binday.catalog.Dialect;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What an earlier run has rejected, in its order; without the repetitions, because the value that they repeat was settled or
 * is itself among the rejects.
 */
final class RejectsInput implements AssetIdInput {

    private static final String REJECTED = """
            FROM binday_work_item
            WHERE run_id = :runId AND state = 'REJECTED' AND reason <> 'DUPLICATE'""";

    private static final int TIMEOUT_SECONDS = 24 * 3_600;

    private final InputSpec.Rejects spec;
    private final long count;
    private final QueryInput query;

    private RejectsInput(InputSpec.Rejects spec, long count, QueryInput query) {
        this.spec = spec;
        this.count = count;
        this.query = query;
    }

    /**
     * Looks whether there is something to try again.
     *
     * @throws InputRefusedException when there is not
     */
    static RejectsInput of(InputSpec.Rejects spec, DataSource dataSource, Dialect dialect) {
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        if (!jdbc.queryForList("SELECT 1 FROM binday_tidied WHERE run_id = ?", Integer.class, spec.runId())
                .isEmpty()) {
            throw new InputRefusedException("housekeeping has removed the items of run " + spec.runId()
                    + ", so nobody knows what it has rejected");
        }
        Long count =
                jdbc.queryForObject("SELECT COUNT(*) " + REJECTED.replace(":runId", "?"), Long.class, spec.runId());
        if (count == null || count == 0) {
            throw new InputRefusedException("run " + spec.runId() + " has no rejected items that could be tried again");
        }
        InputSpec.Query query = new InputSpec.Query(
                "rejects of run " + spec.runId(),
                "SELECT asset_id " + REJECTED + " ORDER BY run_id, seq",
                Map.of("runId", spec.runId()),
                TIMEOUT_SECONDS,
                Long.MAX_VALUE);
        return new RejectsInput(spec, count, QueryInput.of(query, dataSource, dialect));
    }

    @Override
    public InputSpec spec() {
        return spec;
    }

    @Override
    public InputDigest digest() {
        String name = "rejects of run " + spec.runId();
        return new InputDigest(spec.kind(), name, Sha256.of(name + ": " + count), name.length());
    }

    @Override
    public String understanding() {
        return "in the order of its input";
    }

    @Override
    public Values open() {
        return query.open();
    }
}
