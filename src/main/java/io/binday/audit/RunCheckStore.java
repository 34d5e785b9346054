package io.binday.audit;

import io.binday.run.JobRepositoryStore;
import io.binday.run.RunStatus;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the runs, the job repository and the schedules should be. */
final class RunCheckStore {

    private static final String ALIVE =
            "EXISTS (SELECT 1 FROM binday_lease l WHERE l.run_id = r.run_id AND l.owner IS NOT NULL AND l.expires_at >= NOW(6))";

    /** How the column of a CSV file ends what is kept of the input of a run; a quote within a name has a backslash before it. */
    private static final String COLUMN = "SUBSTRING(%1$s.input_spec, LOCATE('\"column\":', %1$s.input_spec))";

    /** A purge of what was trashed until later takes what an earlier one has left; its input is named after that instant. */
    private static final String ENDED = """
            SELECT r.run_id AS run, r.job_name AS job, r.finished_at AS since, COALESCE(r.message, 'no reason is known') AS why
            FROM binday_run r
            WHERE %1$s AND r.finished_at < :graceStart
              AND NOT EXISTS (
                SELECT 1 FROM binday_run n
                WHERE n.input_sha256 = r.input_sha256 AND n.run_id > r.run_id AND n.status = 'COMPLETED'
                  AND n.operation = r.operation
                  AND (r.input_kind <> 'csv' OR '"column":null}' IN (%2$s, %3$s) OR %2$s = %3$s))
              AND NOT (r.input_kind = 'expired' AND EXISTS (
                SELECT 1 FROM binday_run n
                WHERE n.input_name >= r.input_name AND n.run_id > r.run_id AND n.status = 'COMPLETED'
                  AND n.input_kind = 'expired'))""".formatted("%s", COLUMN.formatted("n"), COLUMN.formatted("r"));

    /** As {@link io.binday.run.Run#isToBeginAnew} says it. */
    private static final String TO_BEGIN_ANEW = "(r.staged_at IS NULL AND r.input_kind = 'query')";

    private static final String STATES = Stream.of(RunStatus.values())
            .map(status -> "'" + status.name() + "'")
            .collect(Collectors.joining(", "));

    /** A night that is being done; its trigger waits meanwhile. */
    private static final String AT_WORK = """
            (t.TRIGGER_STATE = 'BLOCKED' OR EXISTS (
                SELECT 1 FROM QRTZ_FIRED_TRIGGERS f
                WHERE f.SCHED_NAME = t.SCHED_NAME AND f.JOB_NAME = t.JOB_NAME AND f.JOB_GROUP = t.JOB_GROUP
                  AND f.STATE = 'EXECUTING'))""";

    private RunCheckStore() {}

