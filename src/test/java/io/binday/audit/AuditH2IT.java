package io.binday.audit;

import io.binday.testing.TestApplication;

class AuditH2IT extends AuditContract {

    @Override
    String freshDatabase() {
        return TestApplication.h2("audit");
    }

    @Override
    String foreignKeys(boolean on) {
        return "SET REFERENTIAL_INTEGRITY " + (on ? "TRUE" : "FALSE");
    }
}
