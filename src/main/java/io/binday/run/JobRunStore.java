package io.binday.run;

import io.binday.catalog.DatabaseTime;
import io.binday.trash.OperationName;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is known about the runs of a job, or of an operation, together. Reads only. */
@Component
public class JobRunStore {

    /** A run ({@code r}) of a query that nobody has worked on for so long that it may find something else by now. */
    private static final String OUTDATED = """
            (r.input_kind = 'query' AND EXISTS (SELECT 1 FROM binday_lease o WHERE o.run_id = r.run_id
                AND o.heartbeat_at < TIMESTAMPADD(HOUR, -12, NOW(6))))""";

    private final JdbcClient jdbc;

    JobRunStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The runs of a job that were begun and not ended, or that failed when everything was staged; the oldest first. What an
     * operator has stopped or paused is not among them: only an operator goes on with that. Nor is what a query found
     * and nobody has worked on for half a day: it may have been put to use since, and the next night asks again.
     */
    public List<Long> unfinished(String job) {
        return leftOf(job, "(r.status IN ('RUNNING', 'STOPPED') OR (r.status = 'FAILED' AND r.staged_at IS NOT NULL))");
    }

    /** Those of them that were begun and whose process is gone. */
    public List<Long> orphaned(String job) {
        return leftOf(job, """
                r.status = 'RUNNING' AND EXISTS (SELECT 1 FROM binday_lease l WHERE l.run_id = r.run_id
                    AND (l.owner IS NULL OR l.expires_at < NOW(6)))""");
    }

    /** Those that are left to operators because what their query found has been lying for too long; the oldest first. */
    public List<Long> outdated(String job) {
        return jdbc.sql("SELECT r.run_id FROM binday_run r WHERE r.job_name = ? AND " + OUTDATED
                        + " AND r.status IN ('RUNNING', 'STOPPED', 'FAILED') ORDER BY r.run_id")
                .param(job)
                .query(Long.class)
                .list();
    }

    private List<Long> leftOf(String job, String condition) {
        return jdbc.sql("""
                        SELECT r.run_id FROM binday_run r
                        WHERE r.job_name = :job AND %s AND NOT (%s)
                          AND NOT EXISTS (SELECT 1 FROM binday_control c WHERE c.run_id = r.run_id
                                          AND (c.stop_by IS NOT NULL OR c.paused_by IS NOT NULL))
                        ORDER BY r.run_id""".formatted(condition, OUTDATED))
                .param("job", job)
                .query(Long.class)
                .list();
    }

    /** The newest run of a job. */
    public Optional<Run> newestOf(String job) {
        return jdbc.sql("SELECT " + RunStore.COLUMNS
                        + " FROM binday_run WHERE job_name = ? ORDER BY run_id DESC LIMIT 1")
                .param(job)
                .query(RunStore::row)
                .optional();
    }

    /** When a run of a job was completed last; those of what others had rejected do not count. */
    public Optional<Instant> lastCompletedOf(String job) {
        return lastCompletedWhere("job_name = ? AND input_kind <> 'rejects'", job);
    }

    /** When a run of a job was asked for first. */
    public Optional<Instant> firstOf(String job) {
        return jdbc.sql("SELECT requested_at FROM binday_run WHERE job_name = ? ORDER BY run_id LIMIT 1")
                .param(job)
                .query(LocalDateTime.class)
                .optional()
                .map(DatabaseTime::instant);
    }

    /** When a run of an operation was completed last. */
    public Optional<Instant> lastCompleted(OperationName operation) {
        return lastCompletedWhere("operation = ?", operation.word());
    }

    private Optional<Instant> lastCompletedWhere(String condition, String value) {
        return jdbc.sql("""
                        SELECT finished_at FROM binday_run WHERE %s AND status = 'COMPLETED'
                        ORDER BY finished_at DESC LIMIT 1""".formatted(condition))
                .param(value)
                .query(LocalDateTime.class)
                .optional()
                .map(DatabaseTime::instant);
    }

    /** The runs of an operation that were held back, and after which none of the same job and kind of input was completed. */
    public List<Long> heldBack(OperationName operation) {
        return jdbc.sql("""
                        SELECT r.run_id FROM binday_run r
                        WHERE r.operation = :operation AND r.status = 'AWAITING_APPROVAL' AND r.message IS NOT NULL
                          AND NOT EXISTS (SELECT 1 FROM binday_run c WHERE c.job_name = r.job_name
                                          AND c.operation = r.operation AND c.input_kind = r.input_kind
                                            AND c.status = 'COMPLETED' AND c.finished_at > r.requested_at)
                        ORDER BY r.run_id DESC LIMIT 10""")
                .param("operation", operation.word())
                .query(Long.class)
                .list();
    }

    /**
     * How many assets the last completed runs of an operation have done, those that had something to do, the newest first. Those
     * of what others had rejected tell nothing.
     */
    List<Long> lastDone(OperationName operation, int limit) {
        return jdbc.sql("""
                        SELECT SUM(t.amount) FROM binday_run r
                        JOIN binday_tally t ON t.run_id = r.run_id AND t.name = 'assets'
                        WHERE r.operation = :operation AND r.status = 'COMPLETED' AND r.input_kind <> 'rejects'
                        GROUP BY r.run_id HAVING SUM(t.amount) > 0
                        ORDER BY r.run_id DESC LIMIT :limit""")
                .param("operation", operation.word())
                .param("limit", limit)
                .query(Long.class)
                .list();
    }

    /**
     * How many assets all runs of each operation have done, and how many values they have rejected; not plans that nobody has
     * approved. Reads what every run has ever counted.
     */
    public Map<OperationName, Totals> totals() {
        Map<OperationName, Totals> totals = new EnumMap<>(OperationName.class);
        jdbc.sql("""
                        SELECT r.operation,
                            COALESCE(SUM(CASE WHEN t.name = :done THEN t.amount END), 0),
                            COALESCE(SUM(CASE WHEN t.name = :rejected THEN t.amount END), 0)
                        FROM binday_run r JOIN binday_tally t ON t.run_id = r.run_id AND t.name IN (:done, :rejected)
                        WHERE r.approved_by IS NOT NULL AND r.operation IN (:operations) GROUP BY r.operation""")
                .param("done", TallyStore.ASSETS)
                .param("rejected", TallyStore.REJECTED)
                .param(
                        "operations",
                        Stream.of(OperationName.values())
                                .map(OperationName::word)
                                .toList())
                .query(rs -> {
                    totals.put(OperationName.of(rs.getString(1)), new Totals(rs.getLong(2), rs.getLong(3)));
                });
        return totals;
    }
}
