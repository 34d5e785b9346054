package io.binday.platform;

import com.zaxxer.hikari.HikariDataSource;
import io.binday.catalog.Database;
import io.binday.catalog.Dialect;
import java.time.Clock;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The connection pool and what every session of it agrees on: READ COMMITTED, UTC, and lock waits shorter than a
 * lease, so that a chunk that cannot have its rows fails while its run still owns them.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    /** Strict, so that a value that does not fit is an error and never cut; but old dates with zeros may be moved. */
    private static final String MYSQL_SESSION = "SET time_zone = '+00:00', innodb_lock_wait_timeout = 10, sql_mode ="
            + " 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION'";

    private static final String H2_SESSION = "SET TIME ZONE 'UTC'";

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Database database(DataSourceProperties properties) {
        return Database.ofUrl(properties.determineUrl());
    }

    @Bean
    Dialect dialect(Database database) {
        return database.dialect();
    }

    @Bean
    static BeanPostProcessor sessionSettings() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof HikariDataSource pool && pool.getJdbcUrl() != null) {
                    settle(pool);
                }
                return bean;
            }
        };
    }

    /** What the operator has configured stays; the rest is set here, because it depends on the database. */
    private static void settle(HikariDataSource pool) {
        boolean mysql = Dialect.ofUrl(pool.getJdbcUrl()) == Dialect.MYSQL;
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        if (pool.getConnectionInitSql() == null) {
            pool.setConnectionInitSql(mysql ? MYSQL_SESSION : H2_SESSION);
        }
        if (mysql) {
            // Joins the rows of a batch into one statement, and spares questions about what the driver knows already.
            property(pool, "rewriteBatchedStatements", "true");
            property(pool, "useLocalSessionState", "true");
            property(pool, "cacheServerConfiguration", "true");
            property(pool, "elideSetAutoCommits", "true");
            // A host that vanished is noticed within the wait for a lock plus a margin, not after hours.
            property(pool, "connectTimeout", "10000");
            property(pool, "tcpKeepAlive", "true");
        }
    }

    private static void property(HikariDataSource pool, String name, String value) {
        pool.getDataSourceProperties().putIfAbsent(name, value);
    }
}
