package io.binday.job;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * A job as {@code jobs/*.yml} describes it.
 *
 * @param operation what it does with what it finds: trash, restore, purge or housekeeping
 * @param reason why, unless the operator gives another reason
 * @param chunkSize assets a transaction, when it differs from the configured one
 * @param schedule when the daemon starts it by itself
 */
public record JobDefinition(
        String name,
        String description,
        String operation,
        Optional<String> reason,
        Optional<Integer> chunkSize,
        Input input,
        Optional<Schedule> schedule) {

    /** The operation that is none of a run: it tidies up after runs. */
    public static final String HOUSEKEEPING = "housekeeping";

    /**
     * When a job is started.
     *
     * @param cron a Quartz expression of 6 or 7 fields, seconds first
     * @param zone the time zone it is meant in
     */
    public record Schedule(String cron, ZoneId zone) {}

    /** Where its asset IDs come from. */
    public sealed interface Input {

        /**
         * A CSV file that the operator names when starting the job.
         *
         * @param column the column with the asset IDs, by name or number
         */
        record Csv(Optional<String> column) implements Input {}

        /**
         * What has been in the trash for long enough.
         *
         * @param olderThan for how long, when that is longer than the retention
         */
        record Expired(Optional<Duration> olderThan) implements Input {}

        /**
         * Runs that ended long ago, for housekeeping.
         *
         * @param olderThan how long ago, unless it is what is usual
         */
        record Ended(Optional<Duration> olderThan) implements Input {}

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
