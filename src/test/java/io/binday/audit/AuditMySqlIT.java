package io.binday.audit;

import io.binday.testing.MySqlServer;
import io.binday.testing.OnMySql;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

@OnMySql
class AuditMySqlIT extends AuditContract {

    @Override
    String freshDatabase() {
        MySqlServer server = MySqlServer.shared();
        return server.url(server.migratedSchema());
    }

    @Override
    String foreignKeys(boolean on) {
        return "SET SESSION foreign_key_checks = " + (on ? "1" : "0");
    }

    @TestFactory
    Stream<DynamicTest> findsNumbersOfTheJobRepositoryThatWouldComeTwice() {
        return Stream.of(
                damage(
                        "SEQUENCE_BEHIND",
                        "BATCH_JOB_INSTANCE_SEQ says that number 1 was the last one, but 4 is in use",
                        "UPDATE BATCH_JOB_INSTANCE_SEQ SET ID = 1"),
                damage(
                        "SEQUENCE_BEHIND",
                        "BATCH_STEP_EXECUTION_SEQ says that number -1 was the last one",
                        "DELETE FROM BATCH_STEP_EXECUTION_SEQ"));
    }
}
