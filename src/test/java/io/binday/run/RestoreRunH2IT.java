package io.binday.run;

import io.binday.testing.TestApplication;

class RestoreRunH2IT extends RestoreRunContract {

    @Override
    String freshDatabase() {
        return TestApplication.h2("run");
    }
}
