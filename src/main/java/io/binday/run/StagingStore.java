package io.binday.run;

import io.binday.catalog.Dialect;
import io.binday.trash.Rejection;
import io.binday.trash.Selection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.dao.IncorrectUpdateSemanticsDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** Writes the values of an input as work items, and rejects those that cannot be done. The caller has the transaction. */
@Component
class StagingStore {

    private final JdbcTemplate jdbc;
    private final NamedParameterJdbcTemplate named;
    private final Dialect dialect;

    StagingStore(JdbcTemplate jdbc, Dialect dialect) {
        this.jdbc = jdbc;
        this.named = new NamedParameterJdbcTemplate(jdbc);
        this.dialect = dialect;
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
            WorkItemStore.expect(pending, insertPending(runId, batch.json().get()), runId);
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
        return WorkItemStore.selection(runId, batch.firstLine(), batch.lastLine());
    }
}
