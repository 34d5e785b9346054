package io.binday.run;

import io.binday.testing.MySqlServer;
import io.binday.testing.OnMySql;

@OnMySql
class RestoreRunMySqlIT extends RestoreRunContract {

    @Override
    String freshDatabase() {
        MySqlServer server = MySqlServer.shared();
        return server.url(server.migratedSchema());
    }
}
