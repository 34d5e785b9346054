package io.binday.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What is said of a run that has lost its database, or a right there. */
class DatabaseFailureTest {

    @Test
    void namesTheRunThatLacksARightAndHowItGoesOn() {
        SQLException denied =
                new SQLException("UPDATE command denied to user 'binday' for table 'binday_lease'", "42000", 1142);

        assertThat(message(new RunLostException(5, denied))).isEqualTo("""
                        run 5 cannot go on: this database user lacks a right: UPDATE command denied to user 'binday' for table 'binday_lease'
                        What was committed stays; grant it as src/docs/grants.md says, and then: binday run restart 5""");
        assertThat(message(denied))
                .startsWith("this database user lacks a right: ")
                .endsWith("grants.md says");
    }

    @Test
    void namesTheRunThatHasLostTheDatabase() {
        SQLException lost = new SQLException("Communications link failure", "08S01");

        assertThat(message(new RunLostException(5, lost)))
                .startsWith("run 5 has lost the database: Communications link failure")
                .endsWith("binday run resolve 5");
        assertThat(message(lost))
                .startsWith("the database refused or was lost: Communications link failure")
                .endsWith("binday run list");
    }

    @Test
    void leavesWhatIsNoneOfTheDatabaseToOthers() {
        assertThat(new DatabaseFailure(new Causes(new IllegalStateException("odd"))).message())
                .isEmpty();
    }

    private static String message(Throwable thrown) {
        return new DatabaseFailure(new Causes(thrown)).message().orElseThrow();
    }
}
