package io.binday.run;

import io.binday.catalog.DatabaseTime;
import io.binday.input.InputSpec;
import io.binday.run.Housekeeping.Result;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** The statements of housekeeping. The caller has the transaction. */
@Component
class HousekeepingStore {

    private static final String ENDED = """
            FROM binday_run r
            WHERE r.status IN ('COMPLETED', 'ABANDONED') AND r.finished_at < :before
              AND NOT EXISTS (SELECT 1 FROM binday_tidied d WHERE d.run_id = r.run_id)
              AND NOT EXISTS (SELECT 1 FROM binday_run n
                              WHERE n.status IN ('RUNNING', 'STOPPED', 'FAILED') AND n.input_kind = 'rejects'
                                AND n.input_name = CONCAT('%s', r.run_id) AND n.staged_at IS NULL)""".formatted(InputSpec.Rejects.NAME);

    /** Whatever else is noted, what a run still needs to go on stays. */
    private static final String TIDIED = """
            FROM binday_tidied d JOIN binday_run r ON r.run_id = d.run_id AND r.status IN ('COMPLETED', 'ABANDONED')""";

    private static final String ATTEMPTS = """
            (SELECT COUNT(*) FROM BATCH_JOB_EXECUTION_PARAMS p
             WHERE p.PARAMETER_NAME = 'runId' AND p.PARAMETER_VALUE = CONCAT('', r.run_id))""";

    private final NamedParameterJdbcTemplate jdbc;

    HousekeepingStore(JdbcTemplate jdbc) {
        this.jdbc = new NamedParameterJdbcTemplate(jdbc);
    }

    /** Some runs that ended before an instant and whose items and attempts are still there, the oldest first. */
    List<Long> ended(Instant before, int limit) {
        return jdbc.queryForList(
                "SELECT r.run_id " + ENDED + " ORDER BY r.run_id LIMIT :limit",
                Map.of("before", DatabaseTime.of(before), "limit", limit),
                Long.class);
    }

    /** Runs that an interrupted housekeeping has left items of. */
    List<Long> leftovers(int limit) {
        return jdbc.queryForList("""
                SELECT d.run_id %s JOIN (SELECT DISTINCT run_id FROM binday_work_item) w ON w.run_id = d.run_id
                ORDER BY d.run_id LIMIT :limit""".formatted(TIDIED), Map.of("limit", limit), Long.class);
    }

    /** Counts what there is to remove. */
    Result plan(Instant before) {
        Map<String, Object> parameters = Map.of("before", DatabaseTime.of(before));
        return new Result(
                before,
                count("SELECT COUNT(*) " + ENDED, parameters),
                count("SELECT COALESCE(SUM(" + ATTEMPTS + "), 0) " + ENDED, parameters),
                count(
                                "SELECT COUNT(*) FROM binday_work_item w WHERE w.run_id IN (SELECT r.run_id " + ENDED
                                        + ")",
                                parameters)
                        + count(
                                "SELECT COUNT(*) FROM binday_work_item w WHERE w.run_id IN (SELECT d.run_id " + TIDIED
                                        + ")",
                                Map.of()));
    }

    private long count(String sql, Map<String, Object> parameters) {
        return Optional.ofNullable(jdbc.queryForObject(sql, parameters, Long.class))
                .orElse(0L);
    }

    /** Removes what the job repository knows of some runs, and notes that; returns how many executions there were. */
    int forget(List<Long> runs) {
        List<String> keys = runs.stream().map(String::valueOf).toList();
        List<Long> executions = jdbc.queryForList(
                "SELECT e.JOB_EXECUTION_ID FROM " + JobRepositoryStore.EXECUTIONS
                        + " WHERE p.PARAMETER_VALUE IN (:keys) ORDER BY e.JOB_EXECUTION_ID",
                Map.of("keys", keys),
                Long.class);
        if (!executions.isEmpty()) {
            remove(executions);
        }
        jdbc.update(
                "INSERT IGNORE INTO binday_tidied (run_id, tidied_at) SELECT run_id, NOW(6) FROM binday_run WHERE run_id IN (:runs)",
                Map.of("runs", runs));
        jdbc.update("DELETE FROM binday_control WHERE run_id IN (:runs)", Map.of("runs", runs));
        return executions.size();
    }

    private void remove(List<Long> executions) {
        Map<String, Object> all = Map.of("executions", executions);
        List<Long> instances = jdbc.queryForList(
                "SELECT DISTINCT JOB_INSTANCE_ID FROM BATCH_JOB_EXECUTION WHERE JOB_EXECUTION_ID IN (:executions)",
                all,
                Long.class);
        jdbc.update("""
                DELETE FROM BATCH_STEP_EXECUTION_CONTEXT WHERE STEP_EXECUTION_ID IN (
                    SELECT STEP_EXECUTION_ID FROM BATCH_STEP_EXECUTION WHERE JOB_EXECUTION_ID IN (:executions))""", all);
        for (String table : List.of(
                "BATCH_STEP_EXECUTION",
                "BATCH_JOB_EXECUTION_CONTEXT",
                "BATCH_JOB_EXECUTION_PARAMS",
                "BATCH_JOB_EXECUTION")) {
            jdbc.update("DELETE FROM " + table + " WHERE JOB_EXECUTION_ID IN (:executions)", all);
        }
        jdbc.update(
                "DELETE FROM BATCH_JOB_INSTANCE WHERE JOB_INSTANCE_ID IN (:instances)", Map.of("instances", instances));
    }

    /** When the items and attempts of a run were removed; empty when they are there. */
    Optional<Instant> tidiedAt(long runId) {
        return jdbc
                .queryForList(
                        "SELECT tidied_at FROM binday_tidied WHERE run_id = :runId",
                        Map.of("runId", runId),
                        LocalDateTime.class)
                .stream()
                .findFirst()
                .map(DatabaseTime::instant);
    }
}
