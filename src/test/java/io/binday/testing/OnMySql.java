package io.binday.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test that needs a real MySQL server. Where there is none it is skipped with a loud line that says what to install;
 * with {@code CI=true} that is a failure.
 */
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnMySql.Condition.class)
public @interface OnMySql {

    /** Decides once per class. */
    final class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            Optional<String> absence = MySqlServer.absence();
            if (absence.isEmpty()) {
                return ConditionEvaluationResult.enabled("there is a MySQL server");
            }
            String line = "MYSQL TESTS SKIPPED: " + context.getDisplayName() + ": " + absence.get()
                    + "; or name a server with BINDAY_TEST_MYSQL_URL";
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException(line);
            }
            System.err.println(line);
            return ConditionEvaluationResult.disabled(line);
        }
    }
}
