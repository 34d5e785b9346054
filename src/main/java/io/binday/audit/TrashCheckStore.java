package io.binday.audit;

import io.binday.catalog.BoundCatalog;
import io.binday.catalog.BoundCatalog.Use;
import io.binday.catalog.Dialect;
import io.binday.catalog.MovedTable;
import io.binday.catalog.Reference.Detach;
import io.binday.trash.Fate;
import io.binday.trash.HoldStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the trash, its mirrors, the holds and the outbox should be. */
final class TrashCheckStore {

    /** The codes of those that look at the tables of the catalog. */
    static final List<String> WITH_CATALOG = List.of(
            "ASSET_IN_TWO_PLACES",
            "MIRROR_ROW_MISSING",
            "SNAPSHOT_DIFFERS",
            "SNAPSHOT_LOST",
            "MIRROR_ROW_ORPHANED",
            "REFERENCE_DANGLING");

    private TrashCheckStore() {}

    /** Those that need no catalog. */
    static List<Check> checks() {
        return List.of(
                Check.together(
                        "TRASH_OVERDUE",
                        """
                        SELECT t.asset_id AS asset, t.trashed_at AS since, CONCAT('', :purgeAge) AS age
                        FROM binday_trash t
                        WHERE t.trashed_at < :overdue AND NOT %s
                          AND NOT EXISTS (SELECT 1 FROM binday_hold h WHERE h.asset_id = t.asset_id
                                          AND (h.released_at > :lately OR h.held_until > :lately))
                          AND NOT EXISTS (SELECT 1 FROM binday_event e WHERE e.run_id = t.run_id
                                          AND e.asset_id = t.asset_id AND e.event = 'TRASHED' AND e.at >= :overdue)
                        ORDER BY t.trashed_at, t.asset_id""".formatted(HoldStore.ON_HOLD),
                        "{count} assets are in the trash for more than a day longer than the {age} that they are kept for, for example"
                                + " {asset}, since {since}",
                        "binday purge --older-than {age}, and for every night: binday serve"),
                Check.together(
                        "TRASH_QUARANTINED",
                        """
                        SELECT t.asset_id AS asset, COALESCE(CONCAT('', t.trashed_at), 'no time') AS since
                        FROM binday_trash t WHERE t.trashed_at IS NULL OR t.trashed_at > NOW(6)
                        ORDER BY t.asset_id""",
                        "{count} assets were trashed at no time or in the future, so they are never purged, for example"
                                + " {asset} at {since}",
                        "binday restore --id {asset}, then trash it again; see src/docs/runbook.md"),
                Check.together(
                        "FILES_FAILING",
                        """
                        SELECT d.binary_key AS file, d.attempts AS attempts, COALESCE(d.error, 'not tried for a day') AS why
                        FROM binday_binary_deletion d
                        WHERE d.state = 'PENDING' AND (d.attempts >= 3 OR (d.attempts > 0 AND d.next_attempt_at < :dayAgo))
                        ORDER BY d.attempts DESC, d.id""",
                        "{count} files of purged assets could not be deleted, for example '{file}' after {attempts}"
                                + " attempts: {why}",
                        "mend the binary store; binday serve tries again by itself"),
                Check.together(
                        "HOLD_EXPIRED",
                        """
                        SELECT h.asset_id AS asset, MAX(h.held_until) AS until, MAX(h.held_by) AS who
                        FROM binday_hold h JOIN binday_trash t ON t.asset_id = h.asset_id
                        WHERE h.released_at IS NULL AND h.held_until <= NOW(6) AND NOT %s
                        GROUP BY h.asset_id ORDER BY h.asset_id""".formatted(HoldStore.ON_HOLD),
                        "the holds of {count} assets are over, and the next purge may take them, for example {asset}, held"
                                + " by {who} until {until}",
                        "binday release --id {asset} --reason TEXT, or hold it for longer"),
                Check.together(
                        "HOLD_WITHOUT_ASSET",
                        """
                        SELECT h.asset_id AS asset, h.held_by AS who, h.held_at AS since FROM binday_hold h
                        WHERE %s AND NOT EXISTS (SELECT 1 FROM binday_trash t WHERE t.asset_id = h.asset_id)
                        ORDER BY h.asset_id""".formatted(HoldStore.ACTIVE),
                        "{count} holds keep nothing, as their assets are not in the trash, for example that of {asset} by {who}"
                                + " since {since}; they may have been those of other assets",
                        "binday asset history {asset}; src/docs/runbook.md"));
    }

    /** Those that look at the tables of the catalog. */
    static List<Check> checks(BoundCatalog catalog) {
        MovedTable asset = catalog.asset();
        List<Check> checks = new ArrayList<>();
        checks.add(Check.together(
                "ASSET_IN_TWO_PLACES",
                """
                SELECT t.asset_id AS asset, t.run_id AS run FROM binday_trash t
                JOIN %s s ON s.%s = %s ORDER BY t.asset_id""".formatted(asset.table(), asset.asset(), asset.comparable("t.asset_id")),
                "{count} assets are live and in the trash, for example {asset}, trashed by run {run}; the CMS may have"
                        + " made them again",
                "look at both: binday asset history {asset}"));
        checks.add(Check.together(
                "MIRROR_ROW_MISSING",
                """
                SELECT t.asset_id AS asset, t.run_id AS run FROM binday_trash t
                LEFT JOIN %s m ON m.%s = %s WHERE m.%s IS NULL ORDER BY t.asset_id""".formatted(asset.mirror(), asset.asset(), asset.comparable("t.asset_id"), asset.asset()),
                "{count} assets in the trash have no snapshot in " + asset.mirror()
                        + ", for example {asset}, trashed by run" + " {run}; they cannot be restored",
                Check.BACKUP));
        catalog.catalog().asset().bytes().ifPresent(bytes -> checks.add(swapped(asset, Dialect.quote(bytes))));
        catalog.catalog()
                .asset()
                .binaryKey()
                .ifPresent(key -> checks.add(otherFile(asset, catalog.dialect(), Dialect.quote(key))));
        checks.add(orphaned(asset));
        for (Use use : catalog.references()) {
            checks.add(orphaned(use.table()));
            checks.add(lost(use.table()));
            if (use.reference().detach() != Detach.JSON_REMOVE
                    && use.reference().under().isEmpty()) {
                checks.add(dangling(use.table(), asset));
            }
        }
        return checks;
    }

