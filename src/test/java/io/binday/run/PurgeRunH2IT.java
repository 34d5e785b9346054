package io.binday.run;

import io.binday.testing.TestApplication;

class PurgeRunH2IT extends PurgeRunContract {

    @Override
    String freshDatabase() {
        return TestApplication.h2("run");
    }
}
