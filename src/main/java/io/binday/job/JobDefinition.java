package io.binday.job;

import java.util.List;
import java.util.Optional;

/**
 * A job as {@code jobs/*.yml} describes it.
 *
 * @param operation what it does with the assets it finds; {@code trash}
 * @param reason why, unless the operator gives another reason
 * @param chunkSize assets a transaction, when it differs from the configured one
 */
public record JobDefinition(
        String name,
        String description,
        String operation,
        Optional<String> reason,
        Optional<Integer> chunkSize,
        Input input) {

    /** Where its asset IDs come from. */
    public sealed interface Input {

        /**
         * A CSV file that the operator names when starting the job.
         *
         * @param column the column with the asset IDs, by name or number
         */
        record Csv(Optional<String> column) implements Input {}

        /**
         * A query.
         *
         * @param timeoutSeconds how long it may take
         * @param maxRows more rows than this are refused
         */
        record Query(String sql, int timeoutSeconds, long maxRows, List<Parameter> parameters) implements Input {
            public Query {
                parameters = List.copyOf(parameters);
            }
        }
    }
}
