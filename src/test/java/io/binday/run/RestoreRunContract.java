package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binday.input.InputRefusedException;
import io.binday.input.InputSpec;
import io.binday.testing.StackContent;
import io.binday.trash.Fate;
import io.binday.trash.Holds;
import io.binday.trash.Reject;
import io.binday.trash.UnattachedReference;
import io.binday.trash.UnattachedStore;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a restore run does, the same on every database. */
abstract class RestoreRunContract extends RunContract {

    @Test
    void givesBackEveryColumnAndReferenceButTheRevisionAndThePublications() {
        long publications = app.count("SELECT COUNT(*) FROM asset_publication");
        List<Map<String, Object>> rows = revisionless();
        RunReport trash = run("trash", ids(assets));

        RunReport restore = run("restore", new InputSpec.Run(trash.run().id()));

        assertThat(restore.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(restore.items()).isEqualTo(new ItemCounts(ASSETS, ASSETS, 0, Map.of()));
        assertThat(restore.references(Fate.REATTACHED))
                .isEqualTo(Map.of(
                        "entry_asset_reference", trash.references(Fate.DETACHED).get("entry_asset_reference")));
        assertThat(restore.references(Fate.DROPPED)).isEqualTo(Map.of("asset_publication", publications));
        assertThat(revisionless()).isEqualTo(rows);
        StackContent after = StackContent.of(app.jdbc());
        assertThat(after.rows().get("entry_asset_reference"))
                .isEqualTo(before.rows().get("entry_asset_reference"));
        assertThat(after.rows().get("asset_publication")).isEmpty();
        assertTrashIsEmpty();
        assertThat(app.count("SELECT COUNT(*) FROM binday_event WHERE event = 'RESTORED'"))
                .isEqualTo(ASSETS);
    }

    @Test
    void countsAsAChangeOfTheAsset() {
        Map<String, Object> before = asset(assets.get(0));
        run("trash", ids(assets.subList(0, 1)));

        run("restore", ids(assets.subList(0, 1)));

        Map<String, Object> after = asset(assets.get(0));
        assertThat(Integer.parseInt(String.valueOf(after.get("version"))))
                .isEqualTo(Integer.parseInt(String.valueOf(before.get("version"))) + 1);
        assertThat(after.get("updated_by")).isEqualTo("tester");
        assertThat(String.valueOf(after.get("updated_at"))).isGreaterThan(String.valueOf(before.get("updated_at")));
        assertThat(after.get("created_at")).isEqualTo(before.get("created_at"));
    }

    @Test
    void tellsWhereAnAssetWasPublished() {
        String asset = published();
        List<String> places = app.jdbc()
                .queryForList(
                        "SELECT CONCAT('environment=', environment, ', locale=', locale) FROM asset_publication"
                                + " WHERE asset_uid = ? ORDER BY environment, locale",
                        String.class,
                        asset);
        run("trash", ids(List.of(asset)));

        RunReport restore = run("restore", ids(List.of(asset)));

        assertThat(app.the(UnattachedStore.class).of(restore.run().id(), 0, 100))
                .filteredOn(reference -> reference.fate() == Fate.DROPPED)
                .allSatisfy(reference -> assertThat(reference.assetId()).isEqualTo(asset))
                .extracting(UnattachedReference::place)
                .containsExactlyInAnyOrderElementsOf(places);
    }

    @Test
    void neverOverwritesAPlaceThatWasFilledSince() {
        Map<String, Object> place = app.jdbc()
                .queryForMap(
                        "SELECT * FROM entry_asset_reference ORDER BY entry_uid, locale, field_path, position LIMIT 1");
        String asset = String.valueOf(place.get("asset_uid"));
        String other =
                assets.stream().filter(id -> !id.equals(asset)).findFirst().orElseThrow();
        long references = references(asset);
        run("trash", ids(List.of(asset)));
        app.jdbc()
                .update(
                        "INSERT INTO entry_asset_reference (entry_uid, locale, field_path, position, asset_uid)"
                                + " VALUES (?, ?, ?, ?, ?)",
                        place.get("entry_uid"),
                        place.get("locale"),
                        place.get("field_path"),
                        place.get("position"),
                        other);

        RunReport restore = run("restore", ids(List.of(asset)));

        assertThat(restore.items().done()).isEqualTo(1);
        assertThat(references(asset)).isEqualTo(references - 1);
        assertThat(restore.references(Fate.SLOT_TAKEN)).isEqualTo(Map.of("entry_asset_reference", 1L));
        assertThat(app.the(UnattachedStore.class).of(restore.run().id(), 0, 100))
                .filteredOn(reference -> reference.fate() == Fate.SLOT_TAKEN)
                .singleElement()
                .satisfies(reference -> assertThat(reference.place())
                        .isEqualTo("entry_uid=%s, locale=%s, field_path=%s, position=%s"
                                .formatted(
                                        place.get("entry_uid"),
                                        place.get("locale"),
                                        place.get("field_path"),
                                        place.get("position"))));
        assertTrashIsEmpty();
    }

    @Test
    void givesAPlaceThatTwoOfItsAssetsHadToTheLaterOne() {
        Map<String, Object> place = app.jdbc()
                .queryForMap(
                        "SELECT * FROM entry_asset_reference ORDER BY entry_uid, locale, field_path, position LIMIT 1");
        String first = String.valueOf(place.get("asset_uid"));
        String second =
                assets.stream().filter(id -> !id.equals(first)).findFirst().orElseThrow();
        run("trash", ids(List.of(first)));
        app.jdbc()
                .update(
                        "INSERT INTO entry_asset_reference (entry_uid, locale, field_path, position, asset_uid)"
                                + " VALUES (?, ?, ?, ?, ?)",
                        place.get("entry_uid"),
                        place.get("locale"),
                        place.get("field_path"),
                        place.get("position"),
                        second);
        run("trash", ids(List.of(second)));

        RunReport restore = run("restore", ids(List.of(first, second)));

        assertThat(restore.items().done()).isEqualTo(2);
        assertThat(restore.references(Fate.SLOT_TAKEN)).isEqualTo(Map.of("entry_asset_reference", 1L));
        assertThat(app.jdbc()
                        .queryForObject(
                                "SELECT asset_uid FROM entry_asset_reference"
                                        + " WHERE entry_uid = ? AND locale = ? AND field_path = ? AND position = ?",
                                String.class,
                                place.get("entry_uid"),
                                place.get("locale"),
                                place.get("field_path"),
                                place.get("position")))
                .isEqualTo(second);
        assertTrashIsEmpty();
    }

    @Test
    void reportsReferencesWhoseEntryIsGone() {
        String entry = app.jdbc()
                .queryForList("SELECT MIN(entry_uid) FROM entry_asset_reference", String.class)
                .get(0);
        List<String> used = app.jdbc()
                .queryForList(
                        "SELECT DISTINCT asset_uid FROM entry_asset_reference WHERE entry_uid = ?",
                        String.class,
                        entry);
        long gone = app.count("SELECT COUNT(*) FROM entry_asset_reference WHERE entry_uid = ?", entry);
        run("trash", ids(used));
        app.jdbc().update("DELETE FROM entry WHERE uid = ?", entry);

        RunReport restore = run("restore", ids(used));

        assertThat(restore.items().done()).isEqualTo(used.size());
        assertThat(restore.references(Fate.ENTRY_GONE)).isEqualTo(Map.of("entry_asset_reference", gone));
        assertTrashIsEmpty();
    }

    @Test
    void rejectsWhatCannotComeBackAndSaysWhy() {
        List<String> some = assets.subList(0, 4);
        run("trash", ids(some));
        app.jdbc().update("UPDATE binday_trash_asset SET folder_uid = 'gone' WHERE uid = ?", some.get(0));
        app.jdbc().update("INSERT INTO asset SELECT * FROM binday_trash_asset WHERE uid = ?", some.get(1));
        app.jdbc()
                .update(
                        "INSERT INTO binday_purged (asset_id, purge_run_id, purged_at, purged_by, trash_run_id, trashed_at,"
                                + " trashed_by) VALUES ('blt00000000000000ff', 9, ?, 'x', 8, ?, 'x')",
                        Timestamp.valueOf("2026-03-04 05:06:07"),
                        Timestamp.valueOf("2026-01-01 00:00:00"));

        RunReport restore = run(
                "restore",
                ids(List.of(
                        some.get(0),
                        some.get(1),
                        some.get(2),
                        assets.get(9),
                        "blt00000000000000ff",
                        "blt00000000000000fe")));

        assertThat(restore.items().done()).isEqualTo(1);
        assertThat(app.the(RunRecords.class).rejects(restore.run().id(), 0, 100))
                .extracting(item ->
                        item.seq() + " " + item.rejection().orElseThrow().reason() + " "
                                + item.rejection().orElseThrow().detail().orElse("-"))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("1 PARENT_MISSING asset_folder gone"),
                        line -> assertThat(line).isEqualTo("2 LIVE_AGAIN -"),
                        line -> assertThat(line).isEqualTo("4 NOT_IN_TRASH it is live"),
                        line -> assertThat(line).isEqualTo("5 PURGED on 2026-03-04T05:06:07Z"),
                        line -> assertThat(line).isEqualTo("6 NOT_IN_TRASH -"));
        assertThat(trashed()).containsExactlyInAnyOrder(some.get(0), some.get(1), some.get(3));
    }

