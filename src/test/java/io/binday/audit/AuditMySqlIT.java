package io.binday.audit;

import io.binday.testing.MySqlServer;
import io.binday.testing.OnMySql;

@OnMySql
class AuditMySqlIT extends AuditContract {

    @Override
    String freshDatabase() {
        MySqlServer server = MySqlServer.shared();
        return server.url(server.freshSchema());
    }

    @Override
    String foreignKeys(boolean on) {
        return "SET SESSION foreign_key_checks = " + (on ? "1" : "0");
    }
}
