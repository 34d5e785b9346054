package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.audit.Audit;
import io.binday.audit.AuditFinding;
import io.binday.input.InputSpec;
import io.binday.testing.StackContent;
import io.binday.testing.TestApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the contracts of all operations stand on: a sample stack of 100 assets in a database of its own. */
abstract class RunContract {

    static final int ASSETS = 100;

    @TempDir
    Path folder;

    String url = "";
    TestApplication app;
    /** Assets a transaction. */
    int chunk;
    /**
     * At most so many items are settled before anybody is told of it: a chunk, or on MySQL sixteen small ones for each worker, or
     * fewer where two workers meet in a deadlock and one of them is done once more.
     */
    int atOnce;

    StackContent before;
    List<String> assets;

    /** A fresh, empty database. */
    abstract String freshDatabase();

    @BeforeEach
    void createStack() {
        url = freshDatabase();
        boolean sideBySide = url.startsWith("jdbc:mysql:");
        chunk = sideBySide ? 2 : 7;
        atOnce = sideBySide ? 64 : 7;
        app = TestApplication.on(url, "binday.run.chunk-size=" + chunk).withSample(ASSETS);
        before = StackContent.of(app.jdbc());
        assets = app.jdbc().queryForList("SELECT uid FROM asset ORDER BY title", String.class);
    }

    @AfterEach
    void close() {
        try (TestApplication used = app) {
            assertThat(used.the(Audit.class).report(true).findings())
                    .extracting(AuditFinding::code)
                    .doesNotContain("SNAPSHOT_LOST");
        }
    }

    Path csv(List<String> ids) throws IOException {
        return Files.writeString(folder.resolve("in.csv"), "uid\n" + String.join("\n", ids) + "\n");
    }

    static InputSpec spec(Path file) {
        return new InputSpec.Csv(file.toString(), "in.csv", Optional.empty());
    }

    RunRequest request(String operation, InputSpec spec, boolean approved) {
        return app.request(operation, spec, approved);
    }

    /** Does an operation to its end. */
    RunReport run(String operation, InputSpec spec) {
        long run = app.runs().create(request(operation, spec, true), true);
        return app.work(run);
    }

    Set<String> trashed() {
        return new TreeSet<>(app.jdbc().queryForList("SELECT asset_id FROM binday_trash", String.class));
    }

    /** Does something once, as soon as some items are settled and others are not. */
    final class FirstRound implements RunObserver {

        private final Runnable action;
        /** The items settled by then. */
        int done;

        FirstRound(Runnable action) {
            this.action = action;
        }

        @Override
        public void applied(int settled, int rejected) {
            if (done == 0) {
                done = settled;
                assertThat(done).isBetween(1, atOnce);
                action.run();
            }
        }
    }
}
