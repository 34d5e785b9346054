package io.binday.input;

import io.binday.catalog.Dialect;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Asset IDs from a query saved in a job file, row by row.
 *
 * <p>It runs on a connection of its own in a read-only transaction that is always rolled back, with a streaming cursor,
 * a time limit and a row limit.
 */
final class QueryInput implements AssetIdInput {

    private static final Logger LOG = LoggerFactory.getLogger(QueryInput.class);
    private static final Pattern READS = Pattern.compile("(?is)(?:\\s|--[^\\n]*\\n|/\\*.*?\\*/)*(?:SELECT|WITH)\\b.*");

    private final InputSpec.Query spec;
    /** What it is called where something is said of it. */
    private final String subject;

    private final DataSource dataSource;
    private final Dialect dialect;

    private QueryInput(InputSpec.Query spec, String subject, DataSource dataSource, Dialect dialect) {
        this.spec = spec;
        this.subject = subject;
        this.dataSource = dataSource;
        this.dialect = dialect;
    }

    /**
     * Checks the query against the database without reading any row.
     *
     * @throws InputRefusedException when it is no query, does not fit the database or has not exactly one column
     */
    static QueryInput of(InputSpec.Query spec, DataSource dataSource, Dialect dialect) {
        return of(spec, "the query of job " + spec.name(), dataSource, dialect);
    }

    /** As {@link #of(InputSpec.Query, DataSource, Dialect)}, for a query that is of no job. */
    static QueryInput of(InputSpec.Query spec, String subject, DataSource dataSource, Dialect dialect) {
        if (!READS.matcher(spec.sql()).matches()) {
            throw new InputRefusedException(subject + " must start with SELECT or WITH");
        }
        QueryInput input = new QueryInput(spec, subject, dataSource, dialect);
        input.requireOneColumn();
        return input;
    }

    private void requireOneColumn() {
        try (Session session = new Session()) {
            Integer columns = session.jdbc.query(
                    "SELECT * FROM (\n%s\n) q LIMIT 0".formatted(statement()),
                    spec.parameters(),
                    (ResultSetExtractor<Integer>) rs -> rs.getMetaData().getColumnCount());
            if (columns == null || columns != 1) {
                throw new InputRefusedException(
                        subject + " must return one column, the asset ID, but returns " + columns);
            }
        } catch (SQLException e) {
            throw lost(e);
        } catch (DataAccessException e) {
            throw refused(e);
        }
    }

    private String statement() {
        return spec.sql().strip().replaceAll(";\\s*$", "");
    }

    private DataAccessException lost(SQLException e) {
        return new DataAccessResourceFailureException(
                "the connection for " + subject + " was lost or not to be had", e);
    }

    /** What the database says about the query itself refuses it; a lost connection says nothing about it. */
    private RuntimeException refused(DataAccessException e) {
        if (e instanceof QueryTimeoutException) {
            return refusal(
                    "took longer than its timeout of " + spec.timeoutSeconds()
                            + " s; narrow the query or raise timeout, and start the job anew",
                    e);
        }
        if (e instanceof TransientDataAccessException
                || e instanceof RecoverableDataAccessException
                || e instanceof DataAccessResourceFailureException) {
            return e;
        }
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String reason = Optional.ofNullable(cause.getMessage()).orElse(cause.toString());
        return refusal(
                "cannot be run: " + reason.lines().findFirst().orElse("").replaceFirst("; SQL statement:$", ""), e);
    }

    /** The driver's exception is kept beside, not as the cause: the innermost cause is what a failed run tells. */
    private InputRefusedException refusal(String what, DataAccessException e) {
        InputRefusedException refusal = new InputRefusedException(subject + " " + what);
        refusal.addSuppressed(e);
        return refusal;
    }

    @Override
    public InputSpec spec() {
        return spec;
    }

    @Override
    public InputDigest digest() {
        String content = spec.sql() + "\n" + new TreeMap<>(spec.parameters());
        return new InputDigest(
                spec.kind(), spec.name(), Sha256.of(content), content.getBytes(StandardCharsets.UTF_8).length);
    }

