package io.binday.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.input.InputSpec;
import io.binday.testing.TestApplication;
import io.binday.trash.Holds;
import io.binday.trash.Retention;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Each check of the audit is shown damage, and must find it. A database that has seen every operation is damaged within a
 * transaction that is rolled back.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AuditContract {

    private final TestApplication app;
    private List<String> assets = List.of();

    AuditContract() {
        app = TestApplication.on(freshDatabase()).withSample(60);
    }

    /** A fresh, empty database. */
    abstract String freshDatabase();

    /** Switches foreign keys off or on. */
    abstract String foreignKeys(boolean on);

    /** Runs 1 to 4: a trash, a restore, a purge, a plan. Then 0 and 1 are restored, 2 and 3 purged, 4 to 9 in the trash. */
    @BeforeAll
    void useEverything() {
        assets = app.jdbc().queryForList("SELECT uid FROM asset ORDER BY title", String.class);
        app.run("trash", new InputSpec.Ids(assets.subList(0, 10)), true);
        app.run("restore", new InputSpec.Ids(assets.subList(0, 2)), true);
        for (String aged : List.of(
                "UPDATE binday_trash SET trashed_at = TIMESTAMPADD(DAY, -15, trashed_at) WHERE asset_id IN (?, ?)",
                "UPDATE binday_event SET at = TIMESTAMPADD(DAY, -15, at) WHERE asset_id IN (?, ?)")) {
            app.jdbc().update(aged, assets.get(2), assets.get(3));
        }
        app.run("purge", new InputSpec.Expired(app.the(Retention.class).cutoff(Optional.empty())), true);
        app.run("trash", new InputSpec.Ids(assets.subList(12, 15)), false);
        app.the(Holds.class).hold(assets.subList(9, 10), new Holds.Note("evidence", "anna", Optional.empty()));
    }

    @AfterAll
    void close() {
        app.close();
    }

    @Test
    void findsNothingWhereNothingIsWrong() {
        AuditReport report = app.the(Audit.class).report(true);

        assertThat(report.findings()).isEmpty();
        assertThat(report.skipped()).isEmpty();
        assertThat(report.checks()).hasSizeGreaterThan(25).doesNotHaveDuplicates();
    }

    @TestFactory
    Stream<DynamicTest> findsWhatIsWrong() {
        return Stream.of(
                damage(
                        "RUN_ORPHANED",
                        "run 1 (trash) is RUNNING, but its process was last heard of at ",
                        "UPDATE binday_run SET status = 'RUNNING', finished_at = NULL WHERE run_id = 1",
                        "UPDATE binday_lease SET heartbeat_at = TIMESTAMPADD(MINUTE, -5, NOW(6)), owner = 'gone',"
                                + " expires_at = TIMESTAMPADD(MINUTE, -4, NOW(6)) WHERE run_id = 1"),
                damage(
                        "EXECUTION_UNKNOWN",
                        "nobody knows how execution 1 of run 1 (COMPLETED) ended",
                        "UPDATE BATCH_JOB_EXECUTION SET STATUS = 'UNKNOWN' WHERE JOB_EXECUTION_ID = 1"),
                damage(
                        "EXECUTION_OPEN",
                        "execution 1 is STARTED in the job repository, but run 1 is COMPLETED",
                        "UPDATE BATCH_JOB_EXECUTION SET STATUS = 'STARTED' WHERE JOB_EXECUTION_ID = 1"),
                damage(
                        "EXECUTION_OPEN",
                        "but run 999 is unknown here",
                        "UPDATE BATCH_JOB_EXECUTION_PARAMS SET PARAMETER_VALUE = '999' WHERE JOB_EXECUTION_ID = 1",
                        "UPDATE BATCH_JOB_EXECUTION SET STATUS = 'STARTED' WHERE JOB_EXECUTION_ID = 1"),
                damage(
                        "RUN_FAILED",
                        "run 2 (restore) is FAILED since",
                        "UPDATE binday_run SET status = 'FAILED', message = 'no luck',"
                                + " finished_at = TIMESTAMPADD(HOUR, -1, NOW(6)) WHERE run_id = 2"),
                damage(
                        "NIGHT_MISSED",
                        "nightly was due at 2001-09-09",
                        owed(Instant.ofEpochMilli(1_000_000_000_123L), "binday-asked")),
                damage(
                        "RUN_STOPPED",
                        "run 2 (restore) is STOPPED since",
                        "UPDATE binday_run SET status = 'STOPPED', finished_at = TIMESTAMPADD(HOUR, -1, NOW(6))"
                                + " WHERE run_id = 2"),
                damage(
                        "PLAN_WAITING",
                        "run 4 (trash) is a plan since",
                        "UPDATE binday_run SET requested_at = TIMESTAMPADD(DAY, -2, NOW(6)) WHERE run_id = 4"),
                damage(
                        "PLAN_WAITING",
                        "held back by a valve",
                        "UPDATE binday_run SET message = 'held back by a valve' WHERE run_id = 4"),
                damage(
                        "ITEMS_PENDING",
                        "run 1 is COMPLETED, but 2 of its items are PENDING",
                        "UPDATE binday_work_item SET state = 'PENDING' WHERE run_id = 1 AND seq <= 2"),
                damage(
                        "RUN_FAILED",
                        "run 1 (trash) is FAILED since",
                        csv(1, "FAILED", "TIMESTAMPADD(HOUR, -1, NOW(6))", "a"),
                        csv(4, "COMPLETED", "NOW(6)", "b")),
                damage(
                        "RUN_FAILED",
                        "run 1 (trash) is FAILED since",
                        expired(1, "FAILED", "TIMESTAMPADD(HOUR, -1, NOW(6))", "trashed until 2099-01-02T00:00:00Z"),
                        expired(4, "COMPLETED", "NOW(6)", "trashed until 2099-01-01T00:00:00Z")),
                damage(
                        "ITEMS_DIFFER",
                        "run 4 (AWAITING_APPROVAL) has staged 3 items, but there are 2, so it cannot go on",
                        "DELETE FROM binday_work_item WHERE run_id = 4 AND seq = 2"),
                damage("HOLD_WITHOUT_ASSET", "1 holds keep nothing", """
                        UPDATE binday_hold SET asset_id = '%s' WHERE asset_id = '%s'""".formatted(assets.get(20), assets.get(9))),
                damage(
                        "COUNTERS_DIFFER",
                        "10 items done, 10 tallied, 10 events, 11 written by the job repository, 10 in",
                        "UPDATE BATCH_STEP_EXECUTION SET WRITE_COUNT = 11 WHERE STEP_NAME = 'apply' AND JOB_EXECUTION_ID = 1"),
                damage(
                        "COUNTERS_DIFFER",
                        "10 items done, 9 tallied,",
                        "UPDATE binday_tally SET amount = 9 WHERE run_id = 1 AND name = 'assets'"),
                damage(
                        "COUNTERS_DIFFER",
                        "2 items done, 2 tallied, 1 events,",
                        "DELETE FROM binday_event WHERE run_id = 2 AND asset_id = '%s'".formatted(assets.get(0))),
                damage(
                        "COUNTERS_DIFFER",
                        "2 items done, 2 tallied, 2 events, 2 written by the job repository, 1 in the ledger",
                        "DELETE FROM binday_purged WHERE asset_id = '%s'".formatted(assets.get(2))),
                damage("NIGHT_MISSED", "nightly was due at 2001-09-09", trigger("1000000000000", "-1")),
                damage("NIGHT_WITHOUT_RUN", "nightly was begun at 2001-09-09", trigger("-1", "1000000000000")),
                damage(
                        "TRASH_OVERDUE",
                        "5 assets are in the trash for more than a day longer than the 14d that they are kept for",
                        "UPDATE binday_trash SET trashed_at = TIMESTAMPADD(DAY, -16, NOW(6))",
                        "UPDATE binday_event SET at = TIMESTAMPADD(DAY, -16, NOW(6)) WHERE event = 'TRASHED'"),
                damage(
                        "TRASH_QUARANTINED",
                        "1 assets were trashed at no time or in the future",
                        "UPDATE binday_trash SET trashed_at = TIMESTAMPADD(DAY, 1, NOW(6)) WHERE asset_id = '%s'"
                                .formatted(assets.get(4))),
                damage("FILES_FAILING", "for example 'a/b.jpg' after 3 attempts: denied", """
                        INSERT INTO binday_binary_deletion
                            (run_id, asset_id, binary_key, state, attempts, next_attempt_at, error)
                        VALUES (3, 'x', 'a/b.jpg', 'PENDING', 3, NOW(6), 'denied')"""),
                damage("HOLD_EXPIRED", "the holds of 1 assets are over", """
                        INSERT INTO binday_hold (asset_id, reason, held_by, held_at, held_until)
                        VALUES ('%s', 'x', 'x', '2026-01-01', '2026-01-02')""".formatted(assets.get(5))),
                damage(
                        "ASSET_IN_TWO_PLACES",
                        "1 assets are live and in the trash, for example " + assets.get(5),
                        "UPDATE asset SET uid = '%s' WHERE uid = '%s'".formatted(assets.get(5), unused())),
                damage(
                        "MIRROR_ROW_MISSING",
                        "1 assets in the trash have no snapshot in ",
                        "DELETE FROM binday_trash_asset WHERE uid = '%s'".formatted(assets.get(5))),
                damage(
                        "SNAPSHOT_DIFFERS",
                        "2 assets have another size in the trash list than in ",
                        "UPDATE binday_trash_asset SET uid = 'x' WHERE uid = '%s'".formatted(assets.get(4)),
                        "UPDATE binday_trash_asset SET uid = '%s' WHERE uid = '%s'"
                                .formatted(assets.get(4), assets.get(5)),
                        "UPDATE binday_trash_asset SET uid = '%s' WHERE uid = 'x'".formatted(assets.get(5))),
                damage(
                        "SNAPSHOT_DIFFERS",
                        "1 assets have another file in the trash list than in ",
                        "UPDATE binday_trash SET binary_key = 'a/other.jpg' WHERE asset_id = '%s'"
                                .formatted(assets.get(5))),
                damage("SNAPSHOT_LOST", "snapshots, but there are 0", "DELETE FROM binday_trash_entry_asset_reference"),
                damage(
                        "RUN_MISSING",
                        "run 99 is not in the list of runs, but in the leases",
                        "INSERT INTO binday_lease (run_id, token, heartbeat_at, expires_at) VALUES (99, 0, NOW(6), NOW(6))"),
                damage("LEASE_MISSING", "run 1 (COMPLETED) has no lease", "DELETE FROM binday_lease WHERE run_id = 1"),
                damage(
                        "MIRROR_ROW_ORPHANED",
                        "belong to no asset in the trash, for example to " + assets.get(5),
                        "DELETE FROM binday_trash WHERE asset_id = '%s'".formatted(assets.get(5))),
                damage(
                        "ASSET_LOST",
                        "1 trashed assets are neither in the trash, nor restored, nor in the ledger",
                        "DELETE FROM binday_trash WHERE asset_id = '%s'".formatted(assets.get(5))),
                damage(
                        "ASSET_LOST",
                        "1 trashed assets are neither in the trash, nor restored, nor in the ledger, for example "
                                + assets.get(5) + ", trashed by run 2",
                        "DELETE FROM binday_trash WHERE asset_id = '%s'".formatted(assets.get(5)),
                        "INSERT INTO binday_event (run_id, asset_id, event, at) VALUES (2, '%s', 'TRASHED', NOW(6))"
                                .formatted(assets.get(5))),
                damage(
                        "PURGED_EARLY",
                        "2 assets were purged before today's retention was over",
                        "UPDATE binday_purged SET trashed_at = TIMESTAMPADD(DAY, -13, purged_at)"),
                damage("PURGED_ON_HOLD", "1 assets were purged while on hold", """
                        INSERT INTO binday_hold (asset_id, reason, held_by, held_at)
                        SELECT asset_id, 'x', 'x', TIMESTAMPADD(HOUR, -1, purged_at) FROM binday_purged
                        WHERE asset_id = '%s'""".formatted(assets.get(2))),
                damage(
                        "EVENT_MISSING",
                        "1 changes of assets have no event, for example TRASHED of " + assets.get(5),
                        "DELETE FROM binday_event WHERE asset_id = '%s'".formatted(assets.get(5))),
                damage(
                        "DONE_WITHOUT_EVENT",
                        "1 assets are done by the items of a run, but have no event of it, for example "
                                + assets.get(0),
                        "UPDATE binday_event SET asset_id = 'x' WHERE run_id = 2 AND asset_id = '%s'"
                                .formatted(assets.get(0))),
                damage(
                        "EVENT_WITHOUT_RUN",
                        "1 events belong to no run",
                        "INSERT INTO binday_event (run_id, asset_id, event, at) VALUES (99, 'x', 'TRASHED', NOW(6))"),
                damage(
                        "RESTORED_BUT_IN_TRASH",
                        "1 assets were restored and are in the trash all the same, for example " + assets.get(5),
                        "INSERT INTO binday_event (run_id, asset_id, event, at) VALUES (2, '%s', 'RESTORED', NOW(6))"
                                .formatted(assets.get(5))),
                damage(
                        "COUNTERS_DIFFER",
                        "0 rejected, 3 rejects tallied",
                        "UPDATE binday_tally SET amount = 3 WHERE run_id = 1 AND name = 'rejected'"),
                damage(
                        "COUNTERS_DIFFER",
                        "run 1 is ABANDONED, but its counters differ: 10 items done, 12 tallied, 10 events, - written",
                        "UPDATE binday_run SET status = 'ABANDONED' WHERE run_id = 1",
                        "UPDATE binday_tally SET amount = 12 WHERE run_id = 1 AND name = 'assets'"),
                damage(
                        "COUNTERS_DIFFER",
                        "run 3 is COMPLETED, but its counters differ: - items done, 2 tallied, 2 events, - written by the"
                                + " job repository, 1 in the ledger or events; - rejected",
                        "INSERT INTO binday_tidied (run_id, tidied_at) VALUES (3, NOW(6))",
                        "DELETE FROM binday_purged WHERE asset_id = '%s'".formatted(assets.get(2))),
                damage(
                        "RUN_BROKEN",
                        "run 1 is BOGUS: no state that a run can have",
                        "UPDATE binday_run SET status = 'BOGUS' WHERE run_id = 1"),
                damage(
                        "RUN_BROKEN",
                        "run 1 is COMPLETED: ended, but at no time",
                        "UPDATE binday_run SET finished_at = NULL WHERE run_id = 1"),
                damage(
                        "RUN_BROKEN",
                        "run 4 is AWAITING_APPROVAL: noted by housekeeping",
                        "INSERT INTO binday_tidied (run_id, tidied_at) VALUES (4, NOW(6))"),
                damage(
                        "RUN_MISSING",
                        "run 98 is not in the list of runs, but in the work items",
                        "INSERT INTO binday_work_item (run_id, seq, asset_id, state) VALUES (98, 1, 'x', 'DONE')"),
                damage(
                        "TRASHED_AT_DIFFERS",
                        "1 assets are listed with another time than that of their event",
                        "UPDATE binday_trash SET trashed_at = TIMESTAMPADD(DAY, -15, trashed_at) WHERE asset_id = '%s'"
                                .formatted(assets.get(5))),
                damage(
                        "TRASHED_AT_DIFFERS",
                        "2 assets are listed with another time than that of their event",
                        "UPDATE binday_purged SET trashed_at = TIMESTAMPADD(DAY, -1, trashed_at)"),
                damage("PURGED_BUT_BACK", "1 assets are in the trash again", """
                        INSERT INTO binday_trash (asset_id, trashed_at, trashed_by, run_id)
                        SELECT asset_id, NOW(6), 'x', trash_run_id FROM binday_purged WHERE asset_id = '%s'""".formatted(assets.get(2))),
                damage(
                        "PURGED_BUT_BACK",
                        "for example " + assets.get(3) + " by run 3",
                        "INSERT INTO binday_event (run_id, asset_id, event, at) VALUES (2, '%s', 'RESTORED', NOW(6))"
                                .formatted(assets.get(3))),
                damage(
                        "FILES_DIFFER",
                        "run 3 has purged 2 assets with a file, but 1 files are noted for deletion",
                        "DELETE FROM binday_binary_deletion WHERE asset_id = '%s'".formatted(assets.get(3))),
                damage(
                        "FILES_DIFFER",
                        "but 0 files are noted for deletion",
                        "UPDATE binday_binary_deletion SET state = 'BOGUS'"),
                damage(
                        "NOTES_DIFFER",
                        "references (slot_taken.asset_publication), but 0 are noted",
                        "INSERT INTO binday_tally (run_id, name, worker, amount) VALUES (2, 'slot_taken.asset_publication', 9, 1)"),
                damage(
                        "NOTES_DIFFER",
                        "has not put back 0 references (slot_taken.x), but 1 are noted",
                        "INSERT INTO binday_unattached (run_id, asset_id, table_name, fate, place)"
                                + " VALUES (2, 'x', 'x', 'SLOT_TAKEN', 'x')"),
                damage("LEDGER_MISSING", "2 purged assets are not in the ledger", "DELETE FROM binday_purged"),
                damage(
                        "RESTORED_BUT_NEVER_TRASHED",
                        "1 assets were restored without having been trashed",
                        "INSERT INTO binday_event (run_id, asset_id, event, at) VALUES (2, 'x', 'RESTORED', NOW(6))"),
                damage("DONE_TWICE", "run 1 has done " + assets.get(5) + " 2 times", """
                        INSERT INTO binday_work_item (run_id, seq, asset_id, state)
                        VALUES (1, 999, '%s', 'DONE')""".formatted(assets.get(5))),
                damage(
                        "PLAN_TOUCHED",
                        "run 4 is a plan, but has changed 1 assets",
                        "INSERT INTO binday_event (run_id, asset_id, event, at) VALUES (4, 'x', 'TRASHED', NOW(6))"));
    }

    @Test
    void takesTheRemedyOfAHoldThatIsOver() {
        app.jdbc().update("""
                INSERT INTO binday_hold (asset_id, reason, held_by, held_at, held_until)
                VALUES (?, 'x', 'x', '2026-01-01', '2026-01-02')""", assets.get(6));
        assertThat(app.the(Audit.class).report(false).findings())
                .extracting(AuditFinding::code)
                .containsExactly("HOLD_EXPIRED");

        Holds.Result released =
                app.the(Holds.class).release(assets.subList(6, 7), new Holds.Note("over", "anna", Optional.empty()));

        assertThat(released.changed()).isEqualTo(1);
        findsNothingWhereNothingIsWrong();
    }

    @Test
    void findsReferencesToWhatIsGone() {
        new TransactionTemplate(app.the(PlatformTransactionManager.class)).executeWithoutResult(status -> {
            app.jdbc().execute(foreignKeys(false));
            app.jdbc().update("UPDATE entry_asset_reference SET asset_uid = ? WHERE position = 0", assets.get(2));
            app.jdbc().execute(foreignKeys(true));
        });

        assertThat(app.the(Audit.class).report(false).findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo("REFERENCE_DANGLING");
                    assertThat(finding.text()).contains("entry_asset_reference", "for example " + assets.get(2));
                });
        app.jdbc().update("DELETE FROM entry_asset_reference WHERE asset_uid = ?", assets.get(2));
        findsNothingWhereNothingIsWrong();
    }

    @Test
    void findsThatTheCatalogHasDrifted() {
        app.jdbc().execute("ALTER TABLE asset ADD COLUMN extra INT");

        AuditReport report = app.the(Audit.class).report(true);
        app.jdbc().execute("ALTER TABLE asset DROP COLUMN extra");
        AuditReport clean = app.the(Audit.class).report(true);

        assertThat(report.findings()).extracting(AuditFinding::code).containsExactly("CATALOG_DRIFT");
        assertThat(report.skipped()).contains("MIRROR_ROW_MISSING", "SNAPSHOT_LOST");
        assertThat(report.checks()).doesNotContainAnyElementsOf(report.skipped());
        assertThat(Stream.of(report.checks(), report.skipped()).flatMap(List::stream))
                .as("each check is done or said to be skipped")
                .containsExactlyInAnyOrderElementsOf(clean.checks());
        findsNothingWhereNothingIsWrong();
    }

    @Test
    void tellsTheStoryOfAnAsset() {
        AssetHistory history = app.the(AssetHistory.class);

        assertThat(history.of("blt00000000000000ff")).isEmpty();
        AssetHistory.Story purged = history.of(assets.get(2)).orElseThrow();
        assertThat(purged.now()).startsWith("purged, gone for good since ");
        assertThat(purged.entries()).extracting(HistoryEntry::what).contains("TRASHED", "PURGED");
        AssetHistory.Story restored = history.of(assets.get(0)).orElseThrow();
        assertThat(restored.now()).isEqualTo("live");
        assertThat(restored.entries()).extracting(HistoryEntry::what).startsWith("TRASHED", "RESTORED");
        AssetHistory.Story held = history.of(assets.get(9)).orElseThrow();
        assertThat(held.now()).contains("in the trash", "run 1; on hold");
        assertThat(held.entries()).anySatisfy(entry -> {
            assertThat(entry.what()).isEqualTo("HELD");
            assertThat(entry.who()).isEqualTo("anna");
            assertThat(entry.why()).contains("evidence");
        });
    }

    @Test
    void tellsOfALiveAssetThatItWasPurged() {
        app.jdbc()
                .update(
                        "INSERT INTO asset (uid, title, file_name, content_type, file_size, file_key, version, created_at,"
                                + " created_by, updated_at, updated_by) SELECT ?, title, file_name, content_type, file_size,"
                                + " file_key, version, created_at, created_by, updated_at, updated_by FROM asset WHERE uid = ?",
                        assets.get(2),
                        assets.get(0));

        String now = app.the(AssetHistory.class).of(assets.get(2)).orElseThrow().now();
        app.jdbc().update("DELETE FROM asset WHERE uid = ?", assets.get(2));

        assertThat(now).isEqualTo("live; it was purged before: see below what became of its file then");
    }

    @Test
    void tellsAReasonWithoutADetailInAWord() {
        assertThat(entriesWithARejectAndAFile("MISSING", "NOW(6)"))
                .extracting(HistoryEntry::detail)
                .contains(Optional.of("trash: NOT_FOUND"), Optional.of("a.jpg MISSING"));
    }

    @Test
    void datesARejectByItsRunAndAFileByItsPurge() {
        Instant before = Instant.now().minusSeconds(86_400);
        LocalDateTime staged =
                app.jdbc().queryForObject("SELECT staged_at FROM binday_run WHERE run_id = 1", LocalDateTime.class);

        List<HistoryEntry> entries = entriesWithARejectAndAFile("PENDING", "TIMESTAMPADD(HOUR, 1, NOW(6))");

        assertThat(entries)
                .filteredOn(entry -> "REJECTED".equals(entry.what()))
                .singleElement()
                .satisfies(entry -> assertThat(entry.at())
                        .isEqualTo(Objects.requireNonNull(staged).toInstant(ZoneOffset.UTC)));
        assertThat(entries)
                .filteredOn(entry -> "FILE".equals(entry.what()))
                .singleElement()
                .satisfies(entry -> assertThat(entry.at()).isBetween(before, Instant.now()));
    }

    /** The story of an asset that run 1 has rejected, and whose file is in this state. */
    private List<HistoryEntry> entriesWithARejectAndAFile(String state, String nextAttempt) {
        app.jdbc()
                .update(
                        "INSERT INTO binday_work_item (run_id, seq, asset_id, state, reason) VALUES (1, 998, ?, 'REJECTED', 'NOT_FOUND')",
                        assets.get(9));
        app.jdbc()
                .update(
                        "INSERT INTO binday_binary_deletion (run_id, asset_id, binary_key, state, attempts, next_attempt_at)"
                                + " VALUES (1, ?, 'a.jpg', '" + state + "', 1, " + nextAttempt + ")",
                        assets.get(9));
        List<HistoryEntry> entries =
                app.the(AssetHistory.class).of(assets.get(9)).orElseThrow().entries();
        app.jdbc().update("DELETE FROM binday_work_item WHERE seq = 998");
        app.jdbc().update("DELETE FROM binday_binary_deletion WHERE binary_key = 'a.jpg'");
        return entries;
    }

    /** What only looks like it. */
    @TestFactory
    Stream<DynamicTest> findsNothingInWhatIsAsItShouldBe() {
        String anHourAgo = "TIMESTAMPADD(HOUR, -1, NOW(6))";
        String hold = """
                INSERT INTO binday_hold (asset_id, reason, held_by, held_at, %1$s)
                SELECT asset_id, 'x', 'x', TIMESTAMPADD(HOUR, -2, purged_at), TIMESTAMPADD(HOUR, -1, purged_at)
                FROM binday_purged""";
        return Stream.of(
                harmless(
                        "RUN_ORPHANED",
                        "a lease that is long enough",
                        "UPDATE binday_run SET status = 'RUNNING', finished_at = NULL WHERE run_id = 1",
                        "UPDATE binday_lease SET heartbeat_at = TIMESTAMPADD(MINUTE, -5, NOW(6)), owner = 'slow',"
                                + " expires_at = TIMESTAMPADD(MINUTE, 1, NOW(6)) WHERE run_id = 1"),
                harmless(
                        "RUN_FAILED",
                        "a minute in which somebody may see to it",
                        "UPDATE binday_run SET status = 'FAILED', finished_at = TIMESTAMPADD(MINUTE, -1, NOW(6))"
                                + " WHERE run_id = 2"),
                harmless(
                        "RUN_FAILED",
                        "a later run of the same that has succeeded",
                        "UPDATE binday_run SET status = 'FAILED', finished_at = " + anHourAgo
                                + ", input_sha256 = 'same' WHERE run_id = 1",
                        "UPDATE binday_run SET status = 'COMPLETED', finished_at = NOW(6), input_sha256 = 'same'"
                                + " WHERE run_id = 4"),
                harmless(
                        "RUN_FAILED",
                        "a purge of later trash that has succeeded, whatever its name",
                        expired(1, "FAILED", anHourAgo, "trashed until 2099-01-01T00:00:00Z"),
                        expired(4, "COMPLETED", "NOW(6)", "trashed until 2099-01-02T00:00:00Z")),
                harmless("NIGHT_MISSED", "a pause", trigger("1000000000000", "-1", "PAUSED")),
                harmless(
                        "NIGHT_MISSED",
                        "a night of other times that has its run",
                        owed(Instant.ofEpochMilli(1_000_000_000_123L), "binday-missed"),
                        "INSERT INTO binday_night (job_name, night, run_id) VALUES ('nightly', '2001-09-09 01:46:40.123', 1)"),
                harmless("NIGHT_MISSED", "a night that is being done", trigger("1000000000000", "-1", "BLOCKED")),
                harmless(
                        "TRASH_OVERDUE",
                        "what was trashed later by its event",
                        "UPDATE binday_trash SET trashed_at = TIMESTAMPADD(DAY, -16, NOW(6))"),
                harmless("PURGED_ON_HOLD", "a hold that was released before", hold.formatted("released_at")),
                harmless("PURGED_ON_HOLD", "a hold that was over before", hold.formatted("held_until")),
                harmless("HOLD_EXPIRED", "a hold that is over and was released", """
                        INSERT INTO binday_hold (asset_id, reason, held_by, held_at, held_until, released_at)
                        VALUES ('%s', 'x', 'x', '2026-01-01', '2026-01-02', NOW(6))""".formatted(assets.get(5))));
    }

    private DynamicTest harmless(String code, String what, String... statements) {
        return DynamicTest.dynamicTest(
                code + " is not " + what,
                () -> auditedAfter(
                        statements,
                        findings -> assertThat(findings)
                                .extracting(AuditFinding::code)
                                .doesNotContain(code)));
    }

    final DynamicTest damage(String code, String text, String... statements) {
        return DynamicTest.dynamicTest(
                code + ": " + text,
                () -> auditedAfter(
                        statements,
                        findings -> assertThat(findings).as("findings").anySatisfy(finding -> {
                            assertThat(finding.code()).isEqualTo(code);
                            assertThat(finding.text()).contains(text).doesNotContain("{");
                            assertThat(finding.remedy()).isNotBlank().doesNotContain("{");
                        })));
    }

    @Test
    void writesAnAssetIntoACommandAsOneWord() {
        String odd = "! x; touch y #";
        auditedAfter(
                new String[] {
                    "UPDATE binday_purged SET asset_id = '%s', trashed_at = TIMESTAMPADD(DAY, -13, purged_at) WHERE asset_id = '%s'"
                            .formatted(odd, assets.get(2))
                },
                findings -> assertThat(findings)
                        .filteredOn(finding -> "PURGED_EARLY".equals(finding.code()))
                        .singleElement()
                        .satisfies(finding -> {
                            assertThat(finding.text()).contains("for example " + odd);
                            assertThat(finding.remedy()).startsWith("binday asset history '" + odd + "';");
                        }));
    }

    @Test
    void saysThatThereAreMoreThanItShows() {
        String leases = IntStream.range(0, 103)
                .mapToObj(run -> "(%d, 0, NOW(6), NOW(6))".formatted(1_000 + run))
                .collect(Collectors.joining(", "));
        auditedAfter(
                new String[] {"INSERT INTO binday_lease (run_id, token, heartbeat_at, expires_at) VALUES " + leases},
                findings -> assertThat(findings)
                        .hasSize(101)
                        .last()
                        .extracting(AuditFinding::text)
                        .isEqualTo("and 3 more, which are not shown"));
    }

    @Test
    void saysToBeginAnewWhatWouldFailInTheSameWay() {
        auditedAfter(
                new String[] {
                    "UPDATE binday_run SET status = 'FAILED', message = 'no luck', staged_at = NULL, input_kind = 'query',"
                            + " finished_at = TIMESTAMPADD(HOUR, -1, NOW(6)) WHERE run_id = 2"
                },
                findings -> assertThat(findings)
                        .filteredOn(finding -> "RUN_FAILED".equals(finding.code()))
                        .extracting(AuditFinding::remedy)
                        .containsExactly("binday run show 2 tells how to start it anew; then binday run abandon 2"));
    }

    private static String expired(long run, String status, String finished, String input) {
        return "UPDATE binday_run SET status = '%s', finished_at = %s, operation = 'purge', input_kind = 'expired', input_name = '%s'"
                        .formatted(status, finished, input)
                + " WHERE run_id = " + run;
    }

    private static String csv(long run, String status, String finished, String column) {
        return """
            UPDATE binday_run SET status = '%s', finished_at = %s, operation = 'trash', input_kind = 'csv', input_sha256 = 'same',
                input_spec = '{"kind":"csv","path":"a","name":"a","column":"%s"}' WHERE run_id = %d""".formatted(status, finished, column, run);
    }

    /** What the audit finds after some changes, which are undone then. */
    private void auditedAfter(String[] statements, Consumer<List<AuditFinding>> check) {
        new TransactionTemplate(app.the(PlatformTransactionManager.class)).executeWithoutResult(status -> {
            status.setRollbackOnly();
            for (String statement : statements) {
                assertThat(app.jdbc().update(statement)).as(statement).isPositive();
            }
            check.accept(app.the(Audit.class).report(true).findings());
        });
    }

    /** A night that has to be begun, as schedules note it. */
    private static String owed(Instant night, String group) {
        return """
            INSERT INTO QRTZ_JOB_DETAILS (SCHED_NAME, JOB_NAME, JOB_GROUP, JOB_CLASS_NAME, IS_DURABLE, IS_NONCONCURRENT,
                IS_UPDATE_DATA, REQUESTS_RECOVERY)
            VALUES ('binday', '%d.nightly', '%s', 'x', '1', '1', '0', '1')""".formatted(night.toEpochMilli(), group);
    }

    private static String[] trigger(String next, String previous) {
        return trigger(next, previous, "WAITING");
    }

    private static String[] trigger(String next, String previous, String state) {
        return new String[] {"""
            INSERT INTO QRTZ_JOB_DETAILS (SCHED_NAME, JOB_NAME, JOB_GROUP, JOB_CLASS_NAME, IS_DURABLE, IS_NONCONCURRENT,
                IS_UPDATE_DATA, REQUESTS_RECOVERY)
            VALUES ('binday', 'nightly', 'binday', 'x', '1', '1', '0', '1')""", """
            INSERT INTO QRTZ_TRIGGERS (SCHED_NAME, TRIGGER_NAME, TRIGGER_GROUP, JOB_NAME, JOB_GROUP, NEXT_FIRE_TIME,
                PREV_FIRE_TIME, TRIGGER_STATE, TRIGGER_TYPE, START_TIME)
            VALUES ('binday', 'nightly', 'binday', 'nightly', 'binday', %s, %s, '%s', 'CRON', 0)""".formatted(next, previous, state)};
    }

    private String unused() {
        return app.jdbc().queryForList("""
                        SELECT a.uid FROM asset a
                        WHERE NOT EXISTS (SELECT 1 FROM entry_asset_reference r WHERE r.asset_uid = a.uid)
                          AND NOT EXISTS (SELECT 1 FROM asset_publication p WHERE p.asset_uid = a.uid)
                        ORDER BY a.uid LIMIT 1""", String.class).get(0);
    }
}
