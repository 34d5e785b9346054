package io.binday.run;

import io.binday.testing.TestApplication;

class TrashRunH2IT extends TrashRunContract {

    @Override
    String freshDatabase() {
        return TestApplication.h2("run");
    }
}
