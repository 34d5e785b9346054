package io.binday.run;

import io.binday.testing.TestApplication;

class TrashRunH2IT extends TrashRunContract {

    @Override
    String freshDatabase() {
        return TestApplication.h2("run");
    }

    @Override
    String endlessQuery() {
        return "SELECT a.uid FROM asset a WHERE (SELECT SUM(r.x) FROM SYSTEM_RANGE(1, 90000000000) r WHERE r.x <> LENGTH(a.uid)) > 0";
    }
}
