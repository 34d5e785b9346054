package io.binday.run;

import io.binday.testing.TestApplication;

class RunControlH2IT extends RunControlContract {

    @Override
    String freshDatabase() {
        return TestApplication.h2("run");
    }
}
