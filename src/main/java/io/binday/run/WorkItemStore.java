package io.binday.run;

import io.binday.trash.Reject;
import io.binday.trash.Rejection;
import io.binday.trash.Selection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.dao.IncorrectUpdateSemanticsDataAccessException;
import org.springframework.jdbc.core.BatchPreparedStatementSetter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The work items: {@code PENDING} until they are {@code DONE} or {@code REJECTED}, both for good. The caller has the
 * transaction.
 */
@Component
class WorkItemStore {

    private static final int DELETE_BATCH = 10_000;
    private static final String PENDING =
            "SELECT asset_id, seq FROM binday_work_item WHERE run_id = :runId AND state = 'PENDING'";
    private static final RowMapper<WorkItem> ITEM = (rs, row) -> {
        Optional<String> reason = Optional.ofNullable(rs.getString(3));
        Optional<String> detail = Optional.ofNullable(rs.getString(4));
        return new WorkItem(
                rs.getLong(1), rs.getString(2), reason.map(word -> new Rejection(Reject.valueOf(word), detail)));
    };

    private final JdbcTemplate jdbc;
    private final NamedParameterJdbcTemplate named;

    WorkItemStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.named = new NamedParameterJdbcTemplate(jdbc);
    }

    /** Removes some of a run's items; true while there may be more. */
    boolean clearSome(long runId) {
        return jdbc.update("DELETE FROM binday_work_item WHERE run_id = ? LIMIT " + DELETE_BATCH, runId)
                == DELETE_BATCH;
    }

    /** Adds items that are pending or rejected; one round trip on MySQL, where the driver joins the rows. */
    void insert(long runId, List<WorkItem> items) {
        jdbc.batchUpdate(
                "INSERT INTO binday_work_item (run_id, seq, asset_id, state, reason, detail) VALUES (?, ?, ?, ?, ?, ?)",
                new BatchPreparedStatementSetter() {
                    @Override
                    public void setValues(PreparedStatement statement, int i) throws SQLException {
                        WorkItem item = items.get(i);
                        Optional<Rejection> rejection = item.rejection();
                        statement.setLong(1, runId);
                        statement.setLong(2, item.seq());
                        statement.setString(3, item.assetId());
                        statement.setString(4, rejection.isPresent() ? "REJECTED" : "PENDING");
                        statement.setString(
                                5, rejection.map(r -> r.reason().name()).orElse(null));
                        statement.setString(
                                6, rejection.flatMap(Rejection::detail).orElse(null));
                    }

                    @Override
                    public int getBatchSize() {
                        return items.size();
                    }
                });
    }

    /**
     * Rejects every item whose value stands earlier in the run, naming the line of the first; malformed ones stay what
     * they are.
     */
    void rejectDuplicates(long runId) {
        jdbc.update("""
                INSERT INTO binday_work_item (run_id, seq, asset_id, state, reason, detail)
                SELECT i.run_id, i.seq, i.asset_id, 'REJECTED', 'DUPLICATE', CONCAT('of line ', f.first_seq)
                FROM binday_work_item i
                JOIN (SELECT asset_id, MIN(seq) AS first_seq
                      FROM binday_work_item
                      WHERE run_id = ? AND (reason IS NULL OR reason <> 'MALFORMED')
                      GROUP BY asset_id HAVING COUNT(*) > 1) f ON f.asset_id = i.asset_id
                WHERE i.run_id = ? AND i.seq > f.first_seq
                ON DUPLICATE KEY UPDATE state = VALUES(state), reason = VALUES(reason), detail = VALUES(detail)""", runId, runId);
    }

    /** The next pending items after a line, in the order of the input. */
    List<WorkItem> pending(long runId, long after, int limit) {
        return jdbc.query("""
                SELECT seq, asset_id, reason, detail FROM binday_work_item
                WHERE run_id = ? AND seq > ? AND state = 'PENDING'
                ORDER BY seq LIMIT ?""", ITEM, runId, after, limit);
    }

    /** Pending items become done. */
    void done(long runId, long executionId, List<Long> seqs) {
        if (seqs.isEmpty()) {
            return;
        }
        Object[] arguments = new Object[seqs.size() + 2];
        arguments[0] = executionId;
        arguments[1] = runId;
        for (int i = 0; i < seqs.size(); i++) {
            arguments[i + 2] = seqs.get(i);
        }
        int changed = jdbc.update(
                "UPDATE binday_work_item SET state = 'DONE', execution_id = ?"
                        + " WHERE run_id = ? AND state = 'PENDING' AND seq IN ("
                        + String.join(", ", Collections.nCopies(seqs.size(), "?")) + ")",
                arguments);
        expect(seqs.size(), changed, runId);
    }

    /** A pending item becomes rejected. */
    void rejected(long runId, long executionId, long seq, Rejection rejection) {
        int changed = jdbc.update(
                """
                UPDATE binday_work_item SET state = 'REJECTED', reason = ?, detail = ?, execution_id = ?
                WHERE run_id = ? AND seq = ? AND state = 'PENDING'""",
                rejection.reason().name(),
                rejection.detail().map(WorkItemStore::cut).orElse(null),
                executionId,
                runId,
                seq);
        expect(1, changed, runId);
    }

    private static void expect(int wanted, int changed, long runId) {
        if (wanted != changed) {
            throw new IncorrectUpdateSemanticsDataAccessException(
                    "run %d: %d items should have been pending but %d were".formatted(runId, wanted, changed));
        }
    }

    ItemCounts counts(long runId) {
        return counts("run_id = ?", runId);
    }

    /** The items that one execution of the run has settled. */
    ItemCounts settledBy(long runId, long executionId) {
        return counts("run_id = ? AND execution_id = ?", runId, executionId);
    }

    private ItemCounts counts(String where, Object... arguments) {
        Map<Reject, Long> rejects = new EnumMap<>(Reject.class);
        long[] states = new long[2];
        jdbc.query(
                "SELECT state, reason, COUNT(*) FROM binday_work_item WHERE " + where
                        + " GROUP BY state, reason ORDER BY state, reason",
                rs -> {
                    if (rs.getString(2) != null) {
                        rejects.put(Reject.valueOf(rs.getString(2)), rs.getLong(3));
                    } else {
                        states["DONE".equals(rs.getString(1)) ? 0 : 1] = rs.getLong(3);
                    }
                },
                arguments);
        long rejected = rejects.values().stream().mapToLong(Long::longValue).sum();
        return new ItemCounts(states[0] + states[1] + rejected, states[0], rejected, states[1], rejects);
    }

    /** Rejected items after a line, in the order of the input. */
    List<WorkItem> rejects(long runId, long after, int limit) {
        return jdbc.query("""
                SELECT seq, asset_id, reason, detail FROM binday_work_item
                WHERE run_id = ? AND seq > ? AND state = 'REJECTED'
                ORDER BY seq LIMIT ?""", ITEM, runId, after, limit);
    }

    /**
     * Rejects those of the items between two lines that the operation's screening finds.
     *
     * @param screening makes the query over a selection, with columns {@code seq}, {@code reason}, {@code detail}
     */
    void rejectScreened(long runId, long from, long to, Function<Selection, String> screening) {
        Selection selection = new Selection(
                PENDING + " AND seq BETWEEN :fromSeq AND :toSeq", Map.of("runId", runId, "fromSeq", from, "toSeq", to));
        named.update("""
                INSERT INTO binday_work_item (run_id, seq, asset_id, state, reason, detail)
                SELECT :runId, x.seq, '', 'REJECTED', x.reason, x.detail FROM (%s) x
                ON DUPLICATE KEY UPDATE state = VALUES(state), reason = VALUES(reason), detail = VALUES(detail)""".formatted(screening.apply(selection)), selection.parameters());
    }

    /** All pending items of a run as a query, for the operation to join with. */
    static Selection selection(long runId) {
        return new Selection(PENDING, Map.of("runId", runId));
    }

    private static String cut(String detail) {
        return detail.length() <= 500 ? detail : detail.substring(0, 500);
    }
}
