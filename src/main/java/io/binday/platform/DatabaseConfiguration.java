package io.binday.platform;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import io.binday.catalog.Database;
import io.binday.catalog.DatabaseTime;
import io.binday.catalog.Dialect;
import io.binday.run.RunSettings;
import io.binday.trash.DatabaseClock;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The connection pool and what every session of it agrees on: READ COMMITTED, UTC, and short lock waits.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    /**
     * Strict, so that a value that does not fit is an error and never cut; but old dates with zeros, or a 31st of February, may be moved. A
     * session whose client lost power gives its locks back after 5 minutes instead of 8 hours. A restore leaves it to foreign and
     * unique keys what can come back, so the server looks at them whatever it does by default. Whoever waits a minute for a table that
     * is being altered lets go of the assets it has locked. Limits of the server for the time of queries, and for their rows, are not
     * meant for plans and audits; those of jobs have their own. Nor is the caution for people who type statements, or what ends the
     * connection with each transaction. The pool asks for READ COMMITTED only where the first server had another default.
     */
    private static final String MYSQL_SESSION =
            "time_zone='+00:00',transaction_isolation='READ-COMMITTED',innodb_lock_wait_timeout=10,lock_wait_timeout=60,"
                    + "wait_timeout=300,max_execution_time=0,sql_select_limit=18446744073709551615,sql_big_selects=1,"
                    + "sql_safe_updates=0,completion_type=0,default_storage_engine=InnoDB,"
                    + "foreign_key_checks=1,unique_checks=1,"
                    + "sql_mode='STRICT_ALL_TABLES,ALLOW_INVALID_DATES,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION'";

    /** What of it is not for an operator to change. */
    private static final Pattern NEEDED = Pattern.compile(
            "(?i)(?:^|,)\\s*(?:@@)?(?:session[. ])?\\s*(time_zone|transaction_isolation|foreign_key_checks|unique_checks|sql_select_limit|sql_mode|autocommit|sql_log_bin)"
                    + "\\s*=\\s*('[^']*'|[^,]*)");

    /** Letters that a connection of another encoding does not have would become question marks, in IDs as in reasons. */
    private static final Pattern NO_UNICODE = Pattern.compile(
            "(?i)\\b(characterEncoding|connectionCollation|characterSetResults|character_set_\\w+|collation_connection)"
                    + "\\s*=\\s*'?(?!utf-?8|null)([^&,;)}']*)");

    /** A server that has vanished without a word is given up after so long, in milliseconds. */
    private static final String SILENCE = "600000";

    /** What a run needs beside its workers: for a query's cursor, Spring Batch, its sequences and the heartbeat. */
    private static final int BESIDE_WORKERS = 4;

    /** The quickest cipher for a young process: that of AES is slow until it has been compiled well. */
    private static final String QUICK_CIPHER = "TLS_CHACHA20_POLY1305_SHA256";

    /** A server that only reads, as after a change of roles: another connection may find the one that writes. */
    private static final Set<Integer> READS_ONLY = Set.of(1290, 1792, 1836);

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
    DatabaseClock databaseClock(JdbcTemplate jdbc) {
        return () -> Optional.ofNullable(jdbc.queryForObject("SELECT NOW(6)", LocalDateTime.class))
                .map(DatabaseTime::instant)
                .orElseThrow();
    }

    @Bean
    Dialect dialect(Database database) {
        return database.dialect();
    }

    @Bean
    static BeanPostProcessor sessionSettings(Environment environment) {
        int workers = environment.getProperty(
                "binday.run.workers", Integer.class, Integer.valueOf(RunSettings.DEFAULT_WORKERS));
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof HikariDataSource pool && pool.getJdbcUrl() != null) {
                    settle(pool, workers);
                }
                return bean;
            }
        };
    }

    /** What the operator has configured stays; the rest is set here, because it depends on the database. */
    private static void settle(HikariDataSource pool, int workers) {
        boolean mysql = Dialect.ofUrl(pool.getJdbcUrl()) == Dialect.MYSQL;
        int least = BESIDE_WORKERS + (mysql ? workers : 1);
        if (pool.getMaximumPoolSize() < least) {
            throw new IllegalArgumentException("spring.datasource.hikari.maximum-pool-size must be at least " + least
                    + ", as many as one run may need, but was " + pool.getMaximumPoolSize());
        }
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        if (!mysql && pool.getConnectionInitSql() == null) {
            pool.setConnectionInitSql(H2_SESSION);
        }
        if (mysql) {
            requireUnicode(pool);
            pool.getDataSourceProperties()
                    .merge("sessionVariables", MYSQL_SESSION, DatabaseConfiguration::withOperators);
            // Joins the rows of a batch into one statement, and spares questions about what the driver knows already.
            property(pool, "rewriteBatchedStatements", "true");
            property(pool, "useLocalSessionState", "true");
            property(pool, "cacheServerConfiguration", "true");
            property(pool, "elideSetAutoCommits", "true");
            // Statements over a chunk are long, and the driver would parse them each time.
            property(pool, "cachePrepStmts", "true");
            property(pool, "prepStmtCacheSize", "100");
            property(pool, "prepStmtCacheSqlLimit", "65536");
            // No statement has escapes of JDBC, and names or values of others may look like one.
            property(pool, "enableEscapeProcessing", "false");
            property(pool, "processEscapeCodesForPrepStmts", "false");
            if (!namesCiphers(pool)) {
                property(pool, "tlsCiphersuites", ciphers());
            }
            property(pool, "connectTimeout", "10000");
            property(pool, "socketTimeout", SILENCE);
            property(pool, "tcpKeepAlive", "true");
            pool.setExceptionOverride(new LeaveReaders());
        }
    }

    private static void requireUnicode(HikariDataSource pool) {
        Matcher other = NO_UNICODE.matcher(pool.getJdbcUrl() + " " + pool.getDataSourceProperties());
        if (other.find()) {
            throw new IllegalArgumentException(
                    "spring.datasource.url (or spring.datasource.hikari.data-source-properties): " + other.group(1)
                            + " must be a UTF-8 one but was '" + other.group(2) + "'");
        }
    }

    /** What is configured comes after ours and so holds, but nothing that the truth of what is moved depends on. */
    private static String withOperators(Object theirs, Object ours) {
        Matcher needed = NEEDED.matcher(String.valueOf(theirs));
        while (needed.find()) {
            String assignment = needed.group(1) + "=" + needed.group(2);
            if (!String.valueOf(ours).toLowerCase(Locale.ROOT).contains(assignment.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        "spring.datasource.hikari.data-source-properties.sessionVariables must not set "
                                + needed.group(1) + ": Binday needs it as it sets it");
            }
        }
        return ours + "," + theirs;
    }

    /** Else a connection to a server that only reads would be used again until it is half an hour old. */
    private static final class LeaveReaders implements SQLExceptionOverride {
        @java.lang.Override
        public SQLExceptionOverride.Override adjudicate(SQLException failure) {
            return READS_ONLY.contains(failure.getErrorCode())
                    ? SQLExceptionOverride.Override.MUST_EVICT
                    : SQLExceptionOverride.Override.CONTINUE_EVICT;
        }
    }

    /** Whether the operator says which ciphers may be used; the driver would let our own word go before that in the URL. */
    private static boolean namesCiphers(HikariDataSource pool) {
        String said = (pool.getJdbcUrl() + pool.getDataSourceProperties().keySet()).toLowerCase(Locale.ROOT);
        return said.contains("tlsciphersuites") || said.contains("enabledsslciphersuites");
    }

    /** What the driver would offer to the server by itself, in another order. */
    private static String ciphers() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[0], new TrustManager[0], null);
            String[] usual = context.getDefaultSSLParameters().getCipherSuites();
            return Stream.concat(Stream.of(QUICK_CIPHER), Stream.of(usual))
                    .distinct()
                    .collect(Collectors.joining(","));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void property(HikariDataSource pool, String name, String value) {
        pool.getDataSourceProperties().putIfAbsent(name, value);
    }
}