    static List<Check> checks() {
        return List.of(
                Check.each(
                        "RUN_ORPHANED",
                        """
                        SELECT r.run_id AS run, r.job_name AS job, l.heartbeat_at AS heard
                        FROM binday_run r JOIN binday_lease l ON l.run_id = r.run_id
                        WHERE r.status = 'RUNNING' AND l.heartbeat_at < :minuteAgo AND NOT %s""".formatted(ALIVE),
                        "run {run} ({job}) is RUNNING, but its process was last heard of at {heard}",
                        "binday run restart {run}, or binday run recover {run}"),
                Check.each(
                        "RUN_MISSING", """
                        SELECT x.run_id AS run, MAX(x.place) AS place FROM (
                            SELECT run_id, 'leases' AS place FROM binday_lease
                            UNION ALL SELECT run_id, 'counts' FROM binday_tally
                            UNION ALL SELECT run_id, 'notes of housekeeping' FROM binday_tidied
                            UNION ALL SELECT DISTINCT run_id, 'work items' FROM binday_work_item) x
                        WHERE NOT EXISTS (SELECT 1 FROM binday_run r WHERE r.run_id = x.run_id)
                        GROUP BY x.run_id""", "run {run} is not in the list of runs, but in the {place}", Check.BACKUP),
                Check.each("RUN_BROKEN", """
                        SELECT x.* FROM (
                            SELECT r.run_id AS run, r.status AS status, CASE
                                WHEN r.status NOT IN (%s)
                                    THEN 'no state that a run can have'
                                WHEN r.status NOT IN ('RUNNING', 'AWAITING_APPROVAL') AND r.finished_at IS NULL
                                    THEN 'ended, but at no time'
                                WHEN r.status NOT IN ('COMPLETED', 'ABANDONED') AND EXISTS (
                                    SELECT 1 FROM binday_tidied d WHERE d.run_id = r.run_id)
                                    THEN 'noted by housekeeping, which takes only runs that cannot go on' END AS what
                            FROM binday_run r) x
                        WHERE x.what IS NOT NULL""".formatted(STATES), "run {run} is {status}: {what}", Check.BACKUP),
                Check.each(
                        "LEASE_MISSING",
                        """
                        SELECT r.run_id AS run, r.status AS status FROM binday_run r
                        WHERE NOT EXISTS (SELECT 1 FROM binday_lease l WHERE l.run_id = r.run_id)""",
                        "run {run} ({status}) has no lease, so nobody can go on with it",
                        Check.BACKUP),
                Check.each(
                        "EXECUTION_UNKNOWN",
                        """
                        SELECT r.run_id AS run, r.status AS status, e.JOB_EXECUTION_ID AS execution
                        FROM %s
                        JOIN binday_run r ON r.run_id = CAST(p.PARAMETER_VALUE AS DECIMAL(20, 0))
                        WHERE e.STATUS = 'UNKNOWN' AND NOT (r.status = 'RUNNING' AND %s)""".formatted(JobRepositoryStore.EXECUTIONS, ALIVE),
                        "nobody knows how execution {execution} of run {run} ({status}) ended",
                        "binday run resolve {run}"),
                Check.each(
                        "EXECUTION_OPEN",
                        """
                        SELECT p.PARAMETER_VALUE AS run, COALESCE(r.status, 'unknown here') AS status,
                            e.JOB_EXECUTION_ID AS execution, e.STATUS AS execution_status
                        FROM %s
                        LEFT JOIN binday_run r ON r.run_id = CAST(p.PARAMETER_VALUE AS DECIMAL(20, 0))
                        WHERE e.STATUS IN ('STARTING', 'STARTED', 'STOPPING')
                          AND (r.run_id IS NULL OR r.status <> 'RUNNING')""".formatted(JobRepositoryStore.EXECUTIONS),
                        "execution {execution} is {execution_status} in the job repository, but run {run} is {status}",
                        "binday run resolve {run}; for a run that is unknown here: src/docs/runbook.md"),
                failed("NOT " + TO_BEGIN_ANEW, "binday run restart {run}, or binday run abandon {run}"),
                failed(
                        TO_BEGIN_ANEW,
                        "binday run show {run} tells how to start it anew; then binday run abandon {run}"),
                Check.each(
                        "RUN_STOPPED",
                        ENDED.formatted("r.status = 'STOPPED'"),
                        "run {run} ({job}) is STOPPED since {since} and no newer one has succeeded",
                        "binday run restart {run}, or binday run abandon {run}"),
                Check.each(
                        "PLAN_WAITING",
                        """
                        SELECT r.run_id AS run, r.job_name AS job, r.requested_at AS since,
                            COALESCE(r.message, 'it was not approved') AS why
                        FROM binday_run r
                        WHERE r.status = 'AWAITING_APPROVAL' AND (r.message IS NOT NULL OR r.requested_at < :dayAgo)
                          AND EXISTS (SELECT 1 FROM binday_work_item w WHERE w.run_id = r.run_id AND w.state = 'PENDING')""",
                        "run {run} ({job}) is a plan since {since}: {why}",
                        "binday run approve {run}, or binday run abandon {run}"),
                Check.each(
                        "ITEMS_PENDING",
                        """
                        SELECT w.run_id AS run, COUNT(*) AS pending
                        FROM binday_work_item w JOIN binday_run r ON r.run_id = w.run_id AND r.status = 'COMPLETED'
                        WHERE w.state = 'PENDING' GROUP BY w.run_id""",
                        "run {run} is COMPLETED, but {pending} of its items are PENDING",
                        "src/docs/runbook.md"),
                Check.each(
                        "ITEMS_DIFFER",
                        """
                        SELECT c.* FROM (
                            SELECT r.run_id AS run, r.status AS status,
                                (SELECT COUNT(*) FROM binday_work_item w WHERE w.run_id = r.run_id) AS items, %s AS staged
                            FROM binday_run r
                            WHERE r.status IN ('AWAITING_APPROVAL', 'STOPPED', 'FAILED') AND r.staged_at IS NOT NULL) c
                        WHERE c.items <> c.staged""".formatted(tally("items")),
                        "run {run} ({status}) has staged {staged} items, but there are {items}, so it cannot go on",
                        "binday run abandon {run}, and begin anew"),
                counters(),
                Check.each(
                        "NIGHT_MISSED",
                        """
                        SELECT t.TRIGGER_NAME AS job,
                            TIMESTAMPADD(SECOND, t.NEXT_FIRE_TIME / 1000, TIMESTAMP '1970-01-01 00:00:00') AS due
                        FROM QRTZ_TRIGGERS t
                        WHERE t.TRIGGER_GROUP = 'binday' AND t.TRIGGER_TYPE = 'CRON'
                          AND t.TRIGGER_STATE NOT IN ('PAUSED', 'PAUSED_BLOCKED')
                          AND t.NEXT_FIRE_TIME > 0 AND t.NEXT_FIRE_TIME < :fiveMinutesAgoMillis
                          AND NOT %s""".formatted(AT_WORK),
                        "{job} was due at {due} and no daemon has begun it",
                        "binday serve"),
                Check.each(
                        "NIGHT_MISSED",
                        """
                        SELECT o.job AS job, o.due AS due
                        FROM (SELECT SUBSTRING(m.JOB_NAME, 15) AS job, m.millis AS millis,
                                TIMESTAMPADD(MICROSECOND, m.millis * 1000, TIMESTAMP '1970-01-01 00:00:00') AS due
                              FROM (SELECT d.JOB_NAME AS JOB_NAME, CASE WHEN d.JOB_GROUP IN ('binday-missed', 'binday-asked')
                                      THEN CAST(SUBSTRING(d.JOB_NAME, 1, 13) AS DECIMAL(13)) END AS millis FROM QRTZ_JOB_DETAILS d) m) o
                        WHERE o.millis < :fiveMinutesAgoMillis
                          AND NOT EXISTS (SELECT 1 FROM binday_night n WHERE n.job_name = o.job AND n.night = o.due)
                          AND NOT EXISTS (
                            SELECT 1 FROM QRTZ_TRIGGERS t
                            WHERE t.TRIGGER_GROUP = 'binday' AND t.TRIGGER_NAME = o.job
                              AND (t.TRIGGER_STATE IN ('PAUSED', 'PAUSED_BLOCKED') OR %s))""".formatted(AT_WORK),
                        "{job} was due at {due}, or asked for, and no daemon has begun it",
                        "binday serve"),
                Check.each(
                        "NIGHT_WITHOUT_RUN",
                        """
                        SELECT t.TRIGGER_NAME AS job,
                            TIMESTAMPADD(SECOND, t.PREV_FIRE_TIME / 1000, TIMESTAMP '1970-01-01 00:00:00') AS due
                        FROM QRTZ_TRIGGERS t
                        WHERE t.TRIGGER_GROUP = 'binday' AND t.TRIGGER_TYPE = 'CRON'
                          AND t.PREV_FIRE_TIME > 0 AND t.PREV_FIRE_TIME < :fiveMinutesAgoMillis
                          AND NOT %s
                          AND NOT EXISTS (
                            SELECT 1 FROM binday_night n
                            WHERE n.job_name = t.TRIGGER_NAME
                              AND n.night >= TIMESTAMPADD(SECOND, t.PREV_FIRE_TIME / 1000 - 1, TIMESTAMP '1970-01-01 00:00:00'))""".formatted(AT_WORK),
                        "{job} was begun at {due}, but that night has no run",
                        "binday schedule run {job}"));
    }

