package io.binday.platform;

import java.sql.Statement;
import org.flywaydb.core.api.migration.Context;
import org.springframework.stereotype.Component;

/**
 * Up to version 3 of the schema runs did not tally how many items they have and how many of them were rejected; what has such a
 * run is counted from its items, so that it can be called COMPLETED and listed like any other one.
 */
@Component
class EarlierTalliesMigration extends RepeatableMigration {

    private static final String EARLIER = """
            FROM binday_run r
            WHERE r.staged_at IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM binday_tally t WHERE t.run_id = r.run_id AND t.name = 'items')
              AND EXISTS (SELECT 1 FROM binday_work_item w WHERE w.run_id = r.run_id)""";

    EarlierTalliesMigration() {
        super("10", "tallies of earlier runs");
    }

    @Override
    public void migrate(Context context) throws Exception {
        try (Statement statement = context.getConnection().createStatement()) {
            // What a later version has tallied since is not counted twice, nor is anything when this is done again.
            statement.execute("""
                    INSERT INTO binday_tally (run_id, name, worker, amount)
                    SELECT c.run_id, 'rejected', 0, c.missing FROM (
                        SELECT r.run_id,
                            (SELECT COUNT(*) FROM binday_work_item w WHERE w.run_id = r.run_id AND w.state = 'REJECTED')
                            - COALESCE((SELECT SUM(t.amount) FROM binday_tally t
                                        WHERE t.run_id = r.run_id AND t.name = 'rejected'), 0) AS missing
                        %s) c
                    WHERE c.missing > 0
                    ON DUPLICATE KEY UPDATE amount = amount + VALUES(amount)""".formatted(EARLIER));
            statement.execute("""
                    INSERT INTO binday_tally (run_id, name, worker, amount)
                    SELECT c.run_id, 'items', 0, c.found FROM (
                        SELECT r.run_id,
                            (SELECT COUNT(*) FROM binday_work_item w WHERE w.run_id = r.run_id) AS found
                        %s) c""".formatted(EARLIER));
        }
    }
}
