package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.binday.catalog.CatalogInstall;
import io.binday.catalog.CatalogRefusedException;
import io.binday.catalog.Dialect;
import io.binday.input.AssetIdInput;
import io.binday.input.InputRefusedException;
import io.binday.input.InputSpec;
import io.binday.testing.StackContent;
import io.binday.trash.Fate;
import io.binday.trash.OperationName;
import io.binday.trash.Reject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.batch.core.job.JobExecution;

/** What a trash run does, the same on every database. */
abstract class TrashRunContract extends RunContract {

    private static final String UNKNOWN = "blt00000000000000ff";

    @Test
    void movesAssetsWithEveryReferenceAndLosesNothing() throws IOException {
        List<String> some = assets.subList(0, 40);
        long references = references("entry_asset_reference", some);
        long publications = references("asset_publication", some);

        RunReport report = run(csv(some), true);

        assertThat(report.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(report.items()).isEqualTo(new ItemCounts(40, 40, 0, Map.of()));
        assertThat(report.references(Fate.DETACHED))
                .isEqualTo(Map.of("entry_asset_reference", references, "asset_publication", publications));
        assertThat(report.bytes()).contains(app.count("SELECT SUM(bytes) FROM binday_trash"));
        assertThat(report.bytes().orElseThrow()).isPositive();
        assertThat(trashed()).isEqualTo(new TreeSet<>(some));
        before.assertNothingLostOrDoubled(app.jdbc());
        assertThat(app.count("SELECT COUNT(*) FROM binday_event WHERE event = 'TRASHED'"))
                .isEqualTo(40);
    }

    /** A query that would take far longer than this test to give its first row. */
    abstract String endlessQuery();

    @Test
    void stopsWhileItsQueryHasNotGivenARowYet() {
        InputSpec endless = new InputSpec.Query("endless", endlessQuery(), Map.of(), 3_000, 1_000);
        long run = app.runs().create(app.request("trash", endless, true), true);
        StopSignal stop = new StopSignal();
        CompletableFuture<RunReport> working =
                CompletableFuture.supplyAsync(() -> app.runs().work(run, new RunObserver() {}, stop));
        Awaitility.await()
                .until(() -> app.count(
                                "SELECT COUNT(*) FROM BATCH_STEP_EXECUTION WHERE STEP_NAME = 'stage' AND STATUS = 'STARTED'")
                        == 1);
        stop.request();

        assertThat(working).succeedsWithin(Duration.ofMinutes(2));
        assertThat(working.join().run().status()).isEqualTo(RunStatus.STOPPED);
        assertThat(app.count("SELECT COUNT(*) FROM binday_lease WHERE owner IS NOT NULL"))
                .isZero();
        assertThat(app.runs().report(run).run().staged()).isFalse();
        before.assertUntouched(app.jdbc());
    }

    @Test
    void saysOfEveryLineWhatBecameOfIt() throws IOException {
        run(csv(List.of(assets.get(9))), true);
        Path file = csv(
                List.of(assets.get(0), "BLT0", assets.get(1), assets.get(0), UNKNOWN, assets.get(9), UNKNOWN, "BLT0"));

        RunReport report = run(file, true);

        assertThat(report.items().done()).isEqualTo(2);
        assertThat(report.items().rejects())
                .isEqualTo(Map.of(
                        Reject.MALFORMED, 2L, Reject.DUPLICATE, 2L, Reject.NOT_FOUND, 1L, Reject.ALREADY_IN_TRASH, 1L));
        assertThat(app.the(RunRecords.class).rejects(report.run().id(), 0, 100))
                .extracting(item -> item.seq() + " "
                        + item.rejection().orElseThrow().reason() + " "
                        + item.rejection().orElseThrow().detail().orElse("-"))
                .containsExactly(
                        "3 MALFORMED -",
                        "5 DUPLICATE of line 2",
                        "6 NOT_FOUND -",
                        "7 ALREADY_IN_TRASH -",
                        "8 DUPLICATE of line 6",
                        "9 MALFORMED -");
    }

    @Test
    void offersNoSecondTryOfWhatIsOnlyRepeated() throws IOException {
        assertThat(run(csv(List.of(assets.get(0), assets.get(0))), true).legal())
                .doesNotContain(RunAction.RETRY);
        assertThat(run(csv(List.of(assets.get(1), UNKNOWN)), true).legal()).contains(RunAction.RETRY);
    }

    @Test
    void changesNothingOnADryRunAndCarriesOutThatVeryRunWhenApproved() throws IOException {
        List<String> some = assets.subList(10, 25);

        RunReport plan = run(csv(some), false);

        assertThat(plan.run().status()).isEqualTo(RunStatus.AWAITING_APPROVAL);
        before.assertUntouched(app.jdbc());
        var counted = plan.run().plan().orElseThrow();
        assertThat(counted.assets()).isEqualTo(15);
        assertThat(counted.references())
                .isEqualTo(Map.of(
                        "entry_asset_reference", references("entry_asset_reference", some),
                        "asset_publication", references("asset_publication", some)));
        assertThat(counted.owners()).containsOnlyKeys("entries", "environments");
        assertThat(counted.examples()).hasSize(10);
        assertThat(counted.bytes().orElseThrow()).isPositive();

        app.runs().approve(plan.run().id(), "somebody else");
        RunReport done = app.work(plan.run().id());

        assertThat(done.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(done.run().approvedBy()).contains("somebody else");
        assertThat(done.references(Fate.DETACHED)).isEqualTo(counted.references());
        assertThat(done.bytes()).isEqualTo(counted.bytes());
        assertThat(trashed()).isEqualTo(new TreeSet<>(some));
        before.assertNothingLostOrDoubled(app.jdbc());
    }

    @Test
    void approvesAPlanOnceOnly() throws IOException {
        long run = run(csv(assets.subList(0, 3)), false).run().id();
        app.runs().approve(run, "one");
        assertThatExceptionOfType(IllegalRunStateException.class)
                .isThrownBy(() -> app.runs().approve(run, "two"))
                .withMessageContaining("run " + run + " cannot be approved: it is RUNNING");
    }

    @Test
    void rejectsWhatVanishedBetweenPlanAndApproval() throws IOException {
        long run = run(csv(assets.subList(0, 10)), false).run().id();
        run(csv(assets.subList(3, 5)), true);
        deleteForGood(assets.get(7));

        app.runs().approve(run, "tester");
        RunReport report = app.work(run);

        assertThat(report.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(report.items().done()).isEqualTo(7);
        assertThat(report.items().rejects()).isEqualTo(Map.of(Reject.ALREADY_IN_TRASH, 2L, Reject.NOT_FOUND, 1L));
    }

    @Test
    void isolatesAnAssetThatTheDatabaseRefuses() throws IOException {
        app.jdbc().update("UPDATE asset SET title = ? WHERE uid = ?", "x".repeat(200), assets.get(12));
        before = StackContent.of(app.jdbc());
        app.jdbc().execute("ALTER TABLE binday_trash MODIFY COLUMN label VARCHAR(100)");

        RunReport report = run(csv(assets.subList(0, 30)), true);

        assertThat(report.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(report.items().done()).isEqualTo(29);
        assertThat(report.items().rejects()).isEqualTo(Map.of(Reject.REFUSED_BY_DATABASE, 1L));
        assertThat(app.the(RunRecords.class).rejects(report.run().id(), 0, 10))
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.assetId()).isEqualTo(assets.get(12));
                    assertThat(item.rejection().orElseThrow().detail().orElse(""))
                            .contains("label");
                });
        before.assertNothingLostOrDoubled(app.jdbc());
        assertCountersEqualTables(report);
    }

    /** Alone, each of them is cause for two attempts, and there are five without progress. */
    @Test
    void isolatesMoreAssetsThanItHasAttempts() throws IOException {
        List<String> refused =
                IntStream.of(3, 20, 30, 50, 64, 77, 90).mapToObj(assets::get).toList();
        refused.forEach(id -> app.jdbc().update("UPDATE asset SET title = ? WHERE uid = ?", "x".repeat(200), id));
        before = StackContent.of(app.jdbc());
        app.jdbc().execute("ALTER TABLE binday_trash MODIFY COLUMN label VARCHAR(100)");

        RunReport report = run(csv(assets), true);

        assertThat(report.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(report.items().done()).isEqualTo(ASSETS - refused.size());
        assertThat(report.items().rejects()).isEqualTo(Map.of(Reject.REFUSED_BY_DATABASE, (long) refused.size()));
        before.assertNothingLostOrDoubled(app.jdbc());
        assertCountersEqualTables(report);
    }

    @Test
    void failsWhenTheDatabaseRefusesEverything() throws IOException {
        Path file = csv(assets.subList(0, 20));
        long run = create(file, true);
        app.jdbc().execute("ALTER TABLE binday_event RENAME TO binday_event_away");

        RunReport report = app.work(run);

        assertThat(report.run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(report.run().message().orElse("")).containsIgnoringCase("binday_event");
        assertThat(report.items().pending()).isEqualTo(20);
        before.assertUntouched(app.jdbc());

        app.jdbc().execute("ALTER TABLE binday_event_away RENAME TO binday_event");
        assertThat(app.restart(run).items().done()).isEqualTo(20);
        before.assertNothingLostOrDoubled(app.jdbc());
    }

    @Test
    void stopsBetweenTwoChunksAndGoesOnExactlyThere() throws IOException {
        StopSignal stop = new StopSignal();
        FirstRound round = new FirstRound(stop::request);
        long run = create(csv(assets.subList(0, 80)), true);

        RunReport stopped = app.runs().work(run, round, stop);

        assertThat(stopped.run().status()).isEqualTo(RunStatus.STOPPED);
        assertThat(stopped.items().done()).isEqualTo(round.done);
        assertThat(app.count("SELECT COUNT(*) FROM binday_lease WHERE owner IS NOT NULL"))
                .isZero();
        before.assertNothingLostOrDoubled(app.jdbc());

        RunReport report = app.restart(run);

        assertThat(report.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(report.run().attempts()).isEqualTo(2);
        assertThat(report.items().done()).isEqualTo(80);
        before.assertNothingLostOrDoubled(app.jdbc());
        assertCountersEqualTables(report);
    }

    @Test
    void takesAnotherColumnOfAFileThatWasCompletedBefore() throws IOException {
        Path file = Files.writeString(
                folder.resolve("two.csv"), "old,uid\n%s,%s\n".formatted(assets.get(0), assets.get(1)));

        assertThat(app.work(createOfColumn(file, "old")).items().done()).isEqualTo(1);
        assertThat(app.work(createOfColumn(file, "uid")).items().done()).isEqualTo(1);
        assertThatExceptionOfType(InputRefusedException.class)
                .isThrownBy(() -> createOfColumn(file, "old"))
                .withMessageContaining("was completed before, as run 1");
        assertThatExceptionOfType(InputRefusedException.class)
                .as("the column that is taken where none is named may be that one")
                .isThrownBy(() -> app.runs()
                        .create(
                                request("trash", new InputSpec.Csv(file.toString(), "two.csv", Optional.empty()), true),
                                false))
                .withMessageContaining("was completed before, as run 2");
        assertThat(app.the(HikariDataSource.class).getHikariPoolMXBean().getActiveConnections())
                .isZero();
    }

    private long createOfColumn(Path file, String column) {
        InputSpec spec = new InputSpec.Csv(file.toString(), "two.csv", Optional.of(column));
        return app.runs().create(request("trash", spec, true), false);
    }

    @Test
    void refusesContentThatWasCompletedBefore() throws IOException {
        Path file = csv(assets.subList(0, 2));
        long first = run(file, true).run().id();

        assertThatExceptionOfType(InputRefusedException.class)
                .isThrownBy(() -> create(file, true))
                .withMessageContaining("was completed before, as run " + first);
        long again = app.runs().create(request(file, true), true);
        assertThat(app.work(again).items().rejects()).isEqualTo(Map.of(Reject.ALREADY_IN_TRASH, 2L));
        assertThat(app.runs().create(request("restore", spec(file), true), false))
                .as("another operation")
                .isGreaterThan(again);
        assertThat(run(csv(List.of(UNKNOWN)), true).items().done()).isZero();
        assertThat(run(csv(List.of(UNKNOWN)), true).run().status())
                .as("after one that has done nothing")
                .isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void refusesAFileThatChangedBeforeItWasStaged() throws IOException {
        Path file = csv(assets.subList(0, 5));
        long run = create(file, true);
        csv(assets.subList(0, 6));

        assertFailsUntouched(run, "has changed since run " + run);
    }

    @Test
    void refusesAFileWithOtherContentUnderTheSizeAndTimeItHad() throws IOException {
        Path file = csv(assets.subList(0, 5));
        FileTime time = Files.getLastModifiedTime(file);
        long run = create(file, true);
        csv(assets.subList(5, 10));
        Files.setLastModifiedTime(file, time);

        assertFailsUntouched(run, "changed while it was read");
    }

    @Test
    void readsForEachRunTheColumnAndFileItWasCreatedFrom() throws IOException {
        Path two = Files.writeString(folder.resolve("two.csv"), "a,b\n%s,%s\n".formatted(assets.get(0), assets.get(1)));
        long first = create(new InputSpec.Csv(two.toString(), "two.csv", Optional.of("a")));
        long second = create(new InputSpec.Csv(two.toString(), "two.csv", Optional.of("b")));
        long third = create(csv(assets.subList(2, 3)), true);

        List<Long> runs = List.of(first, third, second);
        runs.forEach(app::work);

        assertThat(runs)
                .extracting(run -> app.jdbc()
                        .queryForObject("SELECT asset_id FROM binday_trash WHERE run_id = ?", String.class, run))
                .containsExactly(assets.get(0), assets.get(2), assets.get(1));
    }

    @Test
    void startsNoRunWhileAForeignKeyIsNotInTheCatalog() throws IOException {
        Path file = csv(assets.subList(0, 5));
        app.jdbc().execute("""
                CREATE TABLE asset_note (asset_uid VARCHAR(64) NOT NULL, note VARCHAR(100),
                  CONSTRAINT note_asset FOREIGN KEY (asset_uid) REFERENCES asset (uid) ON DELETE CASCADE)
                ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin""");

        assertThatExceptionOfType(CatalogRefusedException.class)
                .isThrownBy(() -> create(file, true))
                .withMessageContaining(
                        "foreign key note_asset of table asset_note (asset_uid) references asset (uid) ON DELETE CASCADE and is not in the catalog");
        assertThat(app.count("SELECT COUNT(*) FROM binday_run")).isZero();
    }

    @Test
    void startsNoRunWhileAForeignKeyUsesAnotherColumnThanTheCatalog() throws IOException {
        Path file = csv(assets.subList(0, 5));
        app.jdbc().execute("ALTER TABLE entry_asset_reference ADD COLUMN thumb_uid VARCHAR(64) NULL");
        app.jdbc()
                .execute("ALTER TABLE entry_asset_reference ADD CONSTRAINT thumb_asset FOREIGN KEY (thumb_uid)"
                        + " REFERENCES asset (uid) ON DELETE CASCADE");

        assertThatExceptionOfType(CatalogRefusedException.class)
                .isThrownBy(() -> create(file, true))
                .withMessageContaining("foreign key thumb_asset of table entry_asset_reference (thumb_uid)");
    }

    @Test
    void losesNoColumnThatIsAddedWhileItWorks() throws IOException {
        addsAColumnWhileItWorks();
    }

    @Test
    void losesNoColumnThatIsAddedToATableWithComputedOnes() throws IOException {
        app.jdbc().execute("ALTER TABLE asset ADD COLUMN next_version INT GENERATED ALWAYS AS (version + 1)");
        addsAColumnWhileItWorks();
    }

    private void addsAColumnWhileItWorks() throws IOException {
        long run = create(csv(assets.subList(0, 80)), true);
        FirstRound round =
                new FirstRound(() -> app.jdbc().execute("ALTER TABLE asset ADD COLUMN focal_point VARCHAR(20)"));

        RunReport report = app.runs().work(run, round, new StopSignal());

        assertThat(report.run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(report.run().message().orElse("")).contains("lacks column focal_point");
        assertThat(report.items().done()).isEqualTo(round.done);
        assertThat(app.count("SELECT COUNT(*) FROM asset")).isEqualTo(ASSETS - round.done);

        app.the(CatalogInstall.class).install();
        assertThat(app.restart(run).items().done()).isEqualTo(80);
    }

    @Test
    void failsWhenTheDatabaseRefusesAWholeChunk() throws IOException {
        app.jdbc().update("UPDATE asset SET title = ?", "x".repeat(200));
        before = StackContent.of(app.jdbc());
        app.jdbc().execute("ALTER TABLE binday_trash MODIFY COLUMN label VARCHAR(100)");

        RunReport report = run(csv(assets.subList(0, 30)), true);

        assertThat(report.run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(report.items().pending()).isEqualTo(30);
        before.assertUntouched(app.jdbc());
    }

    @Test
    void rejectsWhatALostProcessHasLeftOfAChunkThoughTheDatabaseRefusesAllOfIt() throws IOException {
        int whole = 2 * chunk;
        List<String> left = assets.subList(whole, whole + chunk - 1);
        app.jdbc().execute("ALTER TABLE binday_trash MODIFY COLUMN label VARCHAR(100)");
        left.forEach(id -> app.jdbc().update("UPDATE asset SET title = ? WHERE uid = ?", "x".repeat(200), id));
        String last = "blt" + "f".repeat(15);
        for (int i = 0; i < left.size(); i++) {
            rename(left.get(i), last + i);
        }
        List<String> all = new ArrayList<>(assets.subList(0, whole));
        IntStream.range(0, left.size()).forEach(i -> all.add(last + i));

        RunReport report = run(csv(all), true);

        assertThat(report.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(report.items().done()).isEqualTo(whole);
        assertThat(report.items().rejects()).isEqualTo(Map.of(Reject.REFUSED_BY_DATABASE, (long) left.size()));
    }

    @Test
    void failsThoughOthersHaveWorkedWhereItIsNoValueThatIsRefused() throws IOException {
        int some = atOnce + chunk - 1;
        long run = create(csv(assets.subList(0, some)), true);
        FirstRound round =
                new FirstRound(() -> app.jdbc().execute("ALTER TABLE binday_event RENAME TO binday_event_away"));

        RunReport report = app.runs().work(run, round, new StopSignal());

        assertThat(report.run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(report.items().done()).isEqualTo(round.done);
        assertThat(report.items().pending()).isEqualTo(some - round.done);

        app.jdbc().execute("ALTER TABLE binday_event_away RENAME TO binday_event");
        assertThat(app.restart(run).items().done()).isEqualTo(some);
    }

    /** Gives an asset another ID, one that comes after all others. */
    private void rename(String asset, String id) {
        app.jdbc().update("DELETE FROM entry_asset_reference WHERE asset_uid = ?", asset);
        app.jdbc().update("DELETE FROM asset_publication WHERE asset_uid = ?", asset);
        app.jdbc().update("UPDATE asset SET uid = ? WHERE uid = ?", id, asset);
    }

    @Test
    void startsNoRunWhileAMirrorLacksAColumn() throws IOException {
        Path file = csv(assets.subList(0, 5));
        app.jdbc().execute("ALTER TABLE asset ADD COLUMN focal_point VARCHAR(20)");

        assertThatExceptionOfType(CatalogRefusedException.class)
                .isThrownBy(() -> create(file, true))
                .withMessageContaining("lacks column focal_point")
                .withMessageContaining("binday catalog install");
        assertThat(app.the(CatalogInstall.class).install()).hasSize(1);
        app.jdbc().update("UPDATE asset SET focal_point = '3:4'");
        before = StackContent.of(app.jdbc());

        assertThat(run(file, true).items().done()).isEqualTo(5);
        assertThat(app.count("SELECT COUNT(*) FROM binday_trash_asset WHERE focal_point = '3:4'"))
                .isEqualTo(5);

        app.jdbc().execute("ALTER TABLE asset MODIFY COLUMN focal_point VARCHAR(10)");
        assertThatExceptionOfType(CatalogRefusedException.class)
                .isThrownBy(() -> app.the(CatalogInstall.class).install())
                .withMessageContaining("its values might change");
        app.jdbc().execute("ALTER TABLE asset MODIFY COLUMN focal_point VARCHAR(30)");
        assertThat(app.the(CatalogInstall.class).install()).hasSize(1);
    }

    @Test
    void letsOneProcessAtATimeWorkOnARun() throws IOException {
        long run = create(csv(assets.subList(0, 20)), true);
        LeaseStore leases = app.the(LeaseStore.class);
        assertThat(leases.take(run, "somebody", Duration.ofMinutes(1))).isPresent();

        assertThatExceptionOfType(OwnedElsewhereException.class)
                .isThrownBy(() -> app.work(run))
                .withMessageContaining("run " + run + " is owned by somebody");
        before.assertUntouched(app.jdbc());
    }

    @Test
    void saysWhatToDoInsteadOfApprovingWhatIsNoPlanAnyMore() throws IOException {
        long run = create(csv(assets.subList(0, 20)), true);
        LeaseStore leases = app.the(LeaseStore.class);
        Lease lease = leases.take(run, "another process", Duration.ofMinutes(1)).orElseThrow();

        assertThatExceptionOfType(OwnedElsewhereException.class)
                .isThrownBy(() -> app.runs().approve(run, "tester"))
                .withMessageContaining("another process");
        leases.release(lease);

        assertThatExceptionOfType(IllegalRunStateException.class)
                .isThrownBy(() -> app.runs().approve(run, "tester"))
                .withMessageContaining("binday run restart " + run);
    }

    @Test
    void takesOverFromAnOwnerThatStaysSilent() throws IOException {
        long run = create(csv(assets.subList(0, 20)), true);
        assertThat(app.the(LeaseStore.class).take(run, "a dead process", Duration.ofMillis(1_500)))
                .isPresent();
        List<LeaseState> waitedFor = new ArrayList<>();

        RunReport report = app.runs().restart(run, whileWaiting(owner -> waitedFor.add(owner)), new StopSignal());

        assertThat(waitedFor)
                .singleElement()
                .satisfies(owner -> assertThat(owner.owner()).contains("a dead process"));
        assertThat(report.run().status()).isEqualTo(RunStatus.COMPLETED);
        before.assertNothingLostOrDoubled(app.jdbc());
    }

    @Test
    void aStopThatIsAskedForWhileADeadOwnerIsWaitedForHoldsUnlessAnOperatorRestarts() throws IOException {
        long run = create(csv(assets.subList(0, 20)), true);
        assertThat(app.the(LeaseStore.class).take(run, "a dead process", Duration.ofMillis(1_500)))
                .isPresent();
        RunObserver impatient = whileWaiting(owner -> app.the(RunControls.class).stop(run, "an operator"));

        RunReport stopped = app.runs().goOn(run, impatient, new StopSignal());

        assertThat(stopped.run().status()).isEqualTo(RunStatus.STOPPED);
        assertThat(stopped.items().done()).isZero();
        assertThat(stopped.control().stopBy()).contains("an operator");
        assertThat(app.restart(run).run().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void leavesARunToItsOwnerAtTheFirstSignOfLifeHoweverLateItIsLookedAt() throws IOException {
        long run = create(csv(assets.subList(0, 20)), true);
        LeaseStore leases = app.the(LeaseStore.class);
        Lease lease = leases.take(run, "a busy process", Duration.ofSeconds(10)).orElseThrow();

        assertThatExceptionOfType(OwnedElsewhereException.class)
                .isThrownBy(() -> app.runs()
                        .restart(
                                run,
                                whileWaiting(owner -> {
                                    // Less is left now than at the first look, as long after a heartbeat.
                                    leases.renew(lease, Duration.ofSeconds(5));
                                }),
                                new StopSignal()));

        assertThat(leases.find(run).orElseThrow().owner()).contains("a busy process");
    }

    /** Left by a process that died while the clock of the database was an hour ahead. */
    @Test
    void takesALeaseThatEndsInAFarFutureOnceItsOwnerWasSilentForAsLongAsItWasGiven() throws IOException {
        long run = create(csv(assets.subList(0, 20)), true);
        app.the(LeaseStore.class).take(run, "a dead process", Duration.ofSeconds(1));
        app.jdbc().update("""
                UPDATE binday_lease SET heartbeat_at = TIMESTAMPADD(HOUR, 1, heartbeat_at),
                    expires_at = TIMESTAMPADD(HOUR, 1, expires_at)""");
        app.jdbc().update("UPDATE binday_run SET status = 'RUNNING' WHERE run_id = ?", run);

        assertThat(app.restart(run).items().done()).isEqualTo(20);
    }

    @Test
    void stopsAsWasAskedWhileItWaitedForTheOwnerThatWasGone() throws IOException {
        long run = create(csv(assets.subList(0, 20)), true);
        app.the(LeaseStore.class).take(run, "a dead process", Duration.ofSeconds(2));
        app.jdbc().update("UPDATE binday_run SET status = 'RUNNING' WHERE run_id = ?", run);
        app.the(ControlStore.class).pause(run, "somebody before");

        RunReport report = app.runs()
                .restart(run, whileWaiting(owner -> app.the(RunControls.class).stop(run, "anna")), new StopSignal());

        assertThat(report.run().status()).isEqualTo(RunStatus.STOPPED);
        assertThat(report.control().stopBy()).contains("anna");
        assertThat(report.control().pausedBy()).isEmpty();
        before.assertUntouched(app.jdbc());
    }

    @Test
    void changesNothingOnceAnotherProcessHasTakenTheRunOver() throws IOException {
        changesNothingOnceTakenOver("a faster process", run -> take(run, "a faster process"));
    }

    /** As by another thread of a daemon, or in a container that was started again: the same host, the same process ID. */
    @Test
    void changesNothingOnceAProcessOfTheSameNameHasTakenTheRunOver() throws IOException {
        String name = app.the(ProcessName.class).value();

        changesNothingOnceTakenOver(name, run -> take(run, name));
    }

    /** As where a failover has lost the commit by which this one took the run. */
    @Test
    void changesNothingOnceAnotherProcessHasTheSameToken() throws IOException {
        changesNothingOnceTakenOver("another process", run -> {
            app.jdbc().update("UPDATE binday_lease SET owner = 'another process' WHERE run_id = ?", run);
            long token = app.count("SELECT token FROM binday_lease");
            Lease own = new Lease(run, app.the(ProcessName.class).value(), token);
            assertThat(app.the(LeaseStore.class).renew(own, Duration.ofMinutes(1)))
                    .isFalse();
            app.the(LeaseStore.class).release(own);
            assertThat(app.count(
                            "SELECT COUNT(*) FROM binday_lease WHERE owner = 'another process' AND token = " + token))
                    .isEqualTo(1);
        });
    }

    /** As above, and another thread of this process is the next one. */
    @Test
    void changesNothingOnceAnotherThreadHasTakenTheRunThatADatabaseHadForgotten() throws IOException {
        String name = app.the(ProcessName.class).value();

        changesNothingOnceTakenOver(name, run -> {
            app.jdbc().update("UPDATE binday_lease SET owner = NULL, token = 0 WHERE run_id = ?", run);
            take(run, name);
        });
    }

    @Test
    void closesNoExecutionThatIsOfAnotherTimeThanItsOwn() throws IOException {
        Run run = app.runs().report(create(csv(assets.subList(0, 20)), true)).run();
        Executions executions = app.the(Executions.class);
        JobExecution own = executions.begin(run, List.of());
        app.jdbc().update("UPDATE BATCH_JOB_EXECUTION SET CREATE_TIME = TIMESTAMPADD(MINUTE, 1, CREATE_TIME)");

        executions.closeOwn(run, own);
        assertThat(executions.history(run)).extracting(AttemptReport::status).containsExactly("STARTING");

        app.jdbc().update("UPDATE BATCH_JOB_EXECUTION SET CREATE_TIME = TIMESTAMPADD(MINUTE, -1, CREATE_TIME)");
        executions.closeOwn(run, own);
        assertThat(executions.history(run)).extracting(AttemptReport::status).containsExactly("FAILED");
    }

    private void take(long run, String owner) {
        app.jdbc().update("UPDATE binday_lease SET expires_at = NOW(6) WHERE run_id = ?", run);
        assertThat(app.the(LeaseStore.class).take(run, owner, Duration.ofMinutes(1)))
                .isPresent();
    }

    @Test
    void recordsNoEndOnceAnotherProcessHasTakenTheRunOver() throws IOException {
        long run = create(csv(assets.subList(0, 20)), true);
        StopSignal stop = new StopSignal();
        app.jdbc().execute("ALTER TABLE binday_event RENAME TO binday_event_away");

        assertThatExceptionOfType(OwnedElsewhereException.class)
                .isThrownBy(() -> app.runs()
                        .work(
                                run,
                                new RunObserver() {
                                    @Override
                                    public void retrying(String failure, Duration wait) {
                                        take(run, "a faster process");
                                        stop.request();
                                    }
                                },
                                stop))
                .withMessageContaining("a faster process");

        app.jdbc().execute("ALTER TABLE binday_event_away RENAME TO binday_event");
        assertThat(app.runs().report(run).run().status()).isEqualTo(RunStatus.RUNNING);
    }

    private void changesNothingOnceTakenOver(String owner, LongConsumer takeOver) throws IOException {
        long run = create(csv(assets.subList(0, 80)), true);
        FirstRound round = new FirstRound(() -> takeOver.accept(run));

        assertThatExceptionOfType(OwnedElsewhereException.class)
                .isThrownBy(() -> app.runs().work(run, round, new StopSignal()))
                .withMessageContaining("was taken over by " + owner)
                .withMessageContaining("what was committed before stays")
                .withMessageContaining("binday run show " + run);

        assertThat(app.runs().report(run).items().done()).isEqualTo(round.done);
        before.assertNothingLostOrDoubled(app.jdbc());
    }

    @Test
    void stagesNothingMoreOnceAnotherProcessHasTakenTheRunOver() throws IOException {
        long run = create(csv(assets.subList(0, 80)), true);
        RunObserver frozen = new RunObserver() {
            @Override
            public void staged(long items) {
                CompletableFuture.runAsync(() -> {
                            app.jdbc().update("UPDATE binday_lease SET expires_at = NOW(6) WHERE run_id = ?", run);
                            assertThat(app.the(LeaseStore.class).take(run, "a faster process", Duration.ofMinutes(1)))
                                    .isPresent();
                        })
                        .join();
            }
        };

        assertThatExceptionOfType(OwnedElsewhereException.class)
                .isThrownBy(() -> app.runs().work(run, frozen, new StopSignal()))
                .withMessageContaining("a faster process");

        assertThat(app.count("SELECT COUNT(*) FROM binday_run WHERE staged_at IS NOT NULL"))
                .isZero();
        assertThat(app.count("SELECT COUNT(*) FROM binday_tally")).isZero();
        before.assertNothingLostOrDoubled(app.jdbc());
    }

    @Test
    void readsASavedQuery() {
        InputSpec.Query query = new InputSpec.Query("unused", """
                SELECT a.uid FROM asset a
                WHERE NOT EXISTS (SELECT 1 FROM entry_asset_reference r WHERE r.asset_uid = a.uid)
                  AND a.created_at < TIMESTAMPADD(DAY, -:days, NOW())
                ORDER BY a.uid""", Map.of("days", 1L), 60, 1_000);
        long unused = app.count(
                "SELECT COUNT(*) FROM asset a WHERE NOT EXISTS (SELECT 1 FROM entry_asset_reference r WHERE r.asset_uid = a.uid)");
        long run = app.runs()
                .create(
                        new RunRequest(
                                OperationName.TRASH,
                                "unused",
                                "a test",
                                "tester",
                                app.inputs().open(query),
                                100,
                                true),
                        false);

        RunReport report = app.work(run);

        assertThat(report.items().done()).isEqualTo(unused).isPositive();
        assertThat(report.references(Fate.DETACHED).get("entry_asset_reference"))
                .isZero();
        before.assertNothingLostOrDoubled(app.jdbc());
    }

    @Test
    void refusesQueriesThatAreNoQuery() {
        assertThatExceptionOfType(InputRefusedException.class)
                .isThrownBy(() -> query("SELECT uid, title FROM asset", 10))
                .withMessageContaining("must return one column, the asset ID, but returns 2");
        assertThatExceptionOfType(InputRefusedException.class)
                .isThrownBy(() -> query("DELETE FROM asset", 10))
                .withMessageContaining("must start with SELECT or WITH");
        assertThatExceptionOfType(InputRefusedException.class)
                .isThrownBy(() -> query("SELECT uid FROM no_such_table", 10))
                .withMessageContaining("cannot be run");
        before.assertUntouched(app.jdbc());
    }

    @Test
    void refusesAQueryWithMoreRowsThanAllowed() {
        long run = app.runs()
                .create(
                        new RunRequest(
                                OperationName.TRASH,
                                "all",
                                "a test",
                                "tester",
                                query("SELECT uid FROM asset", 10),
                                100,
                                true),
                        false);

        assertFailsUntouched(run, "more than its max-rows of 10");
    }

    @Test
    void takesNoNumberThatTheJobRepositoryKnowsFromANewerBackup() throws IOException {
        RunReport lost = run(csv(assets.subList(0, 20)), true);
        app.jdbc().update("DELETE FROM binday_run");
        beginAnewWithTheNumbersOfRuns();

        RunReport next = run(csv(assets.subList(20, 30)), true);

        assertThat(next.run().id()).isGreaterThan(lost.run().id());
        assertThat(next.items().done()).isEqualTo(10);
        assertThat(app.count("SELECT COUNT(*) FROM binday_trash WHERE run_id = "
                        + next.run().id()))
                .isEqualTo(10);
    }

    @Test
    void callsNothingDoneThatAnotherRunOfItsNumberHasDone() throws IOException {
        RunReport other = run(csv(assets.subList(0, 20)), true);
        long run = other.run().id();
        app.jdbc().update("DELETE FROM binday_work_item");
        app.jdbc().update("DELETE FROM binday_tally");
        app.jdbc()
                .update("UPDATE binday_run SET status = 'RUNNING', staged_at = NULL, finished_at = NULL, attempts = 0,"
                        + " plan = NULL");

        RunReport report = app.work(run);

        assertThat(report.run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(report.run().message().orElseThrow())
                .contains("not of the same backup", "binday run abandon " + run);
    }

    @Test
    void callsNothingDoneWhoseItemsArePendingWhateverTheJobRepositorySays() throws IOException {
        long run = run(csv(assets.subList(0, 20)), true).run().id();
        app.jdbc().update("UPDATE binday_work_item SET state = 'PENDING ' WHERE seq > 15");
        app.jdbc().update("UPDATE binday_run SET status = 'RUNNING', finished_at = NULL");

        RunReport report = app.work(run);

        assertThat(report.run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(report.run().message().orElseThrow())
                .contains("not of the same backup", "binday run abandon " + run);
    }

    private void beginAnewWithTheNumbersOfRuns() {
        boolean h2 = app.the(Dialect.class) == Dialect.H2;
        app.jdbc()
                .execute(
                        "ALTER TABLE binday_run " + (h2 ? "ALTER COLUMN run_id RESTART WITH 1" : "AUTO_INCREMENT = 1"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7})
    void carriesOutNothingOfAPlanWhoseItemsAreLost(int left) throws IOException {
        long plan = create(csv(assets.subList(0, 20)), false);
        app.work(plan);
        long last = app.count("SELECT MIN(seq) FROM binday_work_item") + left - 1;
        app.jdbc().update("DELETE FROM binday_work_item WHERE seq > ?", last);
        app.runs().approve(plan, "tester");

        RunReport report = app.work(plan);

        assertThat(report.run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(report.run().message().orElseThrow())
                .contains("20 items were staged, but there are " + left, "not of the same backup");
        assertThat(app.count("SELECT COUNT(*) FROM binday_trash")).isZero();
    }

    @Test
    void keepsItsJobRepositoryInTheDatabaseWithReadableContexts() throws IOException {
        RunReport report = run(csv(assets.subList(0, 20)), true);

        assertCountersEqualTables(report);
        assertThat(app.jdbc().queryForList("SELECT DISTINCT STATUS FROM BATCH_STEP_EXECUTION", String.class))
                .containsExactly("COMPLETED");
        assertThat(app.jdbc().queryForList("SELECT SHORT_CONTEXT FROM BATCH_STEP_EXECUTION_CONTEXT", String.class))
                .allSatisfy(context -> assertThat(context).startsWith("{"));
        assertThat(app.jdbc().queryForList("SELECT PARAMETER_NAME FROM BATCH_JOB_EXECUTION_PARAMS", String.class))
                .containsOnly("runId");
    }

    private static RunObserver whileWaiting(Consumer<LeaseState> action) {
        return new RunObserver() {
            @Override
            public void waitingForOwner(LeaseState owner) {
                action.accept(owner);
            }
        };
    }

    private AssetIdInput query(String sql, long maxRows) {
        return app.inputs().open(new InputSpec.Query("all", sql, Map.of(), 60, maxRows));
    }

    void assertCountersEqualTables(RunReport report) {
        assertThat(app.count("SELECT SUM(WRITE_COUNT) FROM BATCH_STEP_EXECUTION WHERE STEP_NAME = 'apply'"))
                .isEqualTo(report.items().done());
        assertThat(app.count(
                        "SELECT COUNT(*) FROM binday_trash WHERE run_id = ?",
                        report.run().id()))
                .isEqualTo(report.items().done());
    }

    private long references(String table, List<String> ids) {
        return app.jdbc().queryForList("SELECT asset_uid FROM " + table, String.class).stream()
                .filter(Set.copyOf(ids)::contains)
                .count();
    }

    private void deleteForGood(String asset) {
        app.jdbc().update("DELETE FROM entry_asset_reference WHERE asset_uid = ?", asset);
        app.jdbc().update("DELETE FROM asset_publication WHERE asset_uid = ?", asset);
        app.jdbc().update("DELETE FROM asset WHERE uid = ?", asset);
    }

    private RunRequest request(Path file, boolean approved) {
        return request("trash", spec(file), approved);
    }

    private void assertFailsUntouched(long run, String why) {
        RunReport report = app.work(run);

        assertThat(report.run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(report.run().message().orElse("")).contains(why);
        before.assertUntouched(app.jdbc());
    }

    private long create(InputSpec spec) {
        return app.runs().create(request("trash", spec, true), true);
    }

    final long create(Path file, boolean approved) {
        return app.runs().create(request(file, approved), false);
    }

    private RunReport run(Path file, boolean approved) {
        return app.work(create(file, approved));
    }
}