    @Override
    public String understanding() {
        return subject + (spec.parameters().isEmpty() ? "" : " with " + new TreeMap<>(spec.parameters()));
    }

    @Override
    public Values open() {
        try {
            return new Rows(this, new Session());
        } catch (SQLException e) {
            throw lost(e);
        }
    }

    /** A connection of its own, read-only, time-limited, never committed. */
    private final class Session implements AutoCloseable {

        private final Connection connection;
        private final NamedParameterJdbcTemplate jdbc;
        private volatile @Nullable Statement statement;

        Session() throws SQLException {
            connection = dataSource.getConnection();
            JdbcTemplate template = new JdbcTemplate(new SingleConnectionDataSource(connection, true)) {
                @Override
                protected void applyStatementSettings(Statement prepared) throws SQLException {
                    super.applyStatementSettings(prepared);
                    statement = prepared;
                }
            };
            template.setFetchSize(dialect.streaming());
            jdbc = new NamedParameterJdbcTemplate(template);
            try {
                connection.setAutoCommit(false);
                connection.setReadOnly(true);
                limitTime(spec.timeoutSeconds());
                if (dialect == Dialect.MYSQL) {
                    // The first row may be as late as the query's own limit allows.
                    connection.setNetworkTimeout(Runnable::run, (spec.timeoutSeconds() + 60) * 1_000);
                }
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        }

        /** The driver's own timeout ends with the first row of a streamed result, so the server keeps the limit. */
        private void limitTime(int seconds) throws SQLException {
            String limit = dialect == Dialect.MYSQL ? "SET SESSION max_execution_time = " : "SET QUERY_TIMEOUT ";
            try (Statement statement = connection.createStatement()) {
                statement.execute(limit + seconds * 1000L);
            }
        }

        /** From another thread. Between two rows MySQL's driver would not cancel anything, so the connection goes as well. */
        void giveUp() {
            try {
                Statement running = statement;
                if (running != null) {
                    running.cancel();
                }
                if (dialect == Dialect.MYSQL) {
                    connection.abort(Runnable::run);
                }
            } catch (SQLException e) {
                LOG.debug("{} cannot be given up", subject, e);
            }
        }

        @Override
        public void close() throws SQLException {
            try (connection) {
                connection.rollback();
                limitTime(0);
            }
        }
    }

    /** The rows of the query, counted; it is asked when the first one is wanted. */
    private static final class Rows implements Values {

        private final QueryInput input;
        private final Session session;
        private Stream<String> stream = Stream.empty();
        private @Nullable Iterator<String> rows;
        private long row;
        private volatile boolean givenUp;

        private Rows(QueryInput input, Session session) {
            this.input = input;
            this.session = session;
        }

        private Iterator<String> rows() {
            Iterator<String> open = rows;
            if (open == null) {
                stream = session.jdbc.queryForStream(
                        input.statement(),
                        input.spec.parameters(),
                        (rs, number) -> Objects.toString(rs.getString(1), ""));
                open = stream.iterator();
                rows = open;
            }
            return open;
        }

        @Override
        public boolean hasNext() {
            try {
                return rows().hasNext();
            } catch (DataAccessException e) {
                throw input.refused(e);
            }
        }

        @Override
        public InputValue next() {
            row++;
            if (row > input.spec.maxRows()) {
                throw new InputRefusedException(
                        "%s returned more than its max-rows of %d; narrow the query or raise max-rows, and start the job anew"
                                .formatted(input.subject, input.spec.maxRows()));
            }
            try {
                return new InputValue(row, rows().next());
            } catch (DataAccessException e) {
                throw input.refused(e);
            }
        }

        @Override
        public void giveUp() {
            givenUp = true;
            session.giveUp();
        }

        @Override
        public void close() {
            try (session) {
                stream.close();
            } catch (SQLException e) {
                if (!givenUp) {
                    throw new UncategorizedSQLException("end " + input.subject, null, e);
                }
            }
        }
    }
}
