package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.binday.binary.FileState;
import io.binday.catalog.CatalogInstall;
import io.binday.testing.MySqlServer;
import io.binday.testing.OnMySql;
import io.binday.trash.Holds;
import io.binday.trash.Reject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@OnMySql
class PurgeRunMySqlIT extends PurgeRunContract {

    @Override
    String freshDatabase() {
        MySqlServer server = MySqlServer.shared();
        return server.url(server.migratedSchema());
    }

    /** The chunk that waits for the hold's lock looks for holds when it has the lock, and not before. */
    @Test
    void leavesWhatIsPutOnHoldWhileItWaitsForTheVeryRow() {
        trashLongAgo(assets.subList(0, 4));
        long run = plan();
        app.runs().approve(run, "tester");
        TransactionTemplate transaction = new TransactionTemplate(app.the(PlatformTransactionManager.class));

        CompletableFuture<RunReport> purge = new CompletableFuture<>();
        transaction.executeWithoutResult(status -> {
            app.the(Holds.class).hold(assets.subList(0, 1), WHY);
            purge.completeAsync(() -> app.work(run));
            await().atMost(1, TimeUnit.MINUTES).until(() -> purge.isDone() || isSomebodyWaiting());
        });

        assertThat(purge.join().items().rejects()).isEqualTo(Map.of(Reject.ON_HOLD, 1L));
        assertThat(purge.join().items().done()).isEqualTo(3);
        assertThat(trashed()).containsExactly(assets.get(0));
    }

    private boolean isSomebodyWaiting() {
        return app.count("SELECT COUNT(*) FROM performance_schema.data_locks WHERE OBJECT_SCHEMA = DATABASE()"
                        + " AND OBJECT_NAME = 'binday_trash' AND LOCK_STATUS = 'WAITING'")
                > 0;
    }

    @Test
    void keepsAFileThatAnotherAssetNamesInAnotherSpelling() throws IOException {
        Path files = withFiles();
        app.jdbc().execute("ALTER TABLE asset MODIFY file_key VARCHAR(255) COLLATE utf8mb4_0900_ai_ci NOT NULL");
        app.the(CatalogInstall.class).install();
        Path shared = file(files, assets.get(0));
        app.jdbc().update("UPDATE asset SET file_key = UPPER(?) WHERE uid = ?", key(assets.get(0)), assets.get(40));
        trashLongAgo(assets.subList(0, 1));

        assertThat(purge().files().states()).isEqualTo(Map.of(FileState.SHARED, 1L));
        assertThat(shared).exists();
    }
}
