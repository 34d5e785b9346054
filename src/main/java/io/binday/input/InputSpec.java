package io.binday.input;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the asset IDs of a run come from, complete enough to read them again after a crash. It is kept with the run as
 * JSON, so the names of its parts are a contract.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = InputSpec.Csv.class, name = "csv"),
    @JsonSubTypes.Type(value = InputSpec.Query.class, name = "query"),
    @JsonSubTypes.Type(value = InputSpec.Ids.class, name = "ids"),
    @JsonSubTypes.Type(value = InputSpec.Run.class, name = "run"),
    @JsonSubTypes.Type(value = InputSpec.Expired.class, name = "expired"),
    @JsonSubTypes.Type(value = InputSpec.Rejects.class, name = "rejects")
})
public sealed interface InputSpec {

    /** The word for this kind of input. */
    String kind();

    /** The run whose assets this takes back, as long as they are in the trash by it; empty for any other input. */
    default Optional<Long> trashedBy() {
        return Optional.empty();
    }

    /**
     * A CSV file.
     *
     * @param path the absolute path of the file, or of the copy that standard input was spooled to
     * @param name what the operator called it; {@code -} for standard input
     * @param column the column asked for, by name or number counted from 1
     */
    record Csv(String path, String name, Optional<String> column) implements InputSpec {
        @Override
        public String kind() {
            return "csv";
        }

        /** Whether the file is Binday's own copy of standard input. */
        public boolean spooled() {
            return "-".equals(name);
        }
    }

    /**
     * A saved query with the values of its parameters.
     *
     * @param name the job it stands in
     * @param parameters values as the operator gave them, by name
     * @param timeoutSeconds how long the query may take
     * @param maxRows more rows than this are refused
     */
    record Query(String name, String sql, Map<String, Object> parameters, int timeoutSeconds, long maxRows)
            implements InputSpec {
        public Query {
            parameters = Map.copyOf(parameters);
        }

        @Override
        public String kind() {
            return "query";
        }
    }

    /** What an earlier run has trashed. */
    record Run(long runId) implements InputSpec {
        @Override
        public Optional<Long> trashedBy() {
            return Optional.of(runId);
        }

        @Override
        public String kind() {
            return "run";
        }
    }

    /**
     * What has been in the trash for long enough.
     *
     * @param cutoff the latest instant of having been trashed; fixed here, so that a restart means the same assets
     */
    record Expired(Instant cutoff) implements InputSpec {
        @Override
        public String kind() {
            return "expired";
        }
    }

    /**
     * What an earlier run has rejected.
     *
     * @param cutoff that of the earlier run, when it was a purge
     * @param trashedBy that of the earlier run, when it was a restore of what a run has trashed
     */
    record Rejects(long runId, Optional<Instant> cutoff, Optional<Long> trashedBy) implements InputSpec {

        /** With the number of the run the name of such an input; kept with runs, and asked for by it, so it never changes. */
        public static final String NAME = "rejects of run ";

        @Override
        public String kind() {
            return "rejects";
        }
    }

    /** Asset IDs given one by one. */
    record Ids(List<String> values) implements InputSpec {
        public Ids {
            values = List.copyOf(values);
        }

        @Override
        public String kind() {
            return "ids";
        }
    }
}
