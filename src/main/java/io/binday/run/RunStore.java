package io.binday.run;

import io.binday.catalog.DatabaseTime;
import io.binday.input.InputDigest;
import io.binday.input.InputSpec;
import io.binday.trash.OperationName;
import io.binday.trash.Plan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.springframework.dao.IncorrectUpdateSemanticsDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The runs. Every method is one statement; the caller has the transaction. */
@Component
class RunStore {

    /** A run ({@code r}) of a query that nobody has worked on for so long that it may find something else by now. */
    private static final String OUTDATED = """
            (r.input_kind = 'query' AND EXISTS (SELECT 1 FROM binday_lease o WHERE o.run_id = r.run_id
                AND o.heartbeat_at < TIMESTAMPADD(HOUR, -12, NOW(6))))""";

    private static final String COLUMNS = """
            run_id, operation, job_name, status, reason, requested_by, requested_at, input_spec, input_kind, input_name,
            input_sha256, input_bytes, chunk_size, approved_by, staged_at, attempts, plan, message, finished_at""";
    private static final int LONGEST_MESSAGE = 2_000;

    private final JdbcClient jdbc;

    RunStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Records a new run as RUNNING and returns its number. */
    long insert(RunRequest request) {
        InputDigest digest = request.input().digest();
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        INSERT INTO binday_run (operation, job_name, status, reason, requested_by, requested_at,
                            input_kind, input_name, input_sha256, input_bytes, input_spec, chunk_size,
                            approved_by, attempts)
                        VALUES (:operation, :job, 'RUNNING', :reason, :who, NOW(6),
                            :kind, :name, :sha256, :bytes, :spec, :chunkSize, :approvedBy, 0)""")
                .param("operation", request.operation().word())
                .param("job", request.job())
                .param("reason", request.reason())
                .param("who", request.who())
                .param("kind", digest.kind())
                .param("name", digest.name())
                .param("sha256", digest.sha256())
                .param("bytes", digest.bytes())
                .param(
                        "spec",
                        JsonMapper.shared().writeValueAsString(request.input().spec()))
                .param("chunkSize", request.chunkSize())
                .param("approvedBy", request.approved() ? request.who() : null)
                .update(key, "run_id");
        return Optional.ofNullable(key.getKeyAs(Number.class)).orElseThrow().longValue();
    }

    /**
     * A run.
     *
     * @throws NoSuchElementException naming it, when there is none
     */
    Run get(long runId) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM binday_run WHERE run_id = ?")
                .param(runId)
                .query(this::row)
                .optional()
                .orElseThrow(() -> none(runId));
    }

    static NoSuchElementException none(long runId) {
        return new NoSuchElementException("there is no run " + runId);
    }

    /** The last run of an operation over the same content that was completed and changed something. */
    Optional<Long> completedWith(OperationName operation, String sha256) {
        return jdbc.sql("""
                        SELECT r.run_id FROM binday_run r
                        WHERE r.input_sha256 = :sha256 AND r.operation = :operation AND r.status = 'COMPLETED'
                          AND EXISTS (SELECT 1 FROM binday_tally t WHERE t.run_id = r.run_id AND t.name = 'assets')
                        ORDER BY r.run_id DESC LIMIT 1""")
                .param("sha256", sha256)
                .param("operation", operation.word())
                .query(Long.class)
                .optional();
    }

    /**
     * Changes the status.
     *
     * @throws IllegalStateException when {@link RunStatus} has no such edge
     * @throws IncorrectUpdateSemanticsDataAccessException when the run is not in that state any more
     */
    void change(long runId, RunStatus from, RunStatus to, Optional<String> message) {
        if (from.reasonFor(to).isEmpty()) {
            throw new IllegalStateException("run " + runId + " cannot go from " + from + " to " + to);
        }
        int changed = jdbc.sql("""
                        UPDATE binday_run SET status = :to,
                            message = CASE WHEN :to = 'AWAITING_APPROVAL' THEN message ELSE :message END,
                            finished_at = CASE WHEN :ended = 1 THEN NOW(6) ELSE NULL END
                        WHERE run_id = :runId AND status = :from""")
                .param("to", to.name())
                .param("message", message.map(RunStore::cut).orElse(null))
                .param("ended", to == RunStatus.RUNNING || to == RunStatus.AWAITING_APPROVAL ? 0 : 1)
                .param("runId", runId)
                .param("from", from.name())
                .update();
        if (changed != 1) {
            throw new IncorrectUpdateSemanticsDataAccessException("run " + runId + " is not " + from + " any more");
        }
    }

    /** Approves a plan that nobody has approved; false when somebody has, or it is no plan. */
    boolean approve(long runId, String who) {
        return jdbc.sql("""
                        UPDATE binday_run SET approved_by = :who
                        WHERE run_id = :runId AND status = 'AWAITING_APPROVAL' AND approved_by IS NULL""").param("who", who).param("runId", runId).update() == 1;
    }

    /**
     * The runs of a job that were begun and not ended, or that failed when everything was staged; the oldest first. What an
     * operator has stopped or paused is not among them: only an operator goes on with that. Nor is what a query found
     * and nobody has worked on for half a day: it may have been put to use since, and the next night asks again.
     */
    List<Long> unfinished(String job) {
        return leftOf(job, "(r.status IN ('RUNNING', 'STOPPED') OR (r.status = 'FAILED' AND r.staged_at IS NOT NULL))");
    }

    /** Those of them that were begun and whose process is gone. */
    List<Long> orphaned(String job) {
        return leftOf(job, """
                r.status = 'RUNNING' AND EXISTS (SELECT 1 FROM binday_lease l WHERE l.run_id = r.run_id
                    AND (l.owner IS NULL OR l.expires_at < NOW(6)))""");
    }

    /** Those that are left to operators because what their query found has been lying for too long; the oldest first. */
    List<Long> outdated(String job) {
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
    Optional<Run> newestOf(String job) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM binday_run WHERE job_name = ? ORDER BY run_id DESC LIMIT 1")
                .param(job)
                .query(this::row)
                .optional();
    }

    /** When a run of a job was completed last; those of what others had rejected do not count. */
    Optional<Instant> lastCompletedOf(String job) {
        return lastCompletedWhere("job_name = ? AND input_kind <> 'rejects'", job);
    }

    /** When a run of a job was asked for first. */
    Optional<Instant> firstOf(String job) {
        return jdbc.sql("SELECT requested_at FROM binday_run WHERE job_name = ? ORDER BY run_id LIMIT 1")
                .param(job)
                .query(LocalDateTime.class)
                .optional()
                .map(DatabaseTime::instant);
    }

    /** When a run of an operation was completed last. */
    Optional<Instant> lastCompleted(OperationName operation) {
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
    List<Long> heldBack(OperationName operation) {
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

    /** Takes the approval back from a run that a person has to look at, and says why. */
    void holdBack(long runId, String why) {
        jdbc.sql("UPDATE binday_run SET approved_by = NULL, message = :why WHERE run_id = :runId")
                .param("why", cut(why))
                .param("runId", runId)
                .update();
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

    void countAttempt(long runId) {
        jdbc.sql("UPDATE binday_run SET attempts = attempts + 1 WHERE run_id = ?")
                .param(runId)
                .update();
    }

    void markStaged(long runId) {
        jdbc.sql("UPDATE binday_run SET staged_at = NOW(6) WHERE run_id = ?")
                .param(runId)
                .update();
    }

    void keepPlan(long runId, Plan plan) {
        jdbc.sql("UPDATE binday_run SET plan = ? WHERE run_id = ?")
                .param(JsonMapper.shared().writeValueAsString(plan))
                .param(runId)
                .update();
    }

    private static String cut(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE);
    }

    private Run row(ResultSet rs, int number) throws SQLException {
        return new Run(
                rs.getLong("run_id"),
                OperationName.of(rs.getString("operation")),
                rs.getString("job_name"),
                RunStatus.ofRun(rs.getLong("run_id"), rs.getString("status")),
                rs.getString("reason"),
                rs.getString("requested_by"),
                DatabaseTime.instant(rs, "requested_at").orElseThrow(),
                JsonMapper.shared().readValue(rs.getString("input_spec"), InputSpec.class),
                new InputDigest(
                        rs.getString("input_kind"),
                        rs.getString("input_name"),
                        rs.getString("input_sha256"),
                        rs.getLong("input_bytes")),
                rs.getInt("chunk_size"),
                Optional.ofNullable(rs.getString("approved_by")),
                DatabaseTime.instant(rs, "staged_at").isPresent(),
                rs.getInt("attempts"),
                Optional.ofNullable(rs.getString("plan"))
                        .map(plan -> JsonMapper.shared().readValue(plan, Plan.class)),
                Optional.ofNullable(rs.getString("message")),
                DatabaseTime.instant(rs, "finished_at"));
    }
}
