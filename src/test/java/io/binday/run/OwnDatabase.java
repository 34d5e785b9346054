package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.audit.Audit;
import io.binday.audit.AuditFinding;
import io.binday.catalog.CatalogInstall;
import io.binday.input.InputSpec;
import io.binday.testing.MySqlServer;
import io.binday.testing.TestApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A database that somebody else has designed, on MySQL, with a catalog that describes it. */
final class OwnDatabase implements AutoCloseable {

    /** A table of files with the IDs 1 to 4 and 12, and the beginning of a catalog for it. */
    static final String FILES = """
            CREATE TABLE file (id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, name VARCHAR(100), size BIGINT);
            INSERT INTO file (id, name, size) VALUES (1, 'a', 10), (2, 'b', 20), (3, 'c', 30), (4, 'd', 40), (12, 'l', 50);
            """;

    static final String FILE_CATALOG = """
            name: own
            asset: {table: file, id: id, label: name, bytes: size}
            references:
            """;

    /** The beginning of a catalog for a table of files that has only IDs. */
    static final String ID_CATALOG = "name: own\nasset: {table: file, id: id}\nreferences:\n";

    final String url;
    final TestApplication app;

    private OwnDatabase(String url, TestApplication app) {
        this.url = url;
        this.app = app;
    }

    /** Executes statements separated by a semicolon at the end of a line, in a schema that has the tables of the product already. */
    static String database(String script) {
        MySqlServer server = MySqlServer.shared();
        return made(server.url(server.migratedSchema()), script);
    }

    /** The same in a schema in which the product has never been. */
    static String databaseOfOthers(String script) {
        MySqlServer server = MySqlServer.shared();
        return made(server.url(server.freshSchema()), script);
    }

    private static String made(String url, String script) {
        execute(url, script);
        return url;
    }

    static void execute(String url, String script) {
        JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(url, true));
        for (String statement : script.split(";\\s*\n", -1)) {
            if (!statement.isBlank()) {
                jdbc.execute(statement);
            }
        }
    }

    static OwnDatabase open(Path folder, String url, String catalog) throws IOException {
        Path file = Files.writeString(folder.resolve("catalog.yml"), catalog);
        return new OwnDatabase(url, TestApplication.on(url, "binday.catalog=" + file, "binday.run.chunk-size=4"));
    }

    /** With mirrors. */
    static OwnDatabase installed(Path folder, String url, String catalog) throws IOException {
        OwnDatabase database = open(folder, url, catalog);
        database.app.the(CatalogInstall.class).install();
        return database;
    }

    JdbcTemplate jdbc() {
        return app.jdbc();
    }

    RunReport run(String operation, String... ids) {
        return run(operation, new InputSpec.Ids(List.of(ids)));
    }

    RunReport run(String operation, InputSpec spec) {
        RunRequest request = app.request(operation, spec, true);
        long run = app.runs().create(request, true);
        return app.work(run);
    }

    /** A run that waits for approval. */
    long plan(String operation, String... ids) {
        long run = app.runs().create(app.request(operation, new InputSpec.Ids(List.of(ids)), false), true);
        app.work(run);
        return run;
    }

    /** A checksum over every byte of every row, by table; quoted names. */
    Map<String, String> checksums(String... tables) {
        Map<String, String> checksums = new TreeMap<>();
        for (String table : tables) {
            Object sum =
                    jdbc().queryForMap("CHECKSUM TABLE " + table + " EXTENDED").get("Checksum");
            checksums.put(table, sum + " of " + app.count("SELECT COUNT(*) FROM " + table));
        }
        return checksums;
    }

    @Override
    public void close() {
        try (app) {
            assertThat(app.the(Audit.class).report(true).findings())
                    .extracting(AuditFinding::code)
                    .doesNotContain("SNAPSHOT_LOST", "DONE_WITHOUT_EVENT");
        }
    }
}
