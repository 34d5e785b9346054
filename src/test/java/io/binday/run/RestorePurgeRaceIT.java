package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.input.InputSpec;
import io.binday.testing.MySqlServer;
import io.binday.testing.OnMySql;
import io.binday.testing.SavedStack;
import io.binday.testing.TestApplication;
import io.binday.trash.Reject;
import io.binday.trash.Retention;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * A restore and a purge at the same time, many times: of the same assets, or of two lists that overlap, so that each of
 * the two has some for itself.
 */
@OnMySql
class RestorePurgeRaceIT {

    private static final int ROUNDS = 12;
    private static final int ASSETS = 60;

    /** Wanted by one of the two alone, where the lists are not the same. */
    private static final int ALONE = 20;

    @Test
    void leavesEveryAssetInOnePlaceAndTellsTheLoserWhy() throws Exception {
        MySqlServer server = MySqlServer.shared();
        long restoredInAll = 0;
        long purgedInAll = 0;
        ExecutorService two = Executors.newFixedThreadPool(2);
        try (TestApplication app = TestApplication.on(server.url(server.migratedSchema()), "binday.run.chunk-size=3")
                .withSample(ASSETS)) {
            SavedStack saved = new SavedStack(app.jdbc());
            List<String> assets = app.jdbc().queryForList("SELECT uid FROM asset ORDER BY uid", String.class);
            List<List<String>> lists =
                    List.of(assets, assets.subList(0, ASSETS - ALONE), assets.subList(ALONE, ASSETS));
            for (int round = 0; round < ROUNDS; round++) {
                saved.putIntoTrash();
                List<String> toPurge = lists.get(round % 3);
                List<String> toRestore = lists.get((3 - round % 3) % 3);
                keepYoung(app, assets, toPurge);
                long restore = create(app, "restore", new InputSpec.Ids(toRestore));
                long purge = create(
                        app,
                        "purge",
                        new InputSpec.Expired(app.the(Retention.class).cutoff(Optional.empty())));
                CyclicBarrier start = new CyclicBarrier(2);
                Future<RunReport> restored = two.submit(together(start, app, restore));
                Future<RunReport> purged = two.submit(together(start, app, purge));

                assertOnePlaceEach(app, restored.get(), purged.get());
                restoredInAll += restored.get().items().done();
                purgedInAll += purged.get().items().done();
            }
        }
        two.shutdown();
        System.out.printf(
                "Restore against purge, %d rounds of %d assets: %d restored, %d purged%n",
                ROUNDS, ASSETS, restoredInAll, purgedInAll);
        assertThat(restoredInAll + purgedInAll).isEqualTo(ROUNDS * ASSETS);
        assertThat(List.of(restoredInAll, purgedInAll))
                .as("each has what it alone wants")
                .allMatch(count -> count >= ROUNDS * 2 / 3 * ALONE);
    }

    /** All but these are too young for the purge. */
    private static void keepYoung(TestApplication app, List<String> assets, List<String> toPurge) {
        for (String asset : assets) {
            if (!toPurge.contains(asset)) {
                app.jdbc().update("UPDATE binday_trash SET trashed_at = NOW(6) WHERE asset_id = ?", asset);
            }
        }
    }

    private static void assertOnePlaceEach(TestApplication app, RunReport restored, RunReport purged) {
        assertThat(restored.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(purged.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(restored.items().rejects().keySet()).isSubsetOf(Reject.PURGED, Reject.NOT_IN_TRASH);
        assertThat(purged.items().rejects().keySet()).isSubsetOf(Reject.NOT_IN_TRASH);
        assertThat(app.count("SELECT COUNT(*) FROM asset"))
                .isEqualTo(restored.items().done());
        assertThat(app.count("SELECT COUNT(*) FROM binday_purged"))
                .isEqualTo(purged.items().done());
        assertThat(restored.items().done() + purged.items().done()).isEqualTo(ASSETS);
        assertThat(app.count("SELECT COUNT(*) FROM asset a JOIN binday_purged p ON p.asset_id = a.uid"))
                .isZero();
        for (String table : SavedStack.TRASH) {
            assertThat(app.count("SELECT COUNT(*) FROM " + table)).as(table).isZero();
        }
    }

    private static Callable<RunReport> together(CyclicBarrier start, TestApplication app, long run) {
        return () -> {
            start.await();
            return app.work(run);
        };
    }

    private static long create(TestApplication app, String operation, InputSpec spec) {
        return app.runs().create(app.request(operation, spec, true), true);
    }
}
