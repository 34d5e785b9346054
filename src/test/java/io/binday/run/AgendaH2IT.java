package io.binday.run;

import io.binday.testing.TestApplication;

class AgendaH2IT extends AgendaContract {

    @Override
    String freshDatabase() {
        return TestApplication.h2("agenda");
    }
}
