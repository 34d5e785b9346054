package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.TransactionSystemException;

class FailureTextTest {

    @Test
    void saysItInOneLine() {
        assertThat(FailureText.of(new RuntimeException("outer", new SQLException("Data too long\nat line 1"))))
                .isEqualTo("Data too long");
        assertThat(FailureText.of(new SQLException("Value too long; SQL statement:\nINSERT INTO x [22001-240]")))
                .isEqualTo("Value too long");
        assertThat(FailureText.of(new RuntimeException())).isEqualTo("RuntimeException");
        TransactionSystemException rollback =
                new TransactionSystemException("JDBC rollback failed", new SQLException("Connection is closed"));
        rollback.initApplicationException(new RuntimeException(new SQLException("the server only reads")));
        assertThat(FailureText.of(new IllegalStateException(rollback))).isEqualTo("the server only reads");
        assertThat(List.of(
                        new OptimisticLockingFailureException("step execution with wrong version (68)"),
                        new DataAccessResourceFailureException(
                                "Unable to commit new sequence value changes for BATCH_JOB_EXECUTION_SEQ")))
                .extracting(FailureText::of)
                .containsOnly("a connection was lost while the database committed, so its answer did not arrive");
    }
}
