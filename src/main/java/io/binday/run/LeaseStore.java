package io.binday.run;

import io.binday.catalog.Dialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The leases, one row a run, compared and changed by the database's clock only. The caller has the transaction. Tokens grow by
 * steps that nobody can guess, and the owner counts beside them: where a failover has lost commits, somebody else, be it in the
 * same process, takes the same lease once more.
 */
@Component
class LeaseStore {

    /** What tells the state of a lease ({@code l}). */
    static final String STATE = """
            l.owner, TIMESTAMPDIFF(MICROSECOND, l.heartbeat_at, NOW(6)) AS silence,
            TIMESTAMPDIFF(MICROSECOND, NOW(6), l.expires_at) AS remaining""";

    /** So many leases of one run can be taken before its tokens are used up: 2 to the power of 31. */
    private static final long LONGEST_STEP = 1L << 32;

    private final JdbcTemplate jdbc;
    private final String lockAndCompare;

    LeaseStore(JdbcTemplate jdbc, Dialect dialect) {
        this.jdbc = jdbc;
        this.lockAndCompare =
                "SELECT token FROM binday_lease WHERE run_id = ? AND token = ? AND owner = ? " + dialect.sharedLock();
    }

    /** Makes room for the lease of a new run, owned by nobody. */
    void create(long runId) {
        jdbc.update("""
                INSERT INTO binday_lease (run_id, owner, token, heartbeat_at, expires_at)
                VALUES (?, NULL, 0, NOW(6), NOW(6))""", runId);
    }

    /** Takes a lease that nobody holds or whose owner has been silent for too long; empty when that is not so. */
    Optional<Lease> take(long runId, String owner, Duration length) {
        return take(runId, owner, length, "owner IS NULL OR expires_at < NOW(6)");
    }

    /** Takes the lease of an owner that has not been heard of since a sign of life; empty when it has been. */
    Optional<Lease> takeSilent(long runId, Beat last, String owner, Duration length) {
        return take(runId, owner, length, "token = ? AND heartbeat_at = ?", last.token(), last.at());
    }

    private Optional<Lease> take(long runId, String owner, Duration length, String where, Object... arguments) {
        int taken = jdbc.update(
                """
                UPDATE binday_lease SET owner = ?, token = token + ?, heartbeat_at = NOW(6),
                    expires_at = TIMESTAMPADD(MICROSECOND, ?, NOW(6))
                WHERE run_id = ? AND (%s)""".formatted(where),
                Stream.concat(Stream.of(owner, step(), length.toNanos() / 1_000, runId), Stream.of(arguments))
                        .toArray());
        return taken == 0 ? Optional.empty() : Optional.of(held(runId, owner));
    }

    private static long step() {
        return ThreadLocalRandom.current().nextLong(1, LONGEST_STEP);
    }

    private Lease held(long runId, String owner) {
        Long token = jdbc.queryForObject("SELECT token FROM binday_lease WHERE run_id = ?", Long.class, runId);
        return new Lease(runId, owner, Optional.ofNullable(token).orElseThrow());
    }

    /** Tells the others that the owner lives; false when the lease was taken by somebody else. */
    boolean renew(Lease lease, Duration length) {
        return jdbc.update("""
                        UPDATE binday_lease SET heartbeat_at = NOW(6),
                            expires_at = TIMESTAMPADD(MICROSECOND, ?, NOW(6))
                        WHERE run_id = ? AND token = ? AND owner = ?""", length.toNanos() / 1_000, lease.runId(), lease.token(), lease.owner()) == 1;
    }

    /** Gives the lease back; nothing happens when it is not held any more. */
    void release(Lease lease) {
        jdbc.update(
                "UPDATE binday_lease SET owner = NULL WHERE run_id = ? AND token = ? AND owner = ?",
                lease.runId(),
                lease.token(),
                lease.owner());
    }

    /**
     * Makes sure that the lease is held until the transaction ends: nobody can take it before.
     *
     * @throws LeaseLostException when it was taken
     */
    void requireHeld(Lease lease) {
        List<Long> tokens = jdbc.queryForList(lockAndCompare, Long.class, lease.runId(), lease.token(), lease.owner());
        if (tokens.isEmpty()) {
            throw new LeaseLostException(lease.runId());
        }
    }

    /** A sign of life of an owner; that of another owner, or a later one, is not equal to it. */
    record Beat(long token, LocalDateTime at) {}

    /** The last sign of life of a run's owner. */
    Optional<Beat> lastBeat(long runId) {
        return jdbc
                .query(
                        "SELECT token, heartbeat_at FROM binday_lease WHERE run_id = ?",
                        (rs, row) -> new Beat(rs.getLong(1), rs.getObject(2, LocalDateTime.class)),
                        runId)
                .stream()
                .findFirst();
    }

    Optional<LeaseState> find(long runId) {
        return jdbc
                .query("SELECT %s FROM binday_lease l WHERE l.run_id = ?".formatted(STATE), LeaseStore::state, runId)
                .stream()
                .findFirst();
    }

    /** What is read in {@link #STATE}. */
    static LeaseState state(ResultSet rs, int row) throws SQLException {
        return new LeaseState(
                Optional.ofNullable(rs.getString("owner")),
                Duration.ofNanos(rs.getLong("silence") * 1_000),
                Duration.ofNanos(rs.getLong("remaining") * 1_000));
    }
}
