package io.binday.run;

import io.binday.catalog.Dialect;
import io.binday.trash.Reject;
import io.binday.trash.Rejection;
import io.binday.trash.Selection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.springframework.dao.IncorrectUpdateSemanticsDataAccessException;
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
    private final Dialect dialect;
    /** Takes rows one by one, so that a long answer is not in memory twice. */
    private final JdbcTemplate streaming;

    WorkItemStore(JdbcTemplate jdbc, Dialect dialect) {
        this.jdbc = jdbc;
        this.dialect = dialect;
        this.named = new NamedParameterJdbcTemplate(jdbc);
        this.streaming = new JdbcTemplate(Objects.requireNonNull(jdbc.getDataSource()));
        streaming.setFetchSize(dialect.streaming());
    }

    /** Removes some of a run's items; how many they were. */
    int removeSome(long runId) {
        return jdbc.update("DELETE FROM binday_work_item WHERE run_id = ? LIMIT " + DELETE_BATCH, runId);
    }

    /** Items, in ascending order of their lines, made ready to be inserted; needs no transaction. */
    WorkItemBatch batch(List<WorkItem> items) {
        return dialect == Dialect.MYSQL ? WorkItemBatch.asJson(items) : WorkItemBatch.of(items);
    }

    /**
     * Adds items that are pending or rejected.
     *
     * @throws IncorrectUpdateSemanticsDataAccessException when the database has not taken each of them
     */
    void insert(long runId, WorkItemBatch batch) {
        if (batch.json().isEmpty()) {
            insertEach(runId, batch.items());
            return;
        }
        List<WorkItem> rejected = batch.rejected();
        int pending = batch.size() - rejected.size();
        if (pending > 0) {
            expect(pending, insertPending(runId, batch.json().get()), runId);
        }
        insertEach(runId, rejected);
    }

    /** One parameter instead of thousands: half the time of a batch, and next to none of it in this process. */
    private int insertPending(long runId, String json) {
        return jdbc.update("""
                INSERT INTO binday_work_item (run_id, seq, asset_id, state)
                SELECT ?, j.line + j.place - 1, j.id, 'PENDING'
                FROM JSON_TABLE(?, '$[*]' COLUMNS (line BIGINT PATH '$[0]', NESTED PATH '$[1][*]' COLUMNS (
                    place FOR ORDINALITY,
                    id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PATH '$'))) j""", runId, json);
    }

    private void insertEach(long runId, List<WorkItem> items) {
        jdbc.batchUpdate(
                "INSERT INTO binday_work_item (run_id, seq, asset_id, state, reason, detail) VALUES (?, ?, ?, ?, ?, ?)",
                items,
                1_000,
                (statement, item) -> {
                    Optional<Rejection> rejection = item.rejection();
                    statement.setLong(1, runId);
                    statement.setLong(2, item.seq());
                    statement.setString(3, item.assetId());
                    statement.setString(4, rejection.isPresent() ? "REJECTED" : "PENDING");
                    statement.setString(5, rejection.map(r -> r.reason().name()).orElse(null));
                    statement.setString(6, rejection.flatMap(Rejection::detail).orElse(null));
                });
    }

    /**
     * Rejects every item whose value stands earlier in the run, naming the line of the first; malformed ones stay what
     * they are. A window and not a join: the optimizer would look for each repeated value through all items.
     *
     * @param suspects the only values that can be repeated; empty when any may be
     */
    void rejectDuplicates(long runId, Optional<Set<String>> suspects) {
        if (suspects.isPresent() && suspects.get().isEmpty()) {
            return;
        }
        Map<String, Object> parameters = new HashMap<>(Map.of("runId", runId));
        suspects.ifPresent(values -> parameters.put("suspects", values));
        named.update("""
                INSERT INTO binday_work_item (run_id, seq, asset_id, state, reason, detail)
                SELECT :runId, d.seq, '', 'REJECTED', 'DUPLICATE', CONCAT('of line ', d.first_seq)
                FROM (SELECT seq, MIN(seq) OVER (PARTITION BY asset_id) AS first_seq
                      FROM binday_work_item
                      WHERE run_id = :runId AND (reason IS NULL OR reason <> 'MALFORMED') %s) d
                WHERE d.seq > d.first_seq
                ON DUPLICATE KEY UPDATE state = VALUES(state), reason = VALUES(reason), detail = VALUES(detail)""".formatted(suspects.isPresent() ? "AND asset_id IN (:suspects)" : ""), parameters);
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

    /** Read once where nothing is rejected. The states are counted without grouping, which costs ten times as much. */
    private ItemCounts counts(String where, Object... arguments) {
        ItemCounts counts = jdbc.queryForObject(
                """
                SELECT COUNT(*), COUNT(CASE WHEN state = 'DONE' THEN 1 END), COUNT(CASE WHEN state = 'REJECTED' THEN 1 END)
                FROM binday_work_item WHERE %s""".formatted(where),
                (rs, row) -> counts(rs.getLong(1), rs.getLong(2), rs.getLong(3), Map.of()),
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
                (rs, row) -> counts(rs.getLong(1), rs.getLong(2), rejected, rejects),
                arguments);
        return Optional.ofNullable(counts).orElseThrow();
    }

    private static ItemCounts counts(long total, long done, long rejected, Map<Reject, Long> rejects) {
        return new ItemCounts(total, done, rejected, total - done - rejected, rejects);
    }

    /** Rejected items after a line, in the order of the input. */
    List<WorkItem> rejects(long runId, long after, int limit) {
        return jdbc.query("""
                SELECT seq, asset_id, reason, detail FROM binday_work_item
                WHERE run_id = ? AND seq > ? AND state = 'REJECTED'
                ORDER BY run_id, seq LIMIT ?""", ITEM, runId, after, limit);
    }

    /**
     * Rejects those of the items of a batch that the operation's screening finds.
     *
     * @param screening makes the query over a selection, with columns {@code seq}, {@code reason}, {@code detail}
     */
    void rejectScreened(long runId, WorkItemBatch batch, Function<Selection, String> screening) {
        Selection selection = of(runId, batch);
        named.update("""
                INSERT INTO binday_work_item (run_id, seq, asset_id, state, reason, detail)
                SELECT :runId, x.seq, '', 'REJECTED', x.reason, x.detail FROM (%s) x
                ON DUPLICATE KEY UPDATE state = VALUES(state), reason = VALUES(reason), detail = VALUES(detail)""".formatted(screening.apply(selection)), selection.parameters());
    }

    /** Writes the items of a batch as the database spells them, where one ID has several spellings. */
    void spell(long runId, WorkItemBatch batch, Function<Selection, Optional<String>> spelling) {
        Selection selection = of(runId, batch);
        spelling.apply(selection).ifPresent(query -> named.update("""
                        INSERT INTO binday_work_item (run_id, seq, asset_id, state)
                        SELECT :runId, x.seq, x.asset_id, 'PENDING' FROM (%s) x
                        ON DUPLICATE KEY UPDATE asset_id = VALUES(asset_id)""".formatted(query), selection.parameters()));
    }

    /** No other item lies between its lines. */
    private static Selection of(long runId, WorkItemBatch batch) {
        return new Selection(
                PENDING + " AND seq BETWEEN :fromSeq AND :toSeq",
                Map.of("runId", runId, "fromSeq", batch.firstLine(), "toSeq", batch.lastLine()));
    }

    /** All pending items of a run as a query, for the operation to join with. */
    static Selection selection(long runId) {
        return new Selection(PENDING, Map.of("runId", runId));
    }

    private static String cut(String detail) {
        return detail.length() <= 500 ? detail : detail.substring(0, 500);
    }
}
