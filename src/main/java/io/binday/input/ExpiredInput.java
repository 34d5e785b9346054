package io.binday.input;

import io.binday.catalog.Dialect;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import javax.sql.DataSource;

/**
 * What was trashed at the cutoff or before, the oldest first; and what has no usable time of being trashed, so that it is
 * told. Holds are looked at later, so that what they keep is told too.
 */
final class ExpiredInput implements AssetIdInput {

    private static final String EXPIRED = """
            SELECT asset_id FROM binday_trash
            WHERE trashed_at <= :cutoff OR trashed_at IS NULL OR trashed_at > NOW(6)
            ORDER BY trashed_at, asset_id""";

    private static final int TIMEOUT_SECONDS = 24 * 3_600;

    private final InputSpec.Expired spec;
    private final QueryInput query;

    private ExpiredInput(InputSpec.Expired spec, QueryInput query) {
        this.spec = spec;
        this.query = query;
    }

    static ExpiredInput of(InputSpec.Expired spec, DataSource dataSource, Dialect dialect) {
        LocalDateTime cutoff = LocalDateTime.ofInstant(spec.cutoff(), ZoneOffset.UTC);
        InputSpec.Query query = new InputSpec.Query(
                "expired trash", EXPIRED, Map.of("cutoff", cutoff), TIMEOUT_SECONDS, Long.MAX_VALUE);
        return new ExpiredInput(spec, QueryInput.of(query, dataSource, dialect));
    }

    @Override
    public InputSpec spec() {
        return spec;
    }

    @Override
    public InputDigest digest() {
        String name = "trashed until " + spec.cutoff();
        return new InputDigest(spec.kind(), name, Sha256.of(name), name.length());
    }

    @Override
    public String understanding() {
        return "the oldest first";
    }

    @Override
    public Values open() {
        return query.open();
    }
}
