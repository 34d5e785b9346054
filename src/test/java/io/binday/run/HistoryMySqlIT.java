package io.binday.run;

import io.binday.testing.MySqlServer;
import io.binday.testing.OnMySql;

@OnMySql
class HistoryMySqlIT extends HistoryContract {

    @Override
    String freshDatabase() {
        MySqlServer server = MySqlServer.shared();
        return server.url(server.migratedSchema());
    }

    @Override
    int steps() {
        return 250;
    }
}
