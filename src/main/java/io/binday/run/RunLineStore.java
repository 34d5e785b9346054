package io.binday.run;

import io.binday.catalog.DatabaseTime;
import io.binday.trash.OperationName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Runs in one line each, without counting their work items: what they came to is in the tallies. It is fast with 100,000 runs
 * because each condition is in the statement only when it is asked for, so that its index serves.
 */
@Component
class RunLineStore {

    private static final String LINES = """
            SELECT r.run_id, r.operation, r.job_name, r.status, r.requested_at, r.finished_at, r.requested_by, r.reason,
                r.input_name, r.staged_at, r.message, %s, %s,
                (SELECT SUM(t.amount) FROM binday_tally t WHERE t.run_id = r.run_id AND t.name = 'items') AS items,
                COALESCE((SELECT SUM(t.amount) FROM binday_tally t WHERE t.run_id = r.run_id AND t.name = 'assets'), 0) AS done,
                COALESCE((SELECT SUM(t.amount) FROM binday_tally t WHERE t.run_id = r.run_id AND t.name = 'rejected'), 0)
                    AS rejected
            FROM (SELECT * FROM binday_run WHERE 1 = 1 %%s ORDER BY run_id DESC LIMIT :limit) r
            LEFT JOIN binday_lease l ON l.run_id = r.run_id
            LEFT JOIN binday_control c ON c.run_id = r.run_id
            ORDER BY r.run_id DESC""".formatted(LeaseStore.STATE, ControlStore.ASKED);

    private final JdbcClient jdbc;

    RunLineStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The newest runs first. */
    List<RunLine> newest(RunFilter filter, int limit) {
        Map<String, Object> parameters = new HashMap<>(Map.of("limit", limit));
        StringBuilder where = new StringBuilder();
        if (!filter.statuses().isEmpty()) {
            where.append(" AND status IN (:statuses)");
            parameters.put(
                    "statuses", filter.statuses().stream().map(Enum::name).toList());
        }
        filter.operation()
                .ifPresent(value -> add(where, parameters, "operation = :operation", "operation", value.word()));
        filter.job().ifPresent(value -> add(where, parameters, "job_name = :job", "job", value));
        filter.who().ifPresent(value -> add(where, parameters, "requested_by = :who", "who", value));
        filter.since()
                .ifPresent(value -> add(where, parameters, "requested_at >= :since", "since", DatabaseTime.of(value)));
        filter.before().ifPresent(value -> add(where, parameters, "run_id < :before", "before", value));
        return jdbc.sql(LINES.formatted(where))
                .params(parameters)
                .query(RunLineStore::row)
                .list();
    }

    private static void add(
            StringBuilder where, Map<String, Object> parameters, String condition, String name, Object value) {
        where.append(" AND ").append(condition);
        parameters.put(name, value);
    }

    Optional<RunLine> find(long runId) {
        return jdbc.sql(LINES.formatted("AND run_id = :runId"))
                .param("runId", runId)
                .param("limit", 1)
                .query(RunLineStore::row)
                .optional();
    }

    private static RunLine row(ResultSet rs, int number) throws SQLException {
        RunStatus status = RunStatus.ofRun(rs.getLong("run_id"), rs.getString("status"));
        Optional<LeaseState> lease =
                rs.getString("owner") == null ? Optional.empty() : Optional.of(LeaseStore.state(rs, number));
        Control control = ControlStore.control(rs, number);
        Optional<Long> items = Optional.ofNullable(rs.getObject("items", Long.class));
        return new RunLine(
                rs.getLong("run_id"),
                OperationName.ofRun(rs.getLong("run_id"), rs.getString("operation")),
                rs.getString("job_name"),
                status,
                RunSituation.of(status, lease, control, false),
                items.map(OptionalLong::of).orElseGet(OptionalLong::empty),
                rs.getLong("done"),
                rs.getLong("rejected"),
                DatabaseTime.instant(rs, "requested_at").orElseThrow(),
                DatabaseTime.instant(rs, "finished_at"),
                rs.getString("requested_by"),
                rs.getString("reason"),
                rs.getString("input_name"),
                control,
                Optional.ofNullable(rs.getString("message")));
    }
}
