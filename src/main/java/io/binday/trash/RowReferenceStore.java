package io.binday.trash;

import io.binday.catalog.BoundCatalog.Use;
import io.binday.catalog.Dialect;
import io.binday.catalog.TableShape.Column;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/** References that are rows: they move as a whole, inside the server, so that no value passes through a client. */
final class RowReferenceStore extends ReferenceStore {

    RowReferenceStore(JdbcTemplate jdbc, Use use) {
        super(jdbc, use);
    }

    @Override
    long detach(AssetIds ids) {
        return RowMoveStore.toMirror(jdbc, table, ids);
    }

    @Override
    Map<Fate, Long> settle(AssetIds ids, Stamp stamp) {
        Map<Fate, Long> fates = new EnumMap<>(Fate.class);
        String present = table.present("m");
        fates.put(Fate.ENTRY_GONE, note(ids, stamp, Fate.ENTRY_GONE, "NOT " + present, 0));
        Set<Set<String>> places = places();
        if (places.isEmpty()) {
            fates.put(Fate.REATTACHED, insert(ids, present, 0));
            return fates;
        }
        String taken = places.stream().map(place -> taken(place, ids)).collect(Collectors.joining(" OR ", "(", ")"));
        int lists = places.size();
        fates.put(Fate.SLOT_TAKEN, note(ids, stamp, Fate.SLOT_TAKEN, present + " AND " + taken, lists));
        fates.put(Fate.REATTACHED, insert(ids, present + " AND NOT " + taken, lists));
        return fates;
    }

    /** What the catalog calls the place, and the primary key, which no two rows share either. */
    private Set<Set<String>> places() {
        Set<Set<String>> places = new LinkedHashSet<>();
        places.add(reference.place().stream().map(Dialect::quote).collect(Collectors.toSet()));
        places.add(table.key().stream().map(Column::quoted).collect(Collectors.toSet()));
        places.remove(Set.of());
        return places;
    }

    /** The condition that the place of a snapshot ({@code m}) is not free; one list of IDs. */
    private String taken(Set<String> place, AssetIds ids) {
        return """
                (EXISTS (SELECT 1 FROM %1$s r WHERE %3$s)
                 OR EXISTS (SELECT 1 FROM %2$s o
                            WHERE %4$s AND o.`binday_row` > m.`binday_row` AND o.%5$s IN (%6$s) AND %7$s))""".formatted(
                        table.table(),
                        table.mirror(),
                        same("r", "m", place),
                        same("o", "m", place),
                        table.asset(),
                        ids.marks(),
                        table.present("o"));
    }

    /** Puts references back; the condition has so many lists of IDs. */
    private long insert(AssetIds ids, String condition, int lists) {
        List<String> values = table.moved().stream().map(table::restored).toList();
        return jdbc.update(
                "INSERT INTO %s (%s) SELECT %s FROM %s m WHERE m.%s IN (%s) AND %s"
                        .formatted(
                                table.table(),
                                table.columns(),
                                String.join(", ", values),
                                table.mirror(),
                                table.asset(),
                                ids.marks(),
                                condition),
                ids.times(table, 1 + lists));
    }
}