    private static Check failed(String which, String remedy) {
        return Check.each(
                "RUN_FAILED",
                ENDED.formatted("r.status = 'FAILED' AND " + which),
                "run {run} ({job}) is FAILED since {since} and no newer one has succeeded: {why}",
                remedy);
    }

    /** Where Spring Batch takes its numbers from on MySQL; each has the last one that was taken. H2 has sequences of its own. */
    static Check sequences() {
        String one = """
                SELECT '%1$s_SEQ' AS name, COALESCE((SELECT MAX(ID) FROM %1$s_SEQ), -1) AS id,
                    (SELECT COALESCE(MAX(%2$s_ID), 0) FROM %1$s) AS used""";
        return Check.each(
                "SEQUENCE_BEHIND",
                "SELECT s.* FROM ("
                        + Stream.of("JOB_INSTANCE", "JOB_EXECUTION", "STEP_EXECUTION")
                                .map(key -> one.formatted("BATCH_" + key, key))
                                .collect(Collectors.joining(" UNION ALL "))
                        + ") s WHERE s.id < s.used",
                "{name} says that number {id} was the last one, but {used} is in use, so no run can begin",
                "src/docs/runbook.md");
    }

    /**
     * The places that count what a run has done, and what it has rejected; of those that are at work, nothing is compared. What is
     * not known (yet, or any more) is null, which differs from nothing: items before staging has ended and after housekeeping, and
     * the job repository but for runs that are COMPLETED. The name of the job is wrapped so that the embedded database does not
     * begin with all instances of that name.
     */
    private static Check counters() {
        String known = "(r.staged_at IS NOT NULL OR r.status = 'COMPLETED')"
                + " AND NOT EXISTS (SELECT 1 FROM binday_tidied d WHERE d.run_id = r.run_id)";
        return Check.each(
                "COUNTERS_DIFFER",
                """
                SELECT c.* FROM (
                    SELECT r.run_id AS run, r.status AS status,
                        CASE WHEN %1$s THEN
                            (SELECT COUNT(*) FROM binday_work_item w WHERE w.run_id = r.run_id AND w.state = 'DONE') END AS items,
                        %2$s AS tallied,
                        (SELECT COUNT(*) FROM binday_event v WHERE v.run_id = r.run_id
                            AND v.event IN ('TRASHED', 'RESTORED', 'PURGED')) AS events,
                        CASE WHEN r.status = 'COMPLETED' AND %1$s THEN COALESCE((
                            SELECT SUM(s.WRITE_COUNT)
                            FROM BATCH_JOB_EXECUTION_PARAMS p
                            JOIN BATCH_JOB_EXECUTION e ON e.JOB_EXECUTION_ID = p.JOB_EXECUTION_ID
                            JOIN BATCH_JOB_INSTANCE i ON i.JOB_INSTANCE_ID = e.JOB_INSTANCE_ID AND CONCAT('', i.JOB_NAME) = r.operation
                            JOIN BATCH_STEP_EXECUTION s ON s.JOB_EXECUTION_ID = e.JOB_EXECUTION_ID
                                AND s.STEP_NAME = 'apply'
                            WHERE p.PARAMETER_NAME = 'runId' AND p.PARAMETER_VALUE = CONCAT('', r.run_id)), 0) END AS repository,
                        CASE WHEN r.operation = 'purge'
                             THEN (SELECT COUNT(*) FROM binday_purged g WHERE g.purge_run_id = r.run_id)
                             ELSE (SELECT COUNT(*) FROM binday_event v WHERE v.run_id = r.run_id
                                   AND v.event IN ('TRASHED', 'RESTORED', 'PURGED')) END AS ledger,
                        CASE WHEN %1$s THEN
                            (SELECT COUNT(*) FROM binday_work_item w WHERE w.run_id = r.run_id AND w.state = 'REJECTED') END
                            AS rejected,
                        %3$s AS rejects_tallied
                    FROM binday_run r
                    WHERE r.status <> 'RUNNING') c
                WHERE c.tallied <> c.events OR c.tallied <> c.ledger OR c.tallied <> c.items OR c.tallied <> c.repository
                   OR c.rejected <> c.rejects_tallied""".formatted(known, tally("assets"), tally("rejected")),
                "run {run} is {status}, but its counters differ: {items} items done, {tallied} tallied, {events} events,"
                        + " {repository} written by the job repository, {ledger} in the ledger or events; {rejected} rejected,"
                        + " {rejects_tallied} rejects tallied",
                "src/docs/runbook.md");
    }

    private static String tally(String name) {
        return "COALESCE((SELECT SUM(t.amount) FROM binday_tally t WHERE t.run_id = r.run_id AND t.name = '" + name
                + "'), 0)";
    }
}
