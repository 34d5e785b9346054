package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.input.InputRefusedException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransactionRollbackException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.IncorrectUpdateSemanticsDataAccessException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.TransactionSystemException;

class FaultTest {

    @Test
    void takesWhatTimeMayMendForTransient() {
        assertThat(List.of(
                        new CannotAcquireLockException("lock wait timeout"),
                        new RuntimeException(new SQLTransactionRollbackException("deadlock", "40001")),
                        new SQLException("The table 'binday_trash' is full", "HY000", 1114),
                        new SQLException("Error writing file (OS errno 28)", "HY000", 3),
                        new SQLException("The MySQL server is running with --super-read-only", "HY000", 1290),
                        new RuntimeException(new SQLNonTransientConnectionException("link down", "08S01")),
                        new TransactionSystemException("commit"),
                        new BadSqlGrammarException("x", "y", new SQLException("column count", "21S01")),
                        new UncategorizedSQLException("x", "y", new SQLException("shutdown", "08S01"))))
                .allSatisfy(failure -> assertThat(Fault.of(failure)).isEqualTo(Fault.TRANSIENT));
    }

    @Test
    void takesRowsThatChangedForSomethingThatMayPassOrBeTheFaultOfOneItem() {
        Fault changed = Fault.of(new IncorrectUpdateSemanticsDataAccessException("changed in between"));

        assertThat(changed).isEqualTo(Fault.CHANGED);
        assertThat(changed.mayBeOfOneItem()).isTrue();
        assertThat(Fault.TRANSIENT.mayBeOfOneItem()).isFalse();
    }

    @Test
    void tellsDataFromTheRest() {
        assertThat(Fault.of(new DataIntegrityViolationException(
                        "x", new SQLIntegrityConstraintViolationException("too long", "22001"))))
                .isEqualTo(Fault.DATA);
        assertThat(Fault.of(new UncategorizedSQLException("x", "y", new SQLException("signal", "45000"))))
                .isEqualTo(Fault.DATA);
        assertThat(Fault.of(new UncategorizedSQLException(
                        "x", "y", new SQLException("Check constraint 'c' is violated", "HY000", 3819))))
                .isEqualTo(Fault.DATA);
        assertThat(Fault.of(new BadSqlGrammarException("x", "y", new SQLException("no such column", "42S22"))))
                .isEqualTo(Fault.OTHER);
        assertThat(Fault.of(new InputRefusedException("changed"))).isEqualTo(Fault.FINAL);
        assertThat(Fault.of(new IllegalStateException(new LeaseLostException(1))))
                .isEqualTo(Fault.LEASE_LOST);
    }

    @Test
    void picksTheFailureThatSaysWhatToDoNext() {
        Throwable lost = new LeaseLostException(1);
        assertThat(Fault.mostTelling(List.of(new RuntimeException("x"), lost, new CannotAcquireLockException("y"))))
                .contains(lost);
        assertThat(Fault.mostTelling(List.of())).isEmpty();
        Throwable version = new OptimisticLockingFailureException("step execution with wrong version (68)");
        Throwable commit = new TransactionSystemException("commit failed", new SQLException("link failure", "08S01"));
        assertThat(Fault.mostTelling(List.of(version, commit))).contains(commit);
    }

    @Test
    void knowsWhatAnotherTransactionMayHaveCausedAndTheDatabaseHasUndone() {
        assertThat(List.of(
                        new CannotAcquireLockException("", new SQLException("Deadlock found", "40001", 1213)),
                        new DuplicateKeyException("", new SQLException("Duplicate entry", "23000", 1062)),
                        new IncorrectUpdateSemanticsDataAccessException("changed in between")))
                .allMatch(Fault::isOfTheMoment);
        assertThat(List.of(
                        new CannotAcquireLockException("", new SQLException("Lock wait timeout", "40001", 1205)),
                        new TransactionSystemException("", new SQLException("link failure", "08S01")),
                        new LeaseLostException(1),
                        new IllegalStateException()))
                .noneMatch(Fault::isOfTheMoment);
    }
}
