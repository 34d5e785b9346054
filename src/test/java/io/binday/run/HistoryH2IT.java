package io.binday.run;

import io.binday.testing.TestApplication;

class HistoryH2IT extends HistoryContract {

    @Override
    String freshDatabase() {
        return TestApplication.h2("run");
    }

    @Override
    int steps() {
        return 400;
    }
}
