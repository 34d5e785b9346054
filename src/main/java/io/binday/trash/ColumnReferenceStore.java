package io.binday.trash;

import io.binday.catalog.BoundCatalog.Use;
import io.binday.catalog.Dialect;
import io.binday.catalog.TableShape.Column;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * References that are a column of a row that stays: the column is emptied, and the snapshot keeps the row's primary key.
 * Columns that the database sets at every change keep their values, because nobody has edited the entry.
 */
final class ColumnReferenceStore extends ReferenceStore {

    ColumnReferenceStore(JdbcTemplate jdbc, Use use) {
        super(jdbc, use);
    }

    @Override
    Map<String, Long> detach(AssetIds ids) {
        long copied = RowMoveStore.copy(jdbc, table, ids);
        int emptied = jdbc.update(
                "UPDATE %s SET %s = NULL%s WHERE %s IN (%s)%s"
                        .formatted(
                                table.table(),
                                table.asset(),
                                table.unchanged(""),
                                table.asset(),
                                ids.marks(),
                                table.filter("")),
                ids.times(table, 1));
        expect(copied, emptied);
        return Map.of(name(), copied);
    }

    /**
     * Decides once what becomes of each snapshot, because editors work meanwhile: one that is noted is not put back though its
     * place is free by now, and one that is to come back and no longer can makes the chunk fail, to be tried again.
     */
    @Override
    Fates settle(AssetIds ids, Stamp stamp) {
        String present = table.present("m");
        // A row that an editor has turned into something else has no place for an asset any more.
        String open = "EXISTS (SELECT 1 FROM %s r WHERE %s AND r.%s IS NULL%s)"
                .formatted(table.table(), table.sameRow("r", "m"), table.asset(), table.filter("r"));
        List<Long> back = rows(ids, present + " AND " + open + " AND NOT " + later(ids), 1);
        Fates fates = noteOthers(back, present, ids, stamp);
        fates.addAll(putBack(back, ids, stamp));
        return fates;
    }

    private Fates putBack(List<Long> back, AssetIds ids, Stamp stamp) {
        try {
            int filled = fill(ids, those(back));
            expect(back.size(), filled);
            return new Fates().add(Fate.REATTACHED, name(), filled);
        } catch (DuplicateKeyException e) {
            return fillOneByOne(back, ids, stamp);
        }
    }

    /** Where a unique key on the column, with others, refuses some: the last one detached gets a place. */
    private Fates fillOneByOne(List<Long> back, AssetIds ids, Stamp stamp) {
        Fates fates = new Fates();
        List<Long> snapshots = new ArrayList<>(back);
        Collections.reverse(snapshots);
        for (Long snapshot : snapshots) {
            String one = those(List.of(snapshot));
            try {
                fates.add(Fate.REATTACHED, name(), fill(ids, one));
            } catch (DuplicateKeyException e) {
                fates.add(Fate.SLOT_TAKEN, name(), note(ids, stamp, Fate.SLOT_TAKEN, one));
            }
        }
        return fates;
    }

    private String later(AssetIds ids) {
        // All snapshots of a row come back or none, so there is no need to look at the row that is being changed.
        return outdone(table.key().stream().map(Column::quoted).toList(), "1 = 1", ids);
    }

    /** From the snapshots that a condition holds for to the rows; the embedded database has no update that joins. */
    private int fill(AssetIds ids, String condition) {
        if (table.dialect() == Dialect.MYSQL) {
            return jdbc.update(
                    "UPDATE %8$s %1$s m STRAIGHT_JOIN %2$s r ON %3$s SET r.%4$s = m.%4$s%5$s WHERE m.%4$s IN (%6$s) AND r.%4$s IS NULL%9$s AND NOT %7$s AND %10$s"
                            .formatted(
                                    table.mirror(),
                                    table.table(),
                                    table.sameRow("r", "m"),
                                    table.asset(),
                                    table.unchanged("r."),
                                    ids.marks(),
                                    later(ids),
                                    table.byAsset("m"),
                                    table.filter("r"),
                                    condition),
                    ids.times(table, 2));
        }
        String snapshot = "FROM %s m WHERE %s AND m.%s IN (%s) AND %s"
                .formatted(table.mirror(), table.sameRow("m", "r"), table.asset(), ids.marks(), condition);
        return jdbc.update(
                "UPDATE %1$s r SET %2$s = (SELECT m.%2$s %3$s ORDER BY m.`binday_row` DESC LIMIT 1) WHERE r.%2$s IS NULL%4$s AND EXISTS (SELECT 1 %3$s)"
                        .formatted(table.table(), table.asset(), snapshot, table.filter("r")),
                ids.times(table, 2));
    }
}
