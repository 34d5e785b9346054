package io.binday.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.job.UnknownNameException;
import io.binday.run.RunNotTakenException;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.TransactionSystemException;

/** What is said of a run that has lost its database, or a right there, and of a database that refuses. */
class FailureTest {

    @Test
    void namesTheRunThatLacksARightAndHowItGoesOn() {
        SQLException denied =
                new SQLException("UPDATE command denied to user 'binday' for table 'binday_lease'", "42000", 1142);

        assertThat(message(new RunLostException(5, denied))).isEqualTo("""
                        run 5 cannot go on: this database user lacks a right: UPDATE command denied to user 'binday' for table 'binday_lease'
                        What was committed stays; grant it as src/docs/grants.md says, and then: binday run restart 5""");
        assertThat(message(new RunNotTakenException(5, denied))).isEqualTo(message(new RunLostException(5, denied)));
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
    void callsNoDatabaseLostWhoseRowsSomebodyKeepsLocked() {
        SQLException locked = new SQLException("Lock wait timeout exceeded; try restarting transaction", "40001", 1205);

        assertThat(message(new RunLostException(5, locked)))
                .startsWith("run 5 could not note how it stands, as somebody else keeps its rows locked: Lock wait")
                .endsWith("when the lock is gone: binday run resolve 5");
    }

    @Test
    void saysWhatADatabaseLacksThatCouldBeReached() {
        SQLException full = new SQLException("message from server: \"Too many connections\"", "08004", 1040);
        SQLException limit = new SQLException("has exceeded the 'max_user_connections' resource", "42000", 1226);
        SQLException denied = new SQLException("SELECT command denied to user 'binday'", "42000", 1142);
        SQLException other = new SQLException("Access denied for user 'binday'", "28000", 1045);

        assertThat(message(new NoDatabaseException("MySQL db/cms", full))).endsWith("or raise max_connections.");
        assertThat(message(new NoDatabaseException("MySQL db/cms", limit))).endsWith("reached a limit of its account.");
        assertThat(message(new NoDatabaseException("MySQL db/cms", denied)))
                .endsWith("This database user lacks a right; grant it as src/docs/grants.md says.");
        assertThat(message(new NoDatabaseException("MySQL db/cms", other))).contains("Its address, user and password");
    }

    @Test
    void leavesWhatIsNoneOfTheDatabaseToOthers() {
        assertThat(new DatabaseFailure(new Causes(new IllegalStateException("odd"))).message())
                .isEmpty();
    }

    @Test
    void namesTheRunThatCouldNotGoOn() {
        SQLException readsOnly = new SQLException("The MySQL server is running with --super-read-only", "HY000", 1290);

        assertThat(message(new RunNotTakenException(5, readsOnly)))
                .startsWith("run 5 does not go on: The MySQL server is running with --super-read-only")
                .endsWith("binday run restart 5");
    }

    @Test
    void tellsWhatWentWrongFirstWhereTheRollbackFailsAsWell() {
        TransactionSystemException rollback =
                new TransactionSystemException("JDBC rollback failed", new SQLException("Connection is closed"));
        rollback.initApplicationException(
                new IllegalStateException(new SQLException("the server only reads", "HY000", 1290)));
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int exit = new Failure(rollback, false).tell(new Terminal(OutputStream.nullOutputStream(), err), false, false);

        assertThat(exit).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("error: the database refused or was lost: the server only reads\n");
    }

    @Test
    void takesAnAbsentValueForAMistakeOfItsOwnAndAnUnknownNameForOneOfTheOperator() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(OutputStream.nullOutputStream(), err);

        assertThat(new Failure(new NoSuchElementException("No value present"), false).tell(terminal, false, false))
                .isEqualTo(ExitCode.FAILED);
        assertThat(new Failure(new UnknownNameException("there is no run 7"), false).tell(terminal, false, false))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("""
                        error: No value present (add --verbose to see where)
                        error: there is no run 7
                        """);
    }

    @Test
    void saysMoreThanThePoolOfAConnectionThatIsGone() {
        assertThat(message(new IllegalStateException(new SQLException("Connection is closed"))))
                .startsWith("the database refused or was lost: the connection to it was lost\n");
    }

    private static String message(Throwable thrown) {
        return new DatabaseFailure(new Causes(thrown)).message().orElseThrow();
    }
}
