package io.binday.trash;

import java.util.Map;

/**
 * Pending work items of a run, as a query with the columns {@code asset_id} and {@code seq}.
 *
 * @param sql the query, with named parameters
 * @param parameters their values
 */
public record Selection(String sql, Map<String, Long> parameters) {

    public Selection {
        parameters = Map.copyOf(parameters);
    }
}
