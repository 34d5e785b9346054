package io.binday.audit;

import io.binday.trash.Fate;
import java.util.List;
import java.util.stream.Collectors;

/** The promises of the design, asked of every row there is; that takes its time. */
final class PromiseCheckStore {

    private static final String RUNBOOK = "binday asset history {asset}; src/docs/runbook.md";

    /** The tallies of references that are noted one by one. */
    private static final String NOTED = Fate.NOTED.stream()
            .map(fate -> "t.name LIKE '" + fate.key() + ".%'")
            .collect(Collectors.joining(" OR "));

    private PromiseCheckStore() {}

    static List<Check> checks() {
        return List.of(
                Check.together(
                        "ASSET_LOST",
                        """
                        SELECT e.asset_id AS asset, MAX(e.run_id) AS run FROM binday_event e
                        WHERE e.event = 'TRASHED'
                          AND NOT EXISTS (SELECT 1 FROM binday_trash t WHERE t.asset_id = e.asset_id AND t.run_id = e.run_id)
                          AND NOT EXISTS (SELECT 1 FROM binday_purged g
                                          WHERE g.asset_id = e.asset_id AND g.trash_run_id = e.run_id)
                          AND NOT EXISTS (SELECT 1 FROM binday_event b
                                          WHERE b.asset_id = e.asset_id AND b.event = 'RESTORED' AND b.at >= e.at)
                        GROUP BY e.asset_id ORDER BY e.asset_id""",
                        "{count} trashed assets are neither in the trash, nor restored, nor in the ledger, for example {asset},"
                                + " trashed by run {run}",
                        RUNBOOK),
                Check.together(
                        "PURGED_EARLY",
                        """
                        SELECT g.asset_id AS asset, g.purge_run_id AS run, g.trashed_at AS trashed, g.purged_at AS purged
                        FROM binday_purged g
                        WHERE TIMESTAMPADD(SECOND, :retentionSeconds, g.trashed_at) > g.purged_at
                        ORDER BY g.purged_at, g.asset_id""",
                        "{count} assets were purged before today's retention was over (it may have been shorter then), for example {asset}, trashed {trashed} and"
                                + " purged {purged} by run {run}",
                        RUNBOOK),
                Check.together(
                        "PURGED_ON_HOLD",
                        """
                        SELECT g.asset_id AS asset, g.purge_run_id AS run, h.held_by AS who
                        FROM binday_purged g JOIN binday_hold h ON h.asset_id = g.asset_id
                        WHERE h.held_at >= g.trashed_at AND h.held_at <= g.purged_at
                          AND (h.released_at IS NULL OR h.released_at > g.purged_at)
                          AND (h.held_until IS NULL OR h.held_until > g.purged_at)
                        ORDER BY g.asset_id""",
                        "{count} assets were purged while on hold, for example {asset}, held by {who}, purged by run {run}",
                        RUNBOOK),
                Check.together(
                        "TRASHED_AT_DIFFERS",
                        """
                        SELECT x.asset_id AS asset, x.trashed_at AS trashed, e.at AS event, e.run_id AS run FROM (
                            SELECT t.asset_id, t.run_id, t.trashed_at FROM binday_trash t
                            UNION ALL SELECT g.asset_id, g.trash_run_id, g.trashed_at FROM binday_purged g) x
                        JOIN binday_event e ON e.run_id = x.run_id AND e.asset_id = x.asset_id AND e.event = 'TRASHED'
                        WHERE ABS(TIMESTAMPDIFF(SECOND, x.trashed_at, e.at)) > 60
                        ORDER BY x.asset_id""",
                        "{count} assets are listed with another time than that of their event, so they can be purged early"
                                + " or late, for example {asset}: {trashed}, and run {run} trashed it at {event}",
                        "keep purges off those that are in the trash: binday hold --id {asset} --reason TEXT; "
                                + RUNBOOK),
                Check.together(
                        "PURGED_BUT_BACK",
                        """
                        SELECT t.asset_id AS asset, g.purge_run_id AS run FROM binday_trash t
                        JOIN binday_purged g ON g.asset_id = t.asset_id AND g.trash_run_id = t.run_id
                        UNION ALL
                        SELECT e.asset_id AS asset, g.purge_run_id AS run FROM binday_event e
                        JOIN binday_purged g ON g.asset_id = e.asset_id AND g.purged_at < e.at
                        WHERE e.event = 'RESTORED' AND NOT EXISTS (
                            SELECT 1 FROM binday_event b
                            WHERE b.asset_id = e.asset_id AND b.event = 'TRASHED' AND b.at >= g.purged_at AND b.at <= e.at)
                        ORDER BY asset""",
                        "{count} assets are in the trash again, or were restored, without their files: they were purged"
                                + " before, for example {asset} by run {run}",
                        RUNBOOK),
                Check.each(
                        "FILES_DIFFER",
                        """
                        SELECT x.run AS run, SUM(x.purged) AS purged, SUM(x.noted) AS noted FROM (
                            SELECT g.purge_run_id AS run, 1 AS purged, 0 AS noted FROM binday_purged g
                            WHERE g.binary_key IS NOT NULL AND g.binary_key <> ''
                            UNION ALL
                            SELECT d.run_id, 0, 1 FROM binday_binary_deletion d
                            WHERE d.state IN ('PENDING', 'DELETED', 'MISSING', 'SHARED')) x
                        GROUP BY x.run HAVING SUM(x.purged) <> SUM(x.noted)""",
                        "run {run} has purged {purged} assets with a file, but {noted} files are noted for deletion",
                        Check.BACKUP),
                Check.each(
                        "NOTES_DIFFER",
                        """
                        SELECT x.run AS run, x.name AS name, SUM(x.tallied) AS tallied, SUM(x.noted) AS noted FROM (
                            SELECT t.run_id AS run, t.name AS name, t.amount AS tallied, 0 AS noted FROM binday_tally t
                            WHERE %s
                            UNION ALL
                            SELECT u.run_id, CONCAT(LOWER(u.fate), '.', u.table_name), 0, 1 FROM binday_unattached u) x
                        GROUP BY x.run, x.name HAVING SUM(x.tallied) <> SUM(x.noted)""".formatted(NOTED),
                        "run {run} has not put back {tallied} references ({name}), but {noted} are noted",
                        Check.BACKUP),
                Check.together(
                        "EVENT_MISSING",
                        """
                        SELECT x.asset_id AS asset, x.run_id AS run, x.event AS event FROM (
                            SELECT t.asset_id, t.run_id, 'TRASHED' AS event FROM binday_trash t
                            UNION ALL SELECT g.asset_id, g.purge_run_id, 'PURGED' FROM binday_purged g
                            UNION ALL SELECT g.asset_id, g.trash_run_id, 'TRASHED' FROM binday_purged g) x
                        WHERE NOT EXISTS (SELECT 1 FROM binday_event e
                                          WHERE e.run_id = x.run_id AND e.asset_id = x.asset_id AND e.event = x.event)
                        ORDER BY x.asset_id""",
                        "{count} changes of assets have no event, for example {event} of {asset} by run {run}",
                        RUNBOOK),
                Check.together(
                        "DONE_WITHOUT_EVENT",
                        """
                        SELECT w.asset_id AS asset, w.run_id AS run FROM binday_work_item w
                        WHERE w.state = 'DONE' AND NOT EXISTS (
                            SELECT 1 FROM binday_event e WHERE e.run_id = w.run_id AND e.asset_id = w.asset_id)
                        ORDER BY w.run_id, w.asset_id""",
                        "{count} assets are done by the items of a run, but have no event of it, for example {asset} of run"
                                + " {run}",
                        RUNBOOK),
                Check.together(
                        "EVENT_WITHOUT_RUN",
                        """
                        SELECT e.asset_id AS asset, e.run_id AS run FROM binday_event e
                        WHERE NOT EXISTS (SELECT 1 FROM binday_run r WHERE r.run_id = e.run_id) ORDER BY e.run_id, e.asset_id""",
                        "{count} events belong to no run, so nobody knows who and why, for example that of {asset} by run"
                                + " {run}",
                        "src/docs/runbook.md"),
                Check.together(
                        "LEDGER_MISSING",
                        """
                        SELECT e.asset_id AS asset, e.run_id AS run FROM binday_event e
                        WHERE e.event = 'PURGED' AND NOT EXISTS (
                            SELECT 1 FROM binday_purged g WHERE g.asset_id = e.asset_id AND g.purge_run_id = e.run_id)
                        ORDER BY e.asset_id""",
                        "{count} purged assets are not in the ledger, for example {asset}, purged by run {run}",
                        RUNBOOK),
                Check.together(
                        "RESTORED_BUT_NEVER_TRASHED",
                        """
                        SELECT e.asset_id AS asset, e.run_id AS run FROM binday_event e
                        WHERE e.event = 'RESTORED' AND NOT EXISTS (
                            SELECT 1 FROM binday_event b
                            WHERE b.asset_id = e.asset_id AND b.event = 'TRASHED' AND b.at <= e.at)
                        ORDER BY e.asset_id""",
                        "{count} assets were restored without having been trashed, for example {asset} by run {run}",
                        RUNBOOK),
                Check.together(
                        "RESTORED_BUT_IN_TRASH",
                        """
                        SELECT e.asset_id AS asset, e.run_id AS run FROM binday_trash t
                        JOIN binday_event d ON d.asset_id = t.asset_id AND d.run_id = t.run_id AND d.event = 'TRASHED'
                        JOIN binday_event e ON e.asset_id = t.asset_id AND e.event = 'RESTORED' AND e.at > d.at
                        ORDER BY e.asset_id""",
                        "{count} assets were restored and are in the trash all the same, for example {asset}, restored by run"
                                + " {run}",
                        RUNBOOK),
                Check.each("DONE_TWICE", """
                        SELECT w.run_id AS run, w.asset_id AS asset, COUNT(*) AS times FROM binday_work_item w
                        WHERE w.state = 'DONE' GROUP BY w.run_id, w.asset_id HAVING COUNT(*) > 1""", "run {run} has done {asset} {times} times", RUNBOOK),
                Check.each(
                        "PLAN_TOUCHED",
                        """
                        SELECT r.run_id AS run, (SELECT COUNT(*) FROM binday_event e WHERE e.run_id = r.run_id) AS events
                        FROM binday_run r
                        WHERE r.status = 'AWAITING_APPROVAL' AND EXISTS (
                            SELECT 1 FROM binday_event e WHERE e.run_id = r.run_id)""",
                        "run {run} is a plan, but has changed {events} assets",
                        "src/docs/runbook.md"));
    }
}
