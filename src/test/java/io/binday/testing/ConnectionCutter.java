package io.binday.testing;

import com.mysql.cj.jdbc.JdbcConnection;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import net.ttddyy.dsproxy.listener.MethodExecutionContext;
import net.ttddyy.dsproxy.listener.MethodExecutionListener;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Cuts the connection to the server at one JDBC operation of the thread that armed it, or of those that stage, screen and do
 * chunks for it: before the server hears of the operation, or after it has done it and before its answer arrives.
 */
public final class ConnectionCutter implements BeanPostProcessor, MethodExecutionListener {

    private static final Pattern OPERATION = Pattern.compile("execute.*|commit|rollback");

    private static final Pattern HELPER = Pattern.compile("binday-(inserter|screening|worker).*");

    /** The number of the operation that a thread is at. */
    private final ThreadLocal<Integer> number = ThreadLocal.withInitial(() -> 0);

    private volatile Plan plan = new Plan(Thread.currentThread(), 0, When.BEFORE);

    private @Nullable HikariDataSource pool;

    /** When the connection is cut. */
    public enum When {
        BEFORE,
        AFTER
    }

    /** What is to happen, and what has happened. */
    private static final class Plan {
        private final Thread thread;
        private final int at;
        private final When when;
        private final AtomicInteger operations = new AtomicInteger();
        private volatile String struck = "";

        Plan(Thread thread, int at, When when) {
            this.thread = thread;
            this.at = at;
            this.when = when;
        }

        private boolean isOf(Thread other) {
            return other == thread || HELPER.matcher(other.getName()).matches();
        }
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource found) {
            pool = found;
            return ProxyDataSourceBuilder.create(found).methodListener(this).build();
        }
        return bean;
    }

    /** Arms the cut for operation {@code at} of this thread, counted from 1; 0 only counts. */
    public void arm(int at, When when) {
        plan = new Plan(Thread.currentThread(), at, when);
    }

    /** Ends counting and returns how many operations there were. */
    public int disarm() {
        int operations = plan.operations.get();
        plan = new Plan(Thread.currentThread(), 0, When.BEFORE);
        return operations;
    }

    /** The operation that was cut off; empty while none was. */
    public String struck() {
        return plan.struck;
    }

    @Override
    public void beforeMethod(MethodExecutionContext context) {
        Plan now = plan;
        if (now.isOf(Thread.currentThread()) && isOperation(context.getMethod())) {
            int operation = now.operations.incrementAndGet();
            number.set(operation);
            if (operation == now.at && now.when == When.BEFORE) {
                now.struck = describe(context);
                cut(context.getTarget());
            }
        }
    }

    @Override
    public void afterMethod(MethodExecutionContext context) {
        Plan now = plan;
        if (now.isOf(Thread.currentThread())
                && isOperation(context.getMethod())
                && number.get() == now.at
                && now.when == When.AFTER
                && now.struck.isEmpty()) {
            now.struck = describe(context);
            cut(context.getTarget());
            ConnectionCutter.<RuntimeException>raise(
                    new SQLNonTransientConnectionException("the answer was lost", "08S01"));
        }
    }

    private static boolean isOperation(Method method) {
        return OPERATION.matcher(method.getName()).matches();
    }

    private static String describe(MethodExecutionContext context) {
        return context.getMethod().getName() + " on "
                + context.getTarget().getClass().getSimpleName();
    }

    /** The pool hears of it too, as it does from a driver whose link went down. */
    private void cut(Object target) {
        try {
            Connection connection =
                    target instanceof Statement statement ? statement.getConnection() : (Connection) target;
            connection.unwrap(JdbcConnection.class).abortInternal();
            if (pool != null) {
                pool.evictConnection(connection);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("could not cut the connection", e);
        }
    }

    /** The proxied methods declare SQLException; a listener's do not. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void raise(Throwable failure) throws E {
        throw (E) failure;
    }
}
