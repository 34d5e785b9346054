package io.binday.run;

import io.binday.catalog.Dialect;
import io.binday.trash.Reject;
import io.binday.trash.Rejection;
import io.binday.trash.Selection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.dao.IncorrectUpdateSemanticsDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
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
    private final Dialect dialect;
    /** Takes rows one by one, so that a long answer is not in memory twice. */
    private final JdbcTemplate streaming;

    WorkItemStore(JdbcTemplate jdbc, Dialect dialect) {
        this.jdbc = jdbc;
        this.dialect = dialect;
        this.streaming = new JdbcTemplate(Objects.requireNonNull(jdbc.getDataSource()));
        streaming.setFetchSize(dialect.streaming());
    }

    /** Removes some of a run's items; how many they were. */
    int removeSome(long runId) {
        return jdbc.update("DELETE FROM binday_work_item WHERE run_id = ? LIMIT " + DELETE_BATCH, runId);
    }

    /** The first pending item after a line. H2 reads in the order of the primary key only when the whole key is named. */
    OptionalLong firstPending(long runId, long after) {
        return jdbc.queryForList("""
                        SELECT seq FROM binday_work_item WHERE run_id = ? AND seq > ? AND state = 'PENDING'
                        ORDER BY run_id, seq LIMIT 1""", Long.class, runId, after).stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /** The pending items between two lines. */
    List<WorkItem> pending(long runId, long from, long to) {
        return streaming.query("""
                SELECT seq, asset_id FROM binday_work_item
                WHERE run_id = ? AND seq BETWEEN ? AND ? AND state = 'PENDING' ORDER BY run_id, seq""", (rs, row) -> WorkItem.pending(rs.getLong(1), rs.getString(2)), runId, from, to);
    }

    /** These pending items become done; it is an error when one of them is not pending. */
    void done(long runId, long executionId, List<WorkItem> items) {
        if (items.isEmpty()) {
            return;
        }
        List<Object> arguments = new ArrayList<>(List.of(executionId));
        String keys;
        LongSummaryStatistics lines = items.stream().mapToLong(WorkItem::seq).summaryStatistics();
        if (lines.getMax() - lines.getMin() == items.size() - 1) {
            // No line lies between that is not one of them, as each is another one.
            keys = "run_id = ? AND seq BETWEEN ? AND ?";
            arguments.addAll(List.of(runId, lines.getMin(), lines.getMax()));
        } else if (dialect == Dialect.MYSQL) {
            // Two thirds of the time that whole keys take.
            keys = "run_id = ? AND seq IN (" + marks("?", items) + ")";
            arguments.add(runId);
            items.forEach(item -> arguments.add(item.seq()));
        } else {
            // H2 uses the primary key for a list only when the whole key is named.
            keys = "(run_id, seq) IN (" + marks("(?, ?)", items) + ")";
            items.forEach(item -> arguments.addAll(List.of(runId, item.seq())));
        }
        int changed = jdbc.update(
                "UPDATE binday_work_item SET state = 'DONE', execution_id = ? WHERE " + keys + " AND state = 'PENDING'",
                arguments.toArray());
        expect(items.size(), changed, runId);
    }

    private static String marks(String one, List<WorkItem> items) {
        return String.join(", ", Collections.nCopies(items.size(), one));
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

    /**
     * Makes sure that a statement has written as many items as it was to.
     *
     * @throws IncorrectUpdateSemanticsDataAccessException when it has not
     */
    static void expect(int wanted, int changed, long runId) {
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

    /** Read once where nothing is rejected. The states are counted without grouping, which costs ten times as much. */
    private ItemCounts counts(String where, Object... arguments) {
        ItemCounts counts = jdbc.queryForObject(
                """
                SELECT COUNT(*), COUNT(CASE WHEN state = 'DONE' THEN 1 END), COUNT(CASE WHEN state = 'REJECTED' THEN 1 END)
                FROM binday_work_item WHERE %s""".formatted(where),
                (rs, row) -> new ItemCounts(rs.getLong(1), rs.getLong(2), rs.getLong(3), Map.of()),
                arguments);
        return Optional.ofNullable(counts)
                .filter(known -> known.rejected() == 0)
                .orElseGet(() -> countsWithReasons(where, arguments));
    }

    /** The reasons first: while a run is staged there are then never more of them than items. */
    private ItemCounts countsWithReasons(String where, Object... arguments) {
        Map<Reject, Long> rejects = new EnumMap<>(Reject.class);
        jdbc.query(
                "SELECT reason, COUNT(*) FROM binday_work_item WHERE " + where
                        + " AND state = 'REJECTED' GROUP BY reason ORDER BY reason",
                rs -> {
                    rejects.put(Reject.valueOf(rs.getString(1)), rs.getLong(2));
                },
                arguments);
        long rejected = rejects.values().stream().mapToLong(Long::longValue).sum();
        ItemCounts counts = jdbc.queryForObject(
                "SELECT COUNT(*), COUNT(CASE WHEN state = 'DONE' THEN 1 END) FROM binday_work_item WHERE " + where,
                (rs, row) -> new ItemCounts(rs.getLong(1), rs.getLong(2), rejected, rejects),
                arguments);
        return Optional.ofNullable(counts).orElseThrow();
    }

    /** Rejected items after a line, in the order of the input. */
    List<WorkItem> rejects(long runId, long after, int limit) {
        return jdbc.query("""
                SELECT seq, asset_id, reason, detail FROM binday_work_item
                WHERE run_id = ? AND seq > ? AND state = 'REJECTED'
                ORDER BY run_id, seq LIMIT ?""", ITEM, runId, after, limit);
    }

    /** All pending items of a run as a query, for the operation to join with. */
    static Selection selection(long runId) {
        return new Selection(PENDING, Map.of("runId", runId));
    }

    /** As {@link #selection(long)}, of those between two lines. */
    static Selection selection(long runId, long from, long to) {
        return new Selection(
                PENDING + " AND seq BETWEEN :fromSeq AND :toSeq", Map.of("runId", runId, "fromSeq", from, "toSeq", to));
    }

    private static String cut(String detail) {
        return detail.length() <= 500 ? detail : detail.substring(0, 500);
    }
}
