package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.catalog.CatalogInstall;
import io.binday.input.InputSpec;
import io.binday.testing.TestApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.h2.api.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A reference that an editor writes after the others have been copied and before they are removed, in a table that no foreign
 * key guards: it is not removed without a snapshot.
 */
class WrittenInBetweenIT {

    private static final String CATALOG = """
            name: own
            asset: {table: file, id: id}
            references:
              - {table: used, asset: file}
              - {table: page, asset: image, detach: set-null}
            """;
    private static final List<String> TABLES = List.of(
            "CREATE TABLE file (id INT NOT NULL PRIMARY KEY)",
            "CREATE TABLE used (id INT NOT NULL PRIMARY KEY, file INT NOT NULL, KEY (file))",
            "CREATE TABLE page (id INT NOT NULL PRIMARY KEY, image INT NULL, KEY (image))",
            "INSERT INTO file VALUES (1), (2)",
            "INSERT INTO used VALUES (1, 1), (2, 2)",
            "INSERT INTO page VALUES (1, 1), (2, 2)");

    private final String url = TestApplication.h2("between");
    private final List<String> failures = new ArrayList<>();

    @TempDir
    Path folder;

    private TestApplication app;

    @BeforeEach
    void install() throws IOException {
        Path catalog = Files.writeString(folder.resolve("catalog.yml"), CATALOG);
        app = TestApplication.on(url, "binday.catalog=" + catalog);
        TABLES.forEach(app.jdbc()::execute);
        app.the(CatalogInstall.class).install();
    }

    @AfterEach
    void close() {
        app.close();
    }

    @Test
    void aRowIsTakenAlongByTheNextAttempt() {
        RunReport report = trashWhileWriting("INSERT INTO used VALUES (3, 1)", "binday_trash_used");

        assertTakenAlong("used", report);
        assertThat(app.count("SELECT COUNT(*) FROM used")).isEqualTo(1);
    }

    @Test
    void aColumnIsTakenAlongByTheNextAttempt() {
        RunReport report = trashWhileWriting("INSERT INTO page VALUES (3, 1)", "binday_trash_page");

        assertTakenAlong("page", report);
        assertThat(app.count("SELECT COUNT(*) FROM page WHERE image = 1")).isZero();
    }

    private void assertTakenAlong(String table, RunReport report) {
        assertThat(failures)
                .singleElement()
                .asString()
                .contains("table " + table + " changed in between: 1 rows expected, 2 found");
        assertThat(report.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(app.jdbc().queryForList("SELECT id FROM binday_trash_" + table + " ORDER BY id", Integer.class))
                .containsExactly(1, 3);
    }

    /** Trashes the first file; once a snapshot has come into the mirror, an editor executes the statement, once. */
    private RunReport trashWhileWriting(String statement, String mirror) {
        Editor.WRITES.set(new Edit(url, statement));
        app.jdbc()
                .execute("CREATE TRIGGER editor AFTER INSERT ON %s CALL \"%s\""
                        .formatted(mirror, Editor.class.getName()));
        RunRequest request = app.request("trash", new InputSpec.Ids(List.of("1")), true);
        return app.runs()
                .work(
                        app.runs().create(request, true),
                        new RunObserver() {
                            @Override
                            public void retrying(String failure, Duration wait) {
                                failures.add(failure);
                            }
                        },
                        new StopSignal());
    }

    private record Edit(String url, String statement) {}

    /** Called by the database, after all rows of a statement have been inserted. */
    public static final class Editor implements Trigger {

        private static final AtomicReference<Edit> WRITES = new AtomicReference<>();

        @Override
        public void fire(Connection run, Object[] oldRow, Object[] newRow) throws SQLException {
            Edit edit = WRITES.getAndSet(null);
            if (edit != null) {
                try (Connection editor = DriverManager.getConnection(edit.url, "binday", "");
                        Statement sql = editor.createStatement()) {
                    sql.execute(edit.statement);
                }
            }
        }
    }
}
