package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.input.InputSpec;
import io.binday.trash.Fate;
import io.binday.trash.Holds;
import io.binday.trash.Retention;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * A long random history of trash, restore, hold, release, purge, dry runs and edits in the CMS; after each step the
 * promises are looked up in the tables, and every asset is where a simple model of them says.
 */
abstract class HistoryContract extends RunContract {

    private final Map<String, Place> places = new HashMap<>();
    private final Set<String> held = new HashSet<>();
    private final Set<String> expired = new HashSet<>();
    /** What an asset must look like wherever it is, but for the columns that a restore changes. */
    private final Map<String, String> rows = new HashMap<>();
    /** Every reference there has ever been: where it was, and to which asset. */
    private final Set<String> everReferenced = new HashSet<>();

    private long references;

    private long givenUp;
    private Random random = new Random();

    private enum Place {
        LIVE,
        TRASHED,
        PURGED
    }

    /** How many steps. */
    abstract int steps();

    @Test
    void keepsThePromisesThroughARandomHistory() {
        long seed = Long.getLong("binday.seed", System.nanoTime());
        System.out.println(getClass().getSimpleName() + ": seed " + seed + " (repeat with -Dbinday.seed=" + seed + ")");
        random = new Random(seed);
        randomise();
        assets.forEach(asset -> places.put(asset, Place.LIVE));
        rows.putAll(rows("asset"));
        everReferenced.addAll(references("entry_asset_reference"));
        references = app.count("SELECT COUNT(*) FROM entry_asset_reference");
        Map<String, Integer> done = new HashMap<>();
        for (int step = 0; step < steps(); step++) {
            String what = step();
            done.merge(what, 1, Integer::sum);
            assertPromises("seed " + seed + ", step " + step + " (" + what + ")");
        }
        System.out.println(getClass().getSimpleName() + ": " + done + ", "
                + places.values().stream()
                        .filter(place -> place == Place.PURGED)
                        .count() + " assets purged");
    }

    /** Values that a move could spoil. */
    private void randomise() {
        List<String> odd = List.of(
                "", " ", "\ud83d\uddd1 bin", "'quoted' \"twice\"", "back\\\\slash", "\u00fcml\u00e4ut\\n", "NULL", "0");
        for (String asset : assets) {
            app.jdbc()
                    .update(
                            "UPDATE asset SET title = ?, tags = ?, folder_uid = CASE WHEN ? = 1 THEN NULL ELSE folder_uid END,"
                                    + " file_size = ?, version = ? WHERE uid = ?",
                            odd.get(random.nextInt(odd.size())) + random.nextInt(1_000),
                            random.nextBoolean() ? null : odd.get(random.nextInt(odd.size())),
                            random.nextInt(2),
                            random.nextInt(1_000_000_000),
                            random.nextInt(1_000_000),
                            asset);
        }
    }

    private Map<String, String> rows(String table) {
        Map<String, String> found = new HashMap<>();
        app.jdbc()
                .query(
                        "SELECT uid, title, file_name, content_type, file_size, file_key, folder_uid, tags, created_at,"
                                + " created_by FROM " + table,
                        rs -> {
                            StringBuilder row = new StringBuilder();
                            for (int i = 2; i <= 10; i++) {
                                row.append(rs.getString(i)).append('|');
                            }
                            found.put(rs.getString(1), row.toString());
                        });
        return found;
    }

    private List<String> references(String table) {
        return app.jdbc()
                .queryForList(
                        "SELECT CONCAT_WS('/', entry_uid, locale, field_path, position, asset_uid) FROM " + table,
                        String.class);
    }

