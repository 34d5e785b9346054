package io.binday.run;

import io.binday.catalog.DatabaseTime;
import io.binday.catalog.RefusedException;
import io.binday.input.InputDigest;
import io.binday.input.InputSpec;
import io.binday.job.UnknownNameException;
import io.binday.trash.OperationName;
import io.binday.trash.Plan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.IncorrectUpdateSemanticsDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The runs. Every method is one statement; the caller has the transaction. */
@Component
class RunStore {

    static final String COLUMNS = """
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
     * Whether the job repository has executions of this number already, which are of another run then: the tables of runs are older
     * than it, say from a backup.
     */
    boolean isTaken(long runId) {
        return jdbc.sql("""
                        SELECT COUNT(*) FROM BATCH_JOB_EXECUTION_PARAMS
                        WHERE PARAMETER_NAME = 'runId' AND PARAMETER_VALUE = ?""").param(String.valueOf(runId)).query(Long.class).single() > 0;
    }

    /** Gives a run that nobody knows yet a number above all that there are or were; the number. */
    long renumber(long runId) {
        long next = jdbc.sql("""
                        SELECT 1 + GREATEST(
                            (SELECT MAX(run_id) FROM binday_run),
                            (SELECT MAX(CAST(PARAMETER_VALUE AS DECIMAL(20))) FROM BATCH_JOB_EXECUTION_PARAMS
                             WHERE PARAMETER_NAME = 'runId'))""").query(Long.class).single();
        jdbc.sql("UPDATE binday_run SET run_id = ? WHERE run_id = ?")
                .params(next, runId)
                .update();
        return next;
    }

    boolean isThere(long runId) {
        return jdbc.sql("SELECT COUNT(*) FROM binday_run WHERE run_id = ?")
                        .param(runId)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /**
     * A run.
     *
     * @throws UnknownNameException naming it, when there is none
     */
    Run get(long runId) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM binday_run WHERE run_id = ?")
                .param(runId)
                .query(RunStore::row)
                .optional()
                .orElseThrow(() -> none(runId));
    }

    /** Of a run that somebody is at work on. */
    static RefusedException gone(long runId) {
        return new RefusedException(
                ("the database does not know run %d any more, so it is one of an earlier time: a backup, or a server that has not got"
                                + " the last commits. Whatever it lacks was undone with the run; see where it stands with: binday run list,"
                                + " binday audit, and src/docs/runbook.md")
                        .formatted(runId));
    }

    static UnknownNameException none(long runId) {
        return new UnknownNameException("there is no run " + runId);
    }

    /** The last run of an operation over the same content, of a CSV file its same column, that was completed and changed something. */
    Optional<Long> completedWith(RunRequest request) {
        return jdbc
                .sql("""
                        SELECT r.run_id, r.input_spec FROM binday_run r
                        WHERE r.input_sha256 = :sha256 AND r.operation = :operation AND r.status = 'COMPLETED'
                          AND EXISTS (SELECT 1 FROM binday_tally t WHERE t.run_id = r.run_id AND t.name = 'assets')
                        ORDER BY r.run_id DESC""")
                .param("sha256", request.input().digest().sha256())
                .param("operation", request.operation().word())
                .query((rs, row) -> Map.entry(rs.getLong(1), input(rs.getString(2))))
                .list()
                .stream()
                .filter(run -> isOfSameColumn(run.getValue(), request.input().spec()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static InputSpec input(String json) {
        return JsonMapper.shared().readValue(json, InputSpec.class);
    }

    /** The column that is taken where none is named may be any of them. */
    private static boolean isOfSameColumn(InputSpec one, InputSpec other) {
        return !(one instanceof InputSpec.Csv first && other instanceof InputSpec.Csv second)
                || first.column().isEmpty()
                || second.column().isEmpty()
                || first.column().equals(second.column());
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

    /** Takes the approval back from a run that a person has to look at, and says why. */
    void holdBack(long runId, String why) {
        jdbc.sql("UPDATE binday_run SET approved_by = NULL, message = :why WHERE run_id = :runId")
                .param("why", cut(why))
                .param("runId", runId)
                .update();
    }

    /** Counts the attempts that the job repository has of a run's instance: one whose count was lost is not forgotten. */
    void countAttempts(long runId, long instanceId) {
        jdbc.sql("""
                        UPDATE binday_run SET attempts =
                            (SELECT COUNT(*) FROM BATCH_JOB_EXECUTION e WHERE e.JOB_INSTANCE_ID = ?)
                        WHERE run_id = ?""").param(instanceId).param(runId).update();
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

    /** A run of {@link #COLUMNS}. */
    static Run row(ResultSet rs, int number) throws SQLException {
        return new Run(
                rs.getLong("run_id"),
                OperationName.ofRun(rs.getLong("run_id"), rs.getString("operation")),
                rs.getString("job_name"),
                RunStatus.ofRun(rs.getLong("run_id"), rs.getString("status")),
                rs.getString("reason"),
                rs.getString("requested_by"),
                DatabaseTime.instant(rs, "requested_at").orElseThrow(),
                input(rs.getString("input_spec")),
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
