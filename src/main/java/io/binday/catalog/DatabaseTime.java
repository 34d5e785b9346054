package io.binday.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Times as the database has them, without a zone: every session of the pool speaks UTC. */
public final class DatabaseTime {

    private DatabaseTime() {}

    /** What is written for a time. */
    public static LocalDateTime of(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    /** The time that was read. */
    public static Instant instant(LocalDateTime read) {
        return read.toInstant(ZoneOffset.UTC);
    }

    /** The time in a column; empty where it is NULL. */
    public static Optional<Instant> instant(ResultSet rs, String column) throws SQLException {
        return Optional.ofNullable(rs.getObject(column, LocalDateTime.class)).map(DatabaseTime::instant);
    }

    /** The time in a column, by its place, the first is 1; empty where it is NULL. */
    public static Optional<Instant> instant(ResultSet rs, int column) throws SQLException {
        return Optional.ofNullable(rs.getObject(column, LocalDateTime.class)).map(DatabaseTime::instant);
    }

    /** A time as people are shown it, in seconds. */
    public static String shown(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
