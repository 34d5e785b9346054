package io.binday.schedule;

import io.binday.catalog.DatabaseTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which run a schedule's night came to. The caller has the transaction. */
@Component
class NightStore {

    private final JdbcClient jdbc;

    NightStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Long> runOf(String job, Instant night) {
        return jdbc.sql("SELECT run_id FROM binday_night WHERE job_name = ? AND night = ?")
                .params(job, DatabaseTime.of(night))
                .query(Long.class)
                .optional();
    }

    /** The last night of a job that was begun. */
    Optional<Instant> last(String job) {
        return jdbc.sql("SELECT night FROM binday_night WHERE job_name = ? ORDER BY night DESC LIMIT 1")
                .param(job)
                .query(LocalDateTime.class)
                .optional()
                .map(DatabaseTime::instant);
    }

    /** Those of these runs that nights of a job came to, in ascending order. There are as many nights as there ever were. */
    List<Long> among(String job, List<Long> runs) {
        if (runs.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("SELECT run_id FROM binday_night WHERE job_name = :job AND run_id IN (:runs) ORDER BY run_id")
                .param("job", job)
                .param("runs", runs)
                .query(Long.class)
                .list();
    }

    /**
     * Notes the run of a night.
     *
     * @throws org.springframework.dao.DuplicateKeyException when the night has one
     */
    void add(String job, Instant night, long runId) {
        jdbc.sql("INSERT INTO binday_night (job_name, night, run_id) VALUES (?, ?, ?)")
                .params(job, DatabaseTime.of(night), runId)
                .update();
    }
}
