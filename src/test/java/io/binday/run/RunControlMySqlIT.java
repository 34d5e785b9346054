package io.binday.run;

import io.binday.testing.MySqlServer;
import io.binday.testing.OnMySql;

@OnMySql
class RunControlMySqlIT extends RunControlContract {

    @Override
    String freshDatabase() {
        MySqlServer server = MySqlServer.shared();
        return server.url(server.migratedSchema());
    }
}