    /** Snapshots under the IDs of each other would be restored so. Sizes tell assets apart, and are rounded in the list. */
    private static Check swapped(MovedTable asset, String bytes) {
        return Check.together(
                "SNAPSHOT_DIFFERS",
                """
                SELECT t.asset_id AS asset, t.bytes AS listed, m.%3$s AS kept FROM binday_trash t
                JOIN %1$s m ON m.%2$s = %4$s WHERE t.bytes > m.%3$s + 1 OR m.%3$s > t.bytes + 1 ORDER BY t.asset_id""".formatted(asset.mirror(), asset.asset(), bytes, asset.comparable("t.asset_id")),
                "{count} assets have another size in the trash list than in " + asset.mirror()
                        + ", for example {asset}: {listed} and {kept} bytes (has the catalog named another column since?)",
                Check.BACKUP);
    }

    /** A purge deletes the file that the list names. */
    private static Check otherFile(MovedTable asset, Dialect dialect, String key) {
        return Check.together(
                "SNAPSHOT_DIFFERS",
                """
                SELECT t.asset_id AS asset, t.binary_key AS listed, m.%3$s AS kept FROM binday_trash t
                JOIN %1$s m ON m.%2$s = %4$s WHERE t.binary_key <> %5$s ORDER BY t.asset_id""".formatted(
                        asset.mirror(), asset.asset(), key, asset.comparable("t.asset_id"), dialect.exact("m." + key)),
                "{count} assets have another file in the trash list than in " + asset.mirror()
                        + ", for example {asset}: '{listed}' and '{kept}' (has the catalog named another column since?);"
                        + " a purge would delete the one of the list",
                "keep purges off them: binday hold --id {asset} --reason TEXT; " + Check.BACKUP);
    }

    private static Check orphaned(MovedTable table) {
        return Check.together(
                "MIRROR_ROW_ORPHANED",
                """
                SELECT %4$s AS asset FROM %2$s m
                WHERE NOT EXISTS (SELECT 1 FROM binday_trash t WHERE m.%1$s = %3$s) ORDER BY m.%1$s""".formatted(table.asset(), table.mirror(), table.comparable("t.asset_id"), table.assetText("m")),
                "{count} rows of " + table.mirror() + " belong to no asset in the trash, for example to {asset}",
                "binday asset history {asset}; src/docs/runbook.md");
    }

    /** What runs have taken off and neither put back, nor noted, nor purged has to be in the mirror. */
    private static Check lost(MovedTable table) {
        String name = table.name().replace("'", "''");
        return Check.each(
                "SNAPSHOT_LOST",
                """
                SELECT c.* FROM (
                    SELECT COALESCE(SUM(CASE WHEN t.name = '%4$s.%1$s' THEN t.amount ELSE -t.amount END), 0) AS taken,
                        (SELECT COUNT(*) FROM %2$s) AS there
                    FROM binday_tally t WHERE t.name IN (%3$s)) c
                WHERE c.taken > c.there""".formatted(
                                name,
                                table.mirror(),
                                Stream.of(Fate.values())
                                        .map(fate -> "'" + fate.key() + "." + name + "'")
                                        .collect(Collectors.joining(", ")),
                                Fate.DETACHED.key()),
                "by the counts of the runs " + table.mirror() + " has to keep {taken} snapshots, but there are {there}",
                Check.BACKUP);
    }

    private static Check dangling(MovedTable table, MovedTable asset) {
        return Check.together(
                "REFERENCE_DANGLING",
                """
                SELECT t.asset_id AS asset, 0 AS purged FROM binday_trash t JOIN %2$s s ON s.%1$s = %5$s%7$s
                WHERE NOT EXISTS (SELECT 1 FROM %3$s a WHERE a.%4$s = %8$s)
                UNION ALL
                SELECT g.asset_id AS asset, 1 AS purged FROM binday_purged g JOIN %2$s s ON s.%1$s = %6$s%7$s
                WHERE NOT EXISTS (SELECT 1 FROM %3$s a WHERE a.%4$s = %9$s)
                  AND NOT EXISTS (SELECT 1 FROM binday_trash t WHERE t.asset_id = g.asset_id)
                ORDER BY purged, asset""".formatted(
                                table.asset(),
                                table.table(),
                                asset.table(),
                                asset.asset(),
                                table.comparable("t.asset_id"),
                                table.comparable("g.asset_id"),
                                table.filter("s"),
                                asset.comparable("t.asset_id"),
                                asset.comparable("g.asset_id")),
                "{count} rows of " + table.table()
                        + " use an asset that is in the trash or purged, for example {asset}",
                "take the row off the entry in the CMS, or, where the asset is in the trash: binday restore --id {asset}");
    }
}
