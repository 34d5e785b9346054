package io.binday.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

@ExtendWith(OutputCaptureExtension.class)
class DatabaseWatchTest {

    private Optional<DataAccessException> failure = Optional.empty();

    private final DatabaseWatch watch = new DatabaseWatch(
            new DaemonStore(JdbcClient.create(new SimpleDriverDataSource()), Clock.systemUTC()) {
                @Override
                void requireWritable() {
                    failure.ifPresent(thrown -> {
                        throw thrown;
                    });
                }
            },
            Clock.systemUTC());

    @Test
    void saysOnceThatTheDatabaseIsAwayAndOnceThatItIsBack(CapturedOutput output) {
        watch.look();
        failure = Optional.of(new CannotGetJdbcConnectionException("x", new SQLException("Connection refused")));
        watch.look();
        watch.look();
        assertThat(watch.unreachable()).contains("Connection refused");
        failure = Optional.of(
                new UncategorizedSQLException("x", "y", new SQLException("the server only reads", "HY000", 1290)));
        watch.look();
        assertThat(watch.unreachable()).isEmpty();
        failure = Optional.empty();
        watch.look();
        watch.look();

        assertThat(output.getOut().lines().filter(line -> line.contains("the database")))
                .hasSize(2)
                .first()
                .asString()
                .contains("the database cannot be written: Connection refused;");
        assertThat(output.getOut()).contains("the database is back, after ");
    }
}
