package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.catalog.CatalogInstall;
import io.binday.testing.MySqlServer;
import io.binday.testing.OnMySql;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

@OnMySql
class PurgeRunMySqlIT extends PurgeRunContract {

    @Override
    String freshDatabase() {
        MySqlServer server = MySqlServer.shared();
        return server.url(server.freshSchema());
    }

    @Test
    void keepsAFileThatAnotherAssetNamesInAnotherSpelling() throws IOException {
        Path files = withFiles();
        app.jdbc().execute("ALTER TABLE asset MODIFY file_key VARCHAR(255) COLLATE utf8mb4_0900_ai_ci NOT NULL");
        app.the(CatalogInstall.class).install();
        Path shared = file(files, assets.get(0));
        app.jdbc().update("UPDATE asset SET file_key = UPPER(?) WHERE uid = ?", key(assets.get(0)), assets.get(40));
        trashLongAgo(assets.subList(0, 1));

        assertThat(purge().files().states()).isEqualTo(Map.of("SHARED", 1L));
        assertThat(shared).exists();
    }
}
