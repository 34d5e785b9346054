package io.binday.trash;

import io.binday.catalog.BoundCatalog;
import io.binday.catalog.BoundCatalog.Use;
import io.binday.catalog.Dialect;
import io.binday.catalog.MovedTable;
import io.binday.catalog.Reference.OnRestore;
import io.binday.catalog.TableShape.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * References that are rows: they move as a whole, inside the server, so that no value passes through a client. Rows that
 * belong to them go and come with them; they have a store of their own, which finds them through the rows above.
 */
final class RowReferenceStore extends ReferenceStore {

    private final Optional<MovedTable> above;
    private final List<RowReferenceStore> below;

    private RowReferenceStore(JdbcTemplate jdbc, Use use, Optional<MovedTable> above, List<RowReferenceStore> below) {
        super(jdbc, use);
        this.above = above;
        this.below = below;
    }

    static RowReferenceStore of(JdbcTemplate jdbc, BoundCatalog catalog, Use use) {
        return new RowReferenceStore(
                jdbc,
                use,
                catalog.above(use).map(Use::table),
                catalog.below(use).stream()
                        .map(child -> of(jdbc, catalog, child))
                        .toList());
    }

    @Override
    Map<String, Long> detach(AssetIds ids) {
        Map<String, Long> copied = new LinkedHashMap<>();
        copyAll(ids, copied);
        removeAll(ids, copied);
        return copied;
    }

    private void copyAll(AssetIds ids, Map<String, Long> copied) {
        copied.put(name(), above.isPresent() ? copyBelow(above.get(), ids) : RowMoveStore.copy(jdbc, table, ids));
        below.forEach(child -> child.copyAll(ids, copied));
    }

    private void removeAll(AssetIds ids, Map<String, Long> copied) {
        below.forEach(child -> child.removeAll(ids, copied));
        long removed = above.isPresent() ? removeBelow(above.get(), ids) : RowMoveStore.remove(jdbc, table, ids);
        expect(copied.getOrDefault(name(), 0L), removed);
    }

    /** The rows that belong to snapshots taken before. */
    private long copyBelow(MovedTable parent, AssetIds ids) {
        String columns = table.kept().stream().map(Column::quoted).collect(Collectors.joining(", "));
        long copied = jdbc.update(
                "INSERT INTO %s (%s, %s, %s) SELECT %s %s, p.%s, p.`binday_row` FROM %s p %s %s c ON c.%s = p.%s WHERE p.%s IN (%s)%s%s FOR UPDATE"
                        .formatted(
                                table.mirror(),
                                columns,
                                Dialect.quote(MovedTable.ASSET),
                                Dialect.quote(MovedTable.ABOVE),
                                parent.byAsset("p"),
                                table.selected("c."),
                                parent.asset(),
                                parent.mirror(),
                                table.dialect() == Dialect.MYSQL ? "STRAIGHT_JOIN" : "JOIN",
                                table.table(),
                                pointing(),
                                key(),
                                parent.asset(),
                                ids.marks(),
                                table.filter("c"),
                                table.asBefore()),
                ids.times(parent, 1));
        RowMoveStore.requireAllColumns(jdbc, table);
        return copied;
    }

    private long removeBelow(MovedTable parent, AssetIds ids) {
        return jdbc.update(
                "DELETE FROM %s WHERE %s IN (SELECT %s p.%s FROM %s p WHERE p.%s IN (%s))%s"
                        .formatted(
                                table.table(),
                                pointing(),
                                parent.byAsset("p"),
                                key(),
                                parent.mirror(),
                                parent.asset(),
                                ids.marks(),
                                table.filter("")),
                ids.times(parent, 1));
    }

    private String pointing() {
        return Dialect.quote(reference.site().column());
    }

    private String key() {
        return Dialect.quote(reference.under().orElseThrow().key());
    }

    @Override
    Fates drop(AssetIds ids, Stamp stamp) {
        Fates fates = super.drop(ids, stamp);
        below.forEach(child -> fates.addAll(child.drop(ids, stamp)));
        return fates;
    }

    @Override
    Map<String, Long> forget(AssetIds ids) {
        Map<String, Long> removed = new LinkedHashMap<>();
        below.forEach(child -> removed.putAll(child.forget(ids)));
        removed.put(name(), empty(ids));
        return removed;
    }

    @Override
    boolean isGuarded() {
        Set<String> place = reference.place().stream().map(Dialect::quote).collect(Collectors.toSet());
        boolean unique = place.isEmpty() || table.uniqueKeys().stream().anyMatch(place::containsAll);
        return unique && below.stream().allMatch(RowReferenceStore::isGuarded);
    }

    /** Looking for what cannot come back is dear, and nearly always all can: so that is tried first. */
    @Override
    Fates reattach(AssetIds ids, Stamp stamp) {
        boolean whole = below.isEmpty() && reference.onRestore() == OnRestore.REATTACH;
        return (whole ? reattachAll(ids) : Optional.<Fates>empty()).orElseGet(() -> super.reattach(ids, stamp));
    }