    @Test
    void leavesWhatAnotherRunHasTrashedBetweenPlanAndApproval() {
        long first = run("trash", ids(assets.subList(0, 3))).run().id();
        long plan = app.runs().create(request("restore", new InputSpec.Run(first), false), true);
        app.work(plan);
        run("restore", ids(assets.subList(0, 1)));
        run("trash", ids(assets.subList(0, 1)));

        app.runs().approve(plan, "tester");
        RunReport restore = app.work(plan);

        assertThat(restore.items().done()).isEqualTo(2);
        assertThat(restore.items().rejects()).isEqualTo(Map.of(Reject.TRASHED_AGAIN, 1L));
        assertThat(trashed()).containsExactly(assets.get(0));
    }

    @Test
    void bringsBackAnAssetWhoseVersionCannotGrow() {
        String asset = assets.get(0);
        app.jdbc().update("UPDATE asset SET version = ? WHERE uid = ?", Integer.MAX_VALUE, asset);
        run("trash", ids(List.of(asset)));

        RunReport restore = run("restore", ids(List.of(asset)));

        assertThat(restore.items().done()).isEqualTo(1);
        assertThat(app.jdbc().queryForObject("SELECT version FROM asset WHERE uid = ?", Integer.class, asset))
                .isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void leavesWhatAnotherRunHasTrashedWhenRejectsAreTriedAgain() {
        long first = run("trash", ids(assets.subList(0, 3))).run().id();
        long plan = app.runs().create(request("restore", new InputSpec.Run(first), false), true);
        app.work(plan);
        run("restore", ids(assets.subList(0, 2)));
        app.runs().approve(plan, "tester");
        RunReport restore = app.work(plan);
        assertThat(restore.items().rejects()).isEqualTo(Map.of(Reject.NOT_IN_TRASH, 2L));
        run("trash", ids(assets.subList(0, 1)));

        RunReport retry = run("restore", restore.run().rejects());
        run("trash", ids(assets.subList(1, 2)));
        RunReport again = run("restore", retry.run().rejects());

        assertThat(retry.items().rejects()).isEqualTo(Map.of(Reject.TRASHED_AGAIN, 1L, Reject.NOT_IN_TRASH, 1L));
        assertThat(again.items().rejects()).isEqualTo(Map.of(Reject.TRASHED_AGAIN, 1L));
        assertThat(trashed()).containsExactlyInAnyOrderElementsOf(assets.subList(0, 2));
    }

    @Test
    void leavesARunThatWasNotFinishedToOperatorsWhenItsAssetsAreTakenBack() {
        long trash = run("trash", ids(assets.subList(0, 4))).run().id();
        app.jdbc().update("UPDATE binday_run SET status = 'STOPPED', finished_at = NULL WHERE run_id = ?", trash);
        assertThat(app.the(JobRunStore.class).unfinished("trash")).containsExactly(trash);

        run("restore", new InputSpec.Run(trash));

        assertThat(app.the(JobRunStore.class).unfinished("trash")).isEmpty();
    }

    @Test
    void takesNothingBackOfAPlan() {
        long plan = app.runs().create(request("trash", ids(assets.subList(0, 4)), false), true);
        app.work(plan);

        assertThatExceptionOfType(InputRefusedException.class)
                .isThrownBy(() -> run("restore", new InputSpec.Run(plan)))
                .withMessageContaining("run " + plan + " is a plan that nobody has approved");
    }

    @Test
    void takesNothingBackOfARunThatSomebodyMayGoOnWith() {
        List<String> some = assets.subList(0, 4);
        long trash = run("trash", ids(some)).run().id();
        app.jdbc().update("UPDATE binday_run SET status = 'RUNNING', finished_at = NULL WHERE run_id = ?", trash);

        assertThatExceptionOfType(InputRefusedException.class)
                .isThrownBy(() -> run("restore", new InputSpec.Run(trash)))
                .withMessageContaining("the process of run " + trash + " is gone")
                .withMessageEndingWith("give it up first: binday run abandon " + trash);

        app.jdbc().update("UPDATE binday_run SET status = 'ABANDONED', finished_at = NOW(6) WHERE run_id = ?", trash);
        assertThat(run("restore", new InputSpec.Run(trash)).items().done()).isEqualTo(4);
    }

    @Test
    void rejectsWhatChangedBetweenPlanAndApproval() {
        List<String> some = assets.subList(0, 4);
        run("trash", ids(some));
        long plan = app.runs().create(request("restore", ids(some), false), false);
        app.work(plan);
        run("restore", ids(some.subList(0, 1)));
        app.jdbc().update("UPDATE binday_trash_asset SET folder_uid = 'gone' WHERE uid = ?", some.get(1));
        app.jdbc().update("INSERT INTO asset SELECT * FROM binday_trash_asset WHERE uid = ?", some.get(2));

        app.runs().approve(plan, "tester");
        RunReport report = app.work(plan);

        assertThat(report.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(report.items().rejects())
                .isEqualTo(Map.of(Reject.NOT_IN_TRASH, 1L, Reject.PARENT_MISSING, 1L, Reject.LIVE_AGAIN, 1L));
        assertThat(report.items().done()).isEqualTo(1);
    }

    @Test
    void restoresOneAssetOfARunAndThenTheRest() {
        RunReport trash = run("trash", ids(assets.subList(0, 10)));
        run("restore", ids(assets.subList(3, 4)));

        RunReport rest = run("restore", new InputSpec.Run(trash.run().id()));

        assertThat(rest.items()).isEqualTo(new ItemCounts(9, 9, 0, Map.of()));
        assertTrashIsEmpty();
    }

    @Test
    void leavesOfARunWhatAnotherRunHasTrashedSince() {
        long first = run("trash", ids(assets.subList(0, 10))).run().id();
        run("restore", ids(assets.subList(3, 4)));
        run("trash", ids(assets.subList(3, 4)));
        Holds.Note why = new Holds.Note("a lawsuit", "tester", Optional.empty());
        Holds holds = app.the(Holds.class);

        assertThat(holds.holdRun(first, why).changed()).isEqualTo(9);
        assertThat(holds.countOfRun(first)).isEqualTo(9);
        holds.hold(assets.subList(3, 4), why);
        assertThat(holds.releaseRun(first, why).changed()).isEqualTo(9);
        assertThat(holds.countOfRun(first)).isZero();
        RunReport rest = run("restore", new InputSpec.Run(first));

        assertThat(rest.items()).isEqualTo(new ItemCounts(9, 9, 0, Map.of()));
        assertThat(trashed()).containsExactly(assets.get(3));
    }

    @Test
    void plansWithoutTouchingAnything() {
        RunReport trash = run("trash", ids(assets.subList(0, 10)));
        StackContent trashed = StackContent.of(app.jdbc());
        long run = app.runs()
                .create(request("restore", new InputSpec.Run(trash.run().id()), false), false);

        RunReport plan = app.work(run);

        assertThat(plan.run().status()).isEqualTo(RunStatus.AWAITING_APPROVAL);
        assertThat(StackContent.of(app.jdbc())).isEqualTo(trashed);
        var counted = plan.run().plan().orElseThrow();
        assertThat(counted.assets()).isEqualTo(10);
        assertThat(counted.bytes()).isEqualTo(trash.bytes());
        assertThat(counted.references()).containsOnlyKeys("entry_asset_reference");
        assertThat(counted.dropped()).containsOnlyKeys("asset_publication");
        assertThat(counted.examples()).hasSize(10);
        before.assertNothingLostOrDoubled(app.jdbc());
    }

    @Test
    void isolatesAnAssetThatTheDatabaseRefuses() {
        RunReport trash = run("trash", ids(assets.subList(0, 20)));
        app.jdbc().execute("ALTER TABLE asset ADD CONSTRAINT refused CHECK (uid <> '" + assets.get(5) + "')");

        RunReport restore = run("restore", new InputSpec.Run(trash.run().id()));

        assertThat(restore.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(restore.items().rejects()).isEqualTo(Map.of(Reject.REFUSED_BY_DATABASE, 1L));
        assertThat(restore.items().done()).isEqualTo(19);
        assertThat(trashed()).containsExactly(assets.get(5));
    }

    private static InputSpec ids(List<String> ids) {
        return new InputSpec.Ids(ids);
    }

    private String published() {
        return app.jdbc()
                .queryForList("SELECT MIN(asset_uid) FROM asset_publication", String.class)
                .get(0);
    }

    private long references(String asset) {
        return app.count("SELECT COUNT(*) FROM entry_asset_reference WHERE asset_uid = ?", asset);
    }

    private Map<String, Object> asset(String id) {
        return app.jdbc().queryForMap("SELECT * FROM asset WHERE uid = ?", id);
    }

    /** Every asset without what a restore changes. */
    private List<Map<String, Object>> revisionless() {
        return app.jdbc()
                .queryForList(
                        "SELECT uid, title, file_name, content_type, file_size, file_key, folder_uid, tags, created_at,"
                                + " created_by FROM asset ORDER BY uid");
    }

    private void assertTrashIsEmpty() {
        for (String table : List.of(
                "binday_trash",
                "binday_trash_asset",
                "binday_trash_entry_asset_reference",
                "binday_trash_asset_publication")) {
            assertThat(app.count("SELECT COUNT(*) FROM " + table)).as(table).isZero();
        }
    }
}
