package io.binday.run;

import io.binday.testing.TestApplication;

class HousekeepingH2IT extends HousekeepingContract {

    @Override
    String freshDatabase() {
        return TestApplication.h2("run");
    }
}
