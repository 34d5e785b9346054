package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.binday.binary.BinaryStore;
import io.binday.binary.FileState;
import io.binday.binary.Outbox;
import io.binday.input.InputSpec;
import io.binday.testing.OldFile;
import io.binday.testing.TestApplication;
import io.binday.trash.Fate;
import io.binday.trash.Holds;
import io.binday.trash.OperationName;
import io.binday.trash.Plan;
import io.binday.trash.Reject;
import io.binday.trash.Retention;
import io.binday.trash.TrashListStore;
import io.binday.trash.TrashListStore.Expiry;
import io.binday.trash.TrashedAsset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What a purge run does, the same on every database. */
abstract class PurgeRunContract extends RunContract {

    static final Holds.Note WHY = new Holds.Note("a lawsuit", "tester", Optional.empty());

    @Test
    void removesWhatIsOldEnoughForGoodAndKeepsTheLedger() {
        RunReport trash = trashLongAgo(assets.subList(0, 20));
        run("trash", ids(assets.subList(20, 30)));

        RunReport purge = purge();

        assertThat(purge.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(purge.items()).isEqualTo(new ItemCounts(20, 20, 0, Map.of()));
        assertThat(purge.bytes()).isEqualTo(trash.bytes());
        assertThat(purge.references(Fate.PURGED)).isEqualTo(trash.references(Fate.DETACHED));
        assertThat(trashed()).isEqualTo(new TreeSet<>(assets.subList(20, 30)));
        for (String table : List.of("asset", "entry_asset_reference", "asset_publication")) {
            assertThat(app.count("SELECT COUNT(*) FROM binday_trash_" + table + " m WHERE NOT EXISTS"
                            + " (SELECT 1 FROM binday_trash t WHERE t.asset_id = m."
                            + ("asset".equals(table) ? "uid" : "asset_uid") + ")"))
                    .as("orphans of " + table)
                    .isZero();
        }
        assertThat(app.count(
                        "SELECT COUNT(*) FROM binday_purged WHERE purge_run_id = ? AND trash_run_id = ?"
                                + " AND purged_by = 'tester' AND trashed_by = 'tester' AND label IS NOT NULL AND bytes > 0"
                                + " AND trashed_at < purged_at",
                        purge.run().id(),
                        trash.run().id()))
                .isEqualTo(20);
        assertThat(app.count("SELECT COUNT(*) FROM binday_event WHERE event = 'PURGED'"))
                .isEqualTo(20);
    }

    @Test
    void keepsAnAssetOneMicrosecondBeforeItsTimeAndPurgesItAtTheLimit() {
        run("trash", ids(assets.subList(0, 3)));
        Instant cutoff = cutoff();
        trashedAt(assets.get(0), cutoff);
        trashedAt(assets.get(1), cutoff.plus(1, ChronoUnit.MICROS));
        trashedAt(assets.get(2), cutoff.minus(1, ChronoUnit.MICROS));

        RunReport purge = run("purge", new InputSpec.Expired(cutoff));

        assertThat(purge.items().done()).isEqualTo(2);
        assertThat(trashed()).containsExactly(assets.get(1));
        assertThat(app.runs().report(purge.run().id()).run().input()).isEqualTo(new InputSpec.Expired(cutoff));
    }

    @Test
    void isNotCompletedWhereTheRecordsDoNotProveIt() {
        trashLongAgo(assets.subList(0, 3));
        RunReport purge = unproven("""
                INSERT INTO binday_event (run_id, asset_id, event, at) VALUES (%d, 'x', 'PURGED', NOW(6))""");
        assertThat(purge.run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(purge.run().message().orElseThrow())
                .contains("cannot be called COMPLETED: by its work items there should be 3 events, but there are 4");

        trashLongAgo(assets.subList(10, 12));
        assertThat(unproven("UPDATE binday_tally SET amount = amount + 1 WHERE run_id = %d AND name = 'assets'")
                        .run()
                        .message()
                        .orElseThrow())
                .contains("there should be 2 assets tallied, but there are 3");
    }

    /** What is changed after the assets are done, when the files are deleted, is seen at the end, too. */
    @Test
    void isNotCompletedWhereItemsOrCountersAreNotAsTheyWere() {
        AtomicReference<Runnable> change = new AtomicReference<>(() -> {});
        BinaryStore store = key -> {
            change.getAndSet(() -> {}).run();
            return true;
        };
        app.close();
        app = TestApplication.on(freshDatabase(), Map.of(BinaryStore.class, store))
                .withSample(ASSETS);
        Map<String, String> messages = new LinkedHashMap<>();
        messages.put(
                "INSERT INTO binday_work_item (run_id, seq, asset_id, state) VALUES (%d, 999, 'x', 'PENDING')",
                "there should be 0 pending items, but there are 1");
        messages.put(
                "INSERT INTO binday_tally (run_id, worker, name, amount) VALUES (%d, 3, 'rejected', 1)",
                "there should be 0 rejects tallied, but there are 1");
        messages.put(
                "UPDATE BATCH_STEP_EXECUTION SET WRITE_COUNT = WRITE_COUNT + 1 WHERE STEP_NAME = 'apply' AND %d > 0",
                "there should be 2 writes counted by the job repository, but there are 3");

        messages.forEach((sql, message) -> {
            int from = 2 * List.copyOf(messages.keySet()).indexOf(sql);
            trashLongAgo(assets.subList(from, from + 2));
            long run = app.runs().create(request("purge", new InputSpec.Expired(cutoff()), true), true);
            change.set(() -> app.jdbc().update(sql.formatted(run)));
            RunReport purge = app.work(run);

            assertThat(purge.run().status()).isEqualTo(RunStatus.FAILED);
            assertThat(purge.run().message().orElseThrow()).contains(message);
        });
    }

    /** Purges what is due, and changes the records before the end. */
    private RunReport unproven(String sql) {
        long run = app.runs().create(request("purge", new InputSpec.Expired(cutoff()), true), true);
        return app.runs()
                .work(
                        run,
                        new RunObserver() {
                            private boolean changed;

                            @Override
                            public void applied(int done, int rejected) {
                                if (!changed) {
                                    changed = true;
                                    app.jdbc().update(sql.formatted(run));
                                }
                            }
                        },
                        new StopSignal());
    }

    @Test
    void plansWhatWouldBePurgedWithoutWhatIsOnHold() {
        trashLongAgo(assets.subList(0, 10));
        app.the(Holds.class).hold(assets.subList(8, 10), WHY);
        long bytes = app.count(
                "SELECT SUM(bytes) FROM binday_trash WHERE asset_id NOT IN (?, ?)", assets.get(8), assets.get(9));

        long run = plan();

        Plan plan = app.runs().report(run).run().plan().orElseThrow();

        assertThat(plan.assets()).isEqualTo(8);
        assertThat(plan.bytes()).contains(bytes);
        assertThat(plan.examples()).hasSize(8);
        assertThat(plan.references()).isEqualTo(approve(run).references(Fate.PURGED));
    }

    @Test
    void purgesWhatAPurgeHasRejectedOnceItsHoldIsReleased() {
        trashLongAgo(assets.subList(0, 5));
        app.the(Holds.class).hold(assets.subList(0, 1), WHY);
        RunReport purge = purge();
        assertThat(purge.items().rejects()).isEqualTo(Map.of(Reject.ON_HOLD, 1L));
        app.the(Holds.class).release(assets.subList(0, 1), WHY);

        RunReport retry = run("purge", purge.run().rejects());

        assertThat(retry.items()).isEqualTo(new ItemCounts(1, 1, 0, Map.of()));
        assertThat(trashed()).isEmpty();
    }

    /** More than a page of the look-up and a batch of the holds. */
    @Test
    void holdsAndReleasesEachAssetOfALargeRun() {
        long run = run("trash", ids(assets.subList(0, 2))).run().id();
        List<Object[]> others = IntStream.range(0, 2_001)
                .mapToObj(i -> new Object[] {run, "other-%04d".formatted(i)})
                .toList();
        app.jdbc()
                .batchUpdate(
                        "INSERT INTO binday_trash (run_id, asset_id, trashed_at, trashed_by) VALUES (?, ?, NOW(6), 'x')",
                        others);
        app.jdbc()
                .batchUpdate(
                        "INSERT INTO binday_event (run_id, asset_id, event, at) VALUES (?, ?, 'TRASHED', NOW(6))",
                        others);
        try {
            assertThat(app.the(Holds.class).holdRun(run, WHY).changed()).isEqualTo(2_003);
            assertThat(app.the(Holds.class).countOfRun(run)).isEqualTo(2_003);
            assertThat(app.the(Holds.class).releaseRun(run, WHY).changed()).isEqualTo(2_003);
            assertThat(app.the(Holds.class).countOfRun(run)).isZero();
        } finally {
            app.jdbc().update("DELETE FROM binday_trash WHERE asset_id LIKE 'other-%'");
        }
    }

    @Test
    void looksAgainUnderTheLock() {
        trashLongAgo(assets.subList(0, 6));
        long run = plan();
        trashedAt(assets.get(0), cutoff().plusSeconds(3_600));
        app.the(Holds.class).hold(List.of(assets.get(1)), WHY);
        run("restore", ids(assets.subList(2, 3)));
        trashedAt(assets.get(3), Instant.parse("2099-01-01T00:00:00Z"));

        RunReport purge = approve(run);

        assertThat(purge.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(purge.items().rejects())
                .isEqualTo(Map.of(
                        Reject.TOO_YOUNG, 1L, Reject.ON_HOLD, 1L, Reject.NOT_IN_TRASH, 1L, Reject.QUARANTINED, 1L));
        assertThat(purge.items().done()).isEqualTo(2);
        assertThat(trashed()).isEqualTo(new TreeSet<>(List.of(assets.get(0), assets.get(1), assets.get(3))));
    }

    @Test
    void leavesWhatALongerRetentionKeepsThoughItWasBegunWithAShorterOne() {
        trashLongAgo(assets.subList(0, 6));
        trashedAt(assets.get(0), cutoff().minusSeconds(17 * 86_400));
        long run = plan();
        app.runs().approve(run, "tester");

        try (TestApplication later = TestApplication.on(url, "binday.purge.retention=30d")) {
            RunReport purge = later.work(run);

            assertThat(purge.items().rejects()).isEqualTo(Map.of(Reject.TOO_YOUNG, 5L));
            assertThat(purge.items().done()).isEqualTo(1);
        }
    }

    @Test
    void leavesWhatIsOnHoldAndSaysHowMuch() {
        RunReport trash = trashLongAgo(assets.subList(0, 10));
        Holds holds = app.the(Holds.class);
        assertThat(holds.hold(List.of(assets.get(0), assets.get(1), assets.get(50)), WHY))
                .isEqualTo(new Holds.Result(2, List.of(assets.get(50))));
        holds.hold(List.of(assets.get(2)), until(Instant.now().plusSeconds(3_600)));
        holds.hold(List.of(assets.get(3)), until(Instant.now().plusSeconds(3_600)));
        app.jdbc()
                .update(
                        "UPDATE binday_hold SET held_until = ? WHERE asset_id = ?",
                        utc(Instant.now().minusSeconds(9)),
                        assets.get(3));
        assertThat(app.runs().report(trash.run().id()).onHold()).isEqualTo(3);

        RunReport purge = purge();

        assertThat(purge.items().rejects()).isEqualTo(Map.of(Reject.ON_HOLD, 3L));
        assertThat(trashed()).isEqualTo(new TreeSet<>(assets.subList(0, 3)));

        assertThat(holds.releaseRun(trash.run().id(), WHY).changed()).isEqualTo(3);
        assertThat(purge().items().done()).isEqualTo(3);
        assertThat(trashed()).isEmpty();
    }

    @Test
    void listsTheHoldThatKeepsAnAssetLongest() {
        trashLongAgo(assets.subList(0, 2));
        Holds holds = app.the(Holds.class);
        Instant now = Instant.now();
        holds.hold(assets.subList(0, 1), new Holds.Note("lawsuit", "anna", Optional.empty()));
        holds.hold(assets.subList(1, 2), new Holds.Note("long", "berta", Optional.of(now.plusSeconds(9 * 86_400))));
        holds.hold(assets.subList(0, 2), new Holds.Note("short", "anna", Optional.of(now.plusSeconds(86_400))));

        assertThat(app.the(TrashListStore.class)
                        .newest(new TrashListStore.Filter(Optional.empty(), true, Optional.empty()), 10))
                .extracting(TrashedAsset::hold, TrashedAsset::heldBy)
                .containsExactlyInAnyOrder(
                        tuple(Optional.of("lawsuit"), Optional.of("anna")),
                        tuple(Optional.of("long"), Optional.of("berta")));
    }

    @Test
    void saysWhatOfARunIsPurgedAlreadyAndCannotBeHeld() {
        RunReport trash = trashLongAgo(assets.subList(0, 4));
        Holds holds = app.the(Holds.class);
        holds.hold(assets.subList(0, 2), WHY);
        assertThat(purge().items().done()).isEqualTo(2);

        assertThat(holds.holdRun(trash.run().id(), WHY))
                .isEqualTo(new Holds.Result(
                        2, assets.subList(2, 4).stream().sorted().toList()));
    }

    @Test
    void endsTheHoldsOfWhatIsRestored() {
        trashLongAgo(assets.subList(0, 1));
        app.the(Holds.class).hold(assets.subList(0, 1), WHY);
        run("restore", ids(assets.subList(0, 1)));
        trashLongAgo(assets.subList(0, 1));

        assertThat(purge().items().done()).isEqualTo(1);
    }

    @Test
    void tellsARestoreThatTheAssetIsGone() {
        RunReport trash = trashLongAgo(assets.subList(0, 5));
        purge();

        RunReport restore = run("restore", new InputSpec.Run(trash.run().id()));

        assertThat(restore.items().rejects()).isEqualTo(Map.of(Reject.PURGED, 5L));
        assertThat(app.the(RunRecords.class).rejects(restore.run().id(), 0, 10))
                .allSatisfy(item -> assertThat(
                                item.rejection().orElseThrow().detail().orElseThrow())
                        .startsWith("on 20"));
    }

    @Test
    void quarantinesWhatWasTrashedInTheFuture() {
        trashLongAgo(assets.subList(0, 2));
        trashedAt(assets.get(0), Instant.parse("2099-01-01T00:00:00Z"));

        RunReport purge = purge();

        assertThat(purge.items().rejects()).isEqualTo(Map.of(Reject.QUARANTINED, 1L));
        assertThat(app.the(RunRecords.class).rejects(purge.run().id(), 0, 10))
                .singleElement()
                .satisfies(item -> assertThat(
                                item.rejection().orElseThrow().detail().orElseThrow())
                        .startsWith("trashed at 2099-01-01"));
        assertThat(trashed()).containsExactly(assets.get(0));
    }

    @Test
    void quarantinesWhatWasTrashedAtNoTimeAndStillListsIt() {
        trashLongAgo(assets.subList(0, 2));
        app.jdbc().execute("ALTER TABLE binday_trash MODIFY COLUMN trashed_at DATETIME(6) NULL");
        app.jdbc().update("UPDATE binday_trash SET trashed_at = NULL WHERE asset_id = ?", assets.get(0));

        RunReport purge = purge();

        assertThat(purge.items().rejects()).isEqualTo(Map.of(Reject.QUARANTINED, 1L));
        assertThat(app.the(TrashListStore.class)
                        .newest(new TrashListStore.Filter(Optional.empty(), false, Optional.empty()), 10))
                .singleElement()
                .satisfies(asset -> assertThat(asset.trashedAt()).isEmpty());
    }

    @Test
    void listsWhatMayBePurgedByThenAlsoWhereAHoldIsOverBefore() {
        trashLongAgo(assets.subList(0, 3));
        run("trash", ids(assets.subList(3, 4)));
        Instant now = Instant.now();
        app.the(Holds.class).hold(List.of(assets.get(0)), until(now.plusSeconds(3_600)));
        app.the(Holds.class).hold(List.of(assets.get(1)), until(now.plusSeconds(2 * 86_400)));
        Expiry tomorrow = new Expiry(now.plusSeconds(86_400), cutoff().plusSeconds(86_400));

        assertThat(app.the(TrashListStore.class)
                        .newest(new TrashListStore.Filter(Optional.empty(), false, Optional.of(tomorrow)), 10))
                .extracting(TrashedAsset::assetId)
                .containsExactlyInAnyOrder(assets.get(0), assets.get(2));
    }

    @Test
    void purgesTheOthersWhereTheSnapshotOfOneIsDamaged() {
        trashLongAgo(assets.subList(0, 20));
        app.jdbc().update("DELETE FROM binday_trash_asset WHERE uid = ?", assets.get(3));

        RunReport purge = purge();

        assertThat(purge.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(purge.items().done()).isEqualTo(19);
        assertThat(purge.items().rejects()).isEqualTo(Map.of(Reject.REFUSED_BY_DATABASE, 1L));
        assertThat(trashed()).containsExactly(assets.get(3));
        assertThat(app.count("SELECT COUNT(*) FROM binday_purged")).isEqualTo(19);
    }

    @Test
    void stopsAfterStagingWhenItIsUnusuallyLarge() throws IOException {
        app.close();
        app = TestApplication.on(freshDatabase(), "binday.purge.max-items=8").withSample(ASSETS);
        trashLongAgo(assets.subList(0, 9));

        RunReport purge = purge();

        assertThat(purge.run().status()).isEqualTo(RunStatus.AWAITING_APPROVAL);
        assertThat(purge.run().message().orElseThrow())
                .isEqualTo("held back by the safety valve: 9 assets are more than binday.purge.max-items of 8");
        assertThat(trashed()).hasSize(9);
        assertThat(approve(purge.run().id()).items().done()).isEqualTo(9);
    }

    @Test
    void comparesItsSizeWithPurgesThatHadSomethingToDo() {
        purge();
        trashLongAgo(assets.subList(0, 3));
        purge();
        purge();

        assertThat(app.the(JobRunStore.class).lastDone(OperationName.PURGE, 7)).containsExactly(3L);
        Run purge = app.runs().report(plan()).run();
        SafetyValve valve = app.the(SafetyValve.class);
        assertThat(valve.closedFor(purge, 101).orElseThrow()).contains("more than 5 times the average of 3");
        assertThat(valve.closedFor(purge, 100)).isEmpty();
    }

    @Test
    void deletesFilesAfterTheCommitAndKeepsThoseThatAreShared() throws IOException {
        Path files = withFiles();
        Path deleted = file(files, assets.get(0));
        Path shared = file(files, assets.get(1));
        app.jdbc().update("UPDATE asset SET file_key = ? WHERE uid = ?", key(assets.get(1)), assets.get(40));
        app.jdbc().update("UPDATE asset SET file_key = '../outside.jpg' WHERE uid = ?", assets.get(2));
        Path outside = OldFile.write(folder.resolve("outside.jpg"));
        trashLongAgo(assets.subList(0, 4));

        RunReport purge = purge();

        assertThat(purge.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(deleted).doesNotExist();
        assertThat(shared).exists();
        assertThat(outside).exists();
        assertThat(purge.files().states())
                .isEqualTo(Map.of(
                        FileState.DELETED, 1L, FileState.SHARED, 1L, FileState.PENDING, 1L, FileState.MISSING, 1L));
        assertThat(purge.files().error().orElseThrow()).contains("'../outside.jpg' leaves the directory");
    }

    @Test
    void keepsAFileOfAnAssetThatWasTrashedBeforeTheCatalogNamedItsKey() throws IOException {
        Path files = withFiles();
        Path shared = file(files, assets.get(0));
        app.jdbc().update("UPDATE asset SET file_key = ? WHERE uid = ?", key(assets.get(0)), assets.get(1));
        trashLongAgo(assets.subList(0, 2));
        app.the(Holds.class).hold(assets.subList(1, 2), new Holds.Note("evidence", "anna", Optional.empty()));
        app.jdbc().update("UPDATE binday_trash SET binary_key = NULL WHERE asset_id = ?", assets.get(1));

        assertThat(purge().files().states()).isEqualTo(Map.of(FileState.SHARED, 1L));
        assertThat(shared).exists();
    }

    @Test
    void triesAFileAgainThatCouldNotBeDeletedOnceItsTimeHasCome() throws IOException {
        Path files = withFiles();
        Path inTheWay = Files.createDirectories(files.resolve(key(assets.get(0))));
        trashLongAgo(assets.subList(0, 1));
        long run = purge().run().id();
        assertThat(app.runs().report(run).files().error().orElseThrow()).contains("is a directory");
        Files.delete(inTheWay);
        Path file = OldFile.write(inTheWay);

        app.the(FileDeletion.class).work(new StopSignal());
        assertThat(file).as("its time has not come").exists();
        app.jdbc().update("UPDATE binday_binary_deletion SET next_attempt_at = TIMESTAMPADD(SECOND, -1, NOW(6))");
        app.the(FileDeletion.class).work(new StopSignal());

        assertThat(file).doesNotExist();
        assertThat(app.runs().report(run).files().states()).isEqualTo(Map.of(FileState.DELETED, 1L));
        assertThat(app.count("SELECT attempts FROM binday_binary_deletion")).isEqualTo(2);
    }

    @Test
    void endsAPurgeThoughTheStoreOfBinariesHangsAndTriesAgainWhenItIsBack() {
        Semaphore back = new Semaphore(0);
        Set<String> deleted = new TreeSet<>();
        BinaryStore hanging = key -> {
            // What hangs in a file system goes on hanging, whoever has given it up.
            back.acquireUninterruptibly();
            back.release();
            if (Thread.currentThread().isInterrupted()) {
                throw new IOException("given up");
            }
            return deleted.add(key);
        };
        app.close();
        app = TestApplication.on(freshDatabase(), Map.of(BinaryStore.class, hanging), "binday.binary.timeout=1s")
                .withSample(ASSETS);
        trashLongAgo(assets.subList(0, 5));

        RunReport purge = purge();

        assertThat(purge.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(purge.files().states()).isEqualTo(Map.of(FileState.PENDING, 5L));
        assertThat(purge.files().error().orElseThrow()).contains("still hangs at an earlier file");
        assertThat(app.jdbc()
                        .queryForList("SELECT error FROM binday_binary_deletion ORDER BY id", String.class)
                        .get(0))
                .contains("has not answered for 1 s");
        back.release();
        app.jdbc().update("UPDATE binday_binary_deletion SET next_attempt_at = TIMESTAMPADD(SECOND, -1, NOW(6))");
        Awaitility.await().untilAsserted(() -> {
            app.the(FileDeletion.class).work(new StopSignal());
            app.jdbc().update("UPDATE binday_binary_deletion SET next_attempt_at = TIMESTAMPADD(SECOND, -1, NOW(6))");
            assertThat(app.count("SELECT COUNT(*) FROM binday_binary_deletion WHERE state = 'PENDING'"))
                    .isZero();
        });
        assertThat(deleted).hasSize(5);
    }

    RunReport trashLongAgo(List<String> ids) {
        RunReport trash = run("trash", ids(ids));
        app.jdbc()
                .update(
                        "UPDATE binday_trash SET trashed_at = TIMESTAMPADD(DAY, -15, trashed_at) WHERE run_id = ?",
                        trash.run().id());
        return trash;
    }

    private void trashedAt(String asset, Instant when) {
        app.jdbc().update("UPDATE binday_trash SET trashed_at = ? WHERE asset_id = ?", utc(when), asset);
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private Instant cutoff() {
        return app.the(Retention.class).cutoff(Optional.empty());
    }

    private Holds.Note until(Instant end) {
        return new Holds.Note("for a while", "tester", Optional.of(end));
    }

    RunReport purge() {
        return run("purge", new InputSpec.Expired(cutoff()));
    }

    long plan() {
        long run = app.runs().create(request("purge", new InputSpec.Expired(cutoff()), false), true);
        app.work(run);
        return run;
    }

    private RunReport approve(long run) {
        app.runs().approve(run, "tester");
        return app.work(run);
    }

    private static InputSpec ids(List<String> ids) {
        return new InputSpec.Ids(ids);
    }

    String key(String asset) {
        return app.jdbc()
                .queryForList("SELECT file_key FROM asset WHERE uid = ?", String.class, asset)
                .get(0);
    }

    /** As of a share that is not mounted, where something else is. */
    @Test
    void callsNoFileMissingInADirectoryWithoutAnyFileOfALiveAsset() throws IOException {
        Path files = withFiles();
        OldFile.write(files.resolve(".keep"));
        trashLongAgo(assets.subList(0, 4));

        RunReport purge = purge();

        assertThat(purge.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(purge.files().states()).isEqualTo(Map.of(FileState.PENDING, 4L));
        assertThat(purge.files().error().orElseThrow())
                .contains("is the directory of binaries /", " mounted, and the right one?");

        file(files, assets.get(10));
        app.jdbc().update("UPDATE binday_binary_deletion SET next_attempt_at = NOW(6)");
        app.the(FileDeletion.class).work(new StopSignal());
        assertThat(app.the(Outbox.class).of(purge.run().id()).states()).isEqualTo(Map.of(FileState.MISSING, 4L));
    }

    @Test
    void saysThatFilesWereDeletedWhateverBecomesOfTheTransactionAroundIt() throws IOException {
        Path files = withFiles();
        Path file = OldFile.write(files.resolve("lost.jpg"));
        OldFile.write(files.resolve("other.jpg"));
        for (String key : List.of("lost.jpg", "none.jpg")) {
            app.jdbc()
                    .update(
                            "INSERT INTO binday_binary_deletion (run_id, asset_id, binary_key, state, attempts, next_attempt_at)"
                                    + " VALUES (1, ?, ?, 'PENDING', 0, NOW(6))",
                            key,
                            key);
        }
        Outbox outbox = app.the(Outbox.class);
        new TransactionTemplate(app.the(PlatformTransactionManager.class)).executeWithoutResult(status -> {
            outbox.work(keys -> Optional.of(Set.of()), List::of);
            status.setRollbackOnly();
        });

        assertThat(file).doesNotExist();
        assertThat(outbox.of(1).states()).isEqualTo(Map.of(FileState.DELETED, 1L, FileState.MISSING, 1L));
    }

    /** Starts anew with a directory of files, which it returns. */
    Path withFiles() throws IOException {
        Path files = Files.createDirectory(folder.resolve("files"));
        app.close();
        app = TestApplication.on(freshDatabase(), "binday.binary.directory=" + files)
                .withSample(ASSETS);
        return files;
    }

    Path file(Path root, String asset) throws IOException {
        Path file = root.resolve(key(asset));
        Files.createDirectories(root.resolve(key(asset)).resolve("..").normalize());
        return OldFile.write(file);
    }
}