    private String step() {
        List<String> some = some();
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> {
                trash(some);
                return "trash";
            }
            case 3, 4 -> {
                restore(some);
                return "restore";
            }
            case 5 -> {
                hold(some);
                return "hold or release";
            }
            case 6 -> {
                age(some.subList(0, Math.min(4, some.size())));
                purge();
                return "purge";
            }
            case 7 -> {
                edit();
                return "edit";
            }
            default -> {
                dryRun(some);
                return "dry run";
            }
        }
    }

    private List<String> some() {
        List<String> all = new ArrayList<>(assets);
        Collections.shuffle(all, random);
        return all.subList(0, 1 + random.nextInt(12));
    }

    private void trash(List<String> some) {
        RunReport report = run("trash", new InputSpec.Ids(some));
        List<String> moved =
                some.stream().filter(id -> places.get(id) == Place.LIVE).toList();
        assertThat(report.items().done()).isEqualTo(moved.size());
        moved.forEach(id -> places.put(id, Place.TRASHED));
        expired.removeAll(moved);
    }

    private void restore(List<String> some) {
        RunReport report = run("restore", new InputSpec.Ids(some));
        List<String> back =
                some.stream().filter(id -> places.get(id) == Place.TRASHED).toList();
        assertThat(report.items().done()).isEqualTo(back.size());
        givenUp += sum(report, Fate.SLOT_TAKEN) + sum(report, Fate.ENTRY_GONE);
        back.forEach(id -> places.put(id, Place.LIVE));
        held.removeAll(back);
    }

    private static long sum(RunReport report, Fate fate) {
        return report.references(fate).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private void hold(List<String> some) {
        Holds.Note note = new Holds.Note("because", "tester", Optional.empty());
        Set<String> trashed = new HashSet<>(some);
        trashed.removeIf(id -> places.get(id) != Place.TRASHED);
        if (random.nextBoolean()) {
            assertThat(app.the(Holds.class).hold(some, note).changed()).isEqualTo(trashed.size());
            held.addAll(trashed);
        } else {
            app.the(Holds.class).release(some, note);
            some.forEach(held::remove);
        }
    }

    private void age(List<String> some) {
        for (String id : some) {
            app.jdbc().update("UPDATE binday_trash SET trashed_at = '2026-01-02 03:04:05' WHERE asset_id = ?", id);
            if (places.get(id) == Place.TRASHED) {
                expired.add(id);
            }
        }
    }

    private void purge() {
        long before = app.count("SELECT COUNT(*) FROM binday_trash_entry_asset_reference");
        RunReport report =
                run("purge", new InputSpec.Expired(app.the(Retention.class).cutoff(Optional.empty())));
        Set<String> gone = new HashSet<>(expired);
        gone.removeIf(id -> places.get(id) != Place.TRASHED || held.contains(id));
        assertThat(report.items().done()).isEqualTo(gone.size());
        gone.forEach(id -> places.put(id, Place.PURGED));
        expired.removeAll(gone);
        long purged = report.references(Fate.PURGED).getOrDefault("entry_asset_reference", 0L);
        assertThat(before - app.count("SELECT COUNT(*) FROM binday_trash_entry_asset_reference"))
                .isEqualTo(purged);
        givenUp += purged;
    }

    /** An editor fills a place that a trashed asset had, or takes a reference away. */
    private void edit() {
        List<String> live = places.entrySet().stream()
                .filter(entry -> entry.getValue() == Place.LIVE)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        List<Map<String, Object>> free = app.jdbc().queryForList("""
                SELECT m.entry_uid, m.locale, m.field_path, m.position FROM binday_trash_entry_asset_reference m
                WHERE NOT EXISTS (SELECT 1 FROM entry_asset_reference r WHERE r.entry_uid = m.entry_uid
                    AND r.locale = m.locale AND r.field_path = m.field_path AND r.position = m.position)
                ORDER BY m.binday_row LIMIT 1""");
        if (!free.isEmpty() && !live.isEmpty() && random.nextBoolean()) {
            Map<String, Object> place = free.get(0);
            String asset = live.get(random.nextInt(live.size()));
            references += app.jdbc()
                    .update(
                            "INSERT INTO entry_asset_reference (entry_uid, locale, field_path, position, asset_uid)"
                                    + " VALUES (?, ?, ?, ?, ?)",
                            place.get("entry_uid"),
                            place.get("locale"),
                            place.get("field_path"),
                            place.get("position"),
                            asset);
            everReferenced.add("%s/%s/%s/%s/%s"
                    .formatted(
                            place.get("entry_uid"),
                            place.get("locale"),
                            place.get("field_path"),
                            place.get("position"),
                            asset));
        } else {
            references -= app.jdbc().update("DELETE FROM entry_asset_reference LIMIT 1");
        }
    }

    private void dryRun(List<String> some) {
        String operation = random.nextBoolean() ? "trash" : "restore";
        long run = app.runs().create(request(operation, new InputSpec.Ids(some), false), true);
        RunReport plan = app.work(run);
        assertThat(plan.run().status()).isEqualTo(RunStatus.AWAITING_APPROVAL);
    }

    private void assertPromises(String when) {
        assertThat(ids("SELECT uid FROM asset")).as(when).isEqualTo(at(Place.LIVE));
        assertThat(ids("SELECT asset_id FROM binday_trash")).as(when).isEqualTo(at(Place.TRASHED));
        assertThat(ids("SELECT uid FROM binday_trash_asset")).as(when).isEqualTo(at(Place.TRASHED));
        assertThat(ids("SELECT asset_id FROM binday_purged")).as(when).isEqualTo(at(Place.PURGED));
        Map<String, String> now = rows("asset");
        now.putAll(rows("binday_trash_asset"));
        now.forEach((id, row) ->
                assertThat(row).as(when + ": every column of " + id).isEqualTo(rows.get(id)));
        assertThat(everReferenced)
                .as(when + ": references as they were")
                .containsAll(references("entry_asset_reference"))
                .containsAll(references("binday_trash_entry_asset_reference"));
        assertThat(app.count("SELECT COUNT(*) FROM entry_asset_reference")
                        + app.count("SELECT COUNT(*) FROM binday_trash_entry_asset_reference")
                        + givenUp)
                .as(when + ": references attached, in a snapshot, or given up and told")
                .isEqualTo(references);
        assertThat(app.count("SELECT COUNT(*) FROM binday_trash_entry_asset_reference m WHERE NOT EXISTS"
                        + " (SELECT 1 FROM binday_trash t WHERE t.asset_id = m.asset_uid)"))
                .as(when)
                .isZero();
        assertThat(app.count("SELECT COUNT(*) FROM binday_event"))
                .as(when + ": an event for each change")
                .isEqualTo(app.count("SELECT SUM(WRITE_COUNT) FROM BATCH_STEP_EXECUTION WHERE STEP_NAME = 'apply'"));
    }

    private Set<String> ids(String sql) {
        return new TreeSet<>(app.jdbc().queryForList(sql, String.class));
    }

    private Set<String> at(Place place) {
        Set<String> found = new TreeSet<>();
        places.forEach((id, where) -> {
            if (where == place) {
                found.add(id);
            }
        });
        return found;
    }
}
