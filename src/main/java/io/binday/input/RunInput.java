package io.binday.input;

import io.binday.catalog.Dialect;
import java.util.Map;
import javax.sql.DataSource;

/**
 * What a run has trashed and nobody has taken back since, in ascending order of the asset ID; what was purged meanwhile
 * is in it too, so that it is told and not left out.
 */
final class RunInput implements AssetIdInput {

    private static final String TRASHED = """
            SELECT e.asset_id FROM binday_event e
            LEFT JOIN binday_trash t ON t.asset_id = e.asset_id AND t.run_id = e.run_id
            WHERE e.run_id = :runId AND e.event = 'TRASHED'
              AND (t.asset_id IS NOT NULL
                OR EXISTS (SELECT 1 FROM binday_purged p WHERE p.asset_id = e.asset_id AND p.trash_run_id = e.run_id))
            ORDER BY e.asset_id""";

    private static final int TIMEOUT_SECONDS = 24 * 3_600;

    private final InputSpec.Run spec;
    private final QueryInput query;

    private RunInput(InputSpec.Run spec, QueryInput query) {
        this.spec = spec;
        this.query = query;
    }

    /**
     * Looks whether there is something to take.
     *
     * @throws InputRefusedException when there is not
     */
    static RunInput of(InputSpec.Run spec, DataSource dataSource, Dialect dialect) {
        InputSpec.Query query = new InputSpec.Query(
                "run " + spec.runId(), TRASHED, Map.of("runId", spec.runId()), TIMEOUT_SECONDS, Long.MAX_VALUE);
        return new RunInput(spec, QueryInput.of(query, dataSource, dialect));
    }

    @Override
    public InputSpec spec() {
        return spec;
    }

    @Override
    public InputDigest digest() {
        String name = "run " + spec.runId();
        return new InputDigest(spec.kind(), name, Sha256.of(name), name.length());
    }

    @Override
    public String understanding() {
        return "everything it has trashed that was not restored since";
    }

    @Override
    public Values open() {
        return query.open();
    }
}