    /** Puts back all and empties the mirrors, or does nothing. */
    private Optional<Fates> reattachAll(AssetIds ids) {
        jdbc.execute("SAVEPOINT binday_settle");
        try {
            Set<Set<String>> places = places();
            // The server looks at foreign keys anyway, and at places where unique keys guard them. Somebody may have
            // switched that off for a whole H2 database, but not for our sessions of MySQL.
            String present = table.dialect() == Dialect.MYSQL ? "1 = 1" : table.present("m");
            long back = isGuarded()
                    ? insert(ids, present, 0)
                    : insert(ids, present + " AND NOT " + anyTaken(places, ids), places.size());
            if (back == empty(ids)) {
                return Optional.of(new Fates().add(Fate.REATTACHED, name(), back));
            }
        } catch (DataIntegrityViolationException e) {
            // A place is filled, or what a reference needs is gone: each is looked at now.
        }
        jdbc.execute("ROLLBACK TO SAVEPOINT binday_settle");
        return Optional.empty();
    }

    @Override
    Fates settle(AssetIds ids, Stamp stamp) {
        return settleThose(table.present("m"), ids, stamp);
    }

    /** Puts back the rows that belong to these snapshots of the rows above; the others have nothing to belong to. */
    private Fates settleUnder(List<Long> snapshots, AssetIds ids, Stamp stamp) {
        return settleThose(
                "(m.%s IN (%s) AND %s)"
                        .formatted(Dialect.quote(MovedTable.ABOVE), numbers(snapshots), table.present("m")),
                ids,
                stamp);
    }

    /**
     * Decides once what becomes of each snapshot, because editors work meanwhile: one that is noted is not put back though its
     * place is free by now, and one that is to come back and no longer can makes the chunk fail, to be tried again, unless a key
     * of the server says that its place is taken.
     *
     * @param possible the condition that what a snapshot belongs to is there
     */
    private Fates settleThose(String possible, AssetIds ids, Stamp stamp) {
        Set<Set<String>> places = places();
        int lists = places.size();
        String free = possible + " AND NOT " + anyTaken(places, ids);
        List<Long> back = putBack(rows(ids, free, lists), free, ids, lists);
        Fates fates = noteOthers(back, possible, ids, stamp);
        fates.add(Fate.REATTACHED, name(), back.size());
        below.forEach(child -> fates.addAll(
                child.reference.onRestore() == OnRestore.DROP
                        ? child.drop(ids, stamp)
                        : child.settleUnder(back, ids, stamp)));
        return fates;
    }

    /**
     * Puts back these snapshots, whose places are free as far as columns tell, and says which those were: where a unique key is on
     * an expression, or on the beginning of a text, only the server knows, and the last one detached gets the place.
     */
    private List<Long> putBack(List<Long> coming, String free, AssetIds ids, int lists) {
        try {
            expect(coming.size(), insert(ids, those(coming) + " AND " + free, lists));
            return coming;
        } catch (DuplicateKeyException e) {
            List<Long> back = new ArrayList<>();
            for (int i = coming.size() - 1; i >= 0; i--) {
                if (putsBack(coming.get(i), free, ids, lists)) {
                    back.add(coming.get(i));
                }
            }
            return back;
        }
    }

    private boolean putsBack(Long snapshot, String free, AssetIds ids, int lists) {
        try {
            expect(1, insert(ids, those(List.of(snapshot)) + " AND " + free, lists));
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    /** What the catalog calls the place, and the unique keys, which no two rows share either. */
    private Set<Set<String>> places() {
        Set<Set<String>> places = new LinkedHashSet<>();
        places.add(reference.place().stream().map(Dialect::quote).collect(Collectors.toSet()));
        table.uniqueKeys().forEach(columns -> places.add(Set.copyOf(columns)));
        places.remove(Set.of());
        return places;
    }

    /** The condition that one of the places of a snapshot ({@code m}) is not free; a list of IDs for each. */
    private String anyTaken(Set<Set<String>> places, AssetIds ids) {
        return places.isEmpty()
                ? "1 = 0"
                : places.stream().map(place -> taken(place, ids)).collect(Collectors.joining(" OR ", "(", ")"));
    }

    /** The condition that the place of a snapshot ({@code m}) is not free; one list of IDs. */
    private String taken(Set<String> place, AssetIds ids) {
        return "(EXISTS (SELECT 1 FROM %s r WHERE %s) OR %s)"
                .formatted(table.table(), same("r", "m", place), outdone(place, table.present("o"), ids));
    }

    /** Puts references back; the condition has so many lists of IDs. */
    private long insert(AssetIds ids, String condition, int lists) {
        List<Column> columns = table.kept();
        return jdbc.update(
                "INSERT INTO %s (%s) SELECT %s %s FROM %s m WHERE m.%s IN (%s) AND %s"
                        .formatted(
                                table.table(),
                                columns.stream().map(Column::quoted).collect(Collectors.joining(", ")),
                                table.byAsset("m"),
                                columns.stream().map(table::restored).collect(Collectors.joining(", ")),
                                table.mirror(),
                                table.asset(),
                                ids.marks(),
                                condition),
                ids.times(table, 1 + lists));
    }
}
