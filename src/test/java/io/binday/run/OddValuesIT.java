package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.catalog.CatalogInstall;
import io.binday.input.InputSpec;
import io.binday.testing.OnMySql;
import io.binday.testing.TestApplication;
import io.binday.trash.Fate;
import io.binday.trash.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values and names that few tables have, and that one of them must not keep a run from the others. */
@OnMySql
class OddValuesIT {

    @TempDir
    private Path folder;

    @Test
    void namesAPlaceByItsBitsAndShapes() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT PRIMARY KEY);
                INSERT INTO file VALUES (1);
                CREATE TABLE flag (bits BIT(8), at POINT NOT NULL, file INT, PRIMARY KEY (bits), KEY (file));
                INSERT INTO flag VALUES (255, POINT(1, 2), 1), (254, POINT(3, 4), 1);
                """);
        String catalog = OwnDatabase.ID_CATALOG
                + "  - {table: flag, asset: file, place: [bits, at], owner: {label: flags, column: bits}}\n";
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            RunReport trash = own.run("trash", "1");
            own.jdbc().update("INSERT INTO flag VALUES (255, POINT(1, 2), NULL), (254, POINT(3, 4), NULL)");

            assertThat(own.run("restore", "1").references(Fate.SLOT_TAKEN)).isEqualTo(Map.of("flag", 2L));

            assertThat(trash.run().plan().map(Plan::owners)).contains(Map.of("flags", 2L));
            assertThat(own.jdbc().queryForList("SELECT place FROM binday_unattached ORDER BY place", String.class))
                    .containsExactly("bits=254, at=POINT(3 4)", "bits=255, at=POINT(1 2)");
        }
    }

    @Test
    void takesASizeThatNoFileHasForUnknown() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT PRIMARY KEY, size BIGINT UNSIGNED);
                INSERT INTO file VALUES (1, 18446744073709551615), (2, NULL), (3, 7);
                CREATE TABLE rough (id INT PRIMARY KEY, size DOUBLE);
                INSERT INTO rough VALUES (1, 1e300), (2, -1), (3, 6.7);
                """);
        for (String table : List.of("file", "rough")) {
            String catalog = "name: own\nasset: {table: " + table + ", id: id, bytes: size}\nreferences: []\n";
            try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
                Map<String, String> before = own.checksums(table);

                RunReport trash = own.run("trash", "1", "2", "3");

                assertThat(trash.items().done()).isEqualTo(3);
                assertThat(trash.bytes()).contains(7L);
                assertThat(trash.run().plan().flatMap(Plan::bytes)).contains(7L);
                assertThat(own.jdbc()
                                .queryForList("SELECT bytes FROM binday_trash WHERE bytes IS NOT NULL", Long.class))
                        .containsExactly(7L);
                own.run("restore", "1", "2", "3");
                assertThat(own.checksums(table)).isEqualTo(before);
            }
        }
    }

    @Test
    void keepsNoLabelThatIsNoTextAndAVersionThatCannotGrow() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT PRIMARY KEY, name VARBINARY(20), tiny TINYINT, big BIGINT UNSIGNED, fraction DECIMAL(3, 1));
                INSERT INTO file VALUES (1, x'FF00FE', 127, 18446744073709551615, 99.9), (2, 'é', 1, 1, 1.5);
                """);
        for (String version : List.of("tiny", "big", "fraction")) {
            String catalog = "name: own\nasset: {table: file, id: id, label: name, version: %s}\nreferences: []\n"
                    .formatted(version);
            try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
                assertThat(own.run("trash", "1", "2").items().done()).isEqualTo(2);
                assertThat(own.jdbc()
                                .queryForList(
                                        "SELECT COALESCE(label, '-') FROM binday_trash ORDER BY asset_id",
                                        String.class))
                        .containsExactly("-", "é");
                assertThat(own.run("restore", "1", "2").items().done()).isEqualTo(2);
            }
        }

        try (OwnDatabase own = OwnDatabase.open(folder, url, OwnDatabase.ID_CATALOG)) {
            assertThat(own.jdbc()
                            .queryForList(
                                    "SELECT CONCAT_WS(' ', tiny, big, fraction) FROM file ORDER BY id", String.class))
                    .containsExactly("127 18446744073709551615 99.9", "2 2 2.5");
        }
    }

    @Test
    void takesNoNameForAnEscapeOfTheDriver() throws IOException {
        String url = OwnDatabase.database("CREATE TABLE file (id INT PRIMARY KEY)");
        try (OwnDatabase own = OwnDatabase.open(folder, url, OwnDatabase.ID_CATALOG)) {
            own.jdbc()
                    .execute(
                            "CREATE TABLE `w'` (k INT PRIMARY KEY, `{fn now()}` INT, kind ENUM('{d','?'), KEY (`{fn now()}`))");
            own.jdbc().execute("INSERT INTO file VALUES (1)");
            own.jdbc().execute("INSERT INTO `w'` VALUES (1, 1, '{d')");
        }
        String catalog = OwnDatabase.ID_CATALOG + "  - {table: \"w'\", asset: \"{fn now()}\"}\n";
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            Map<String, String> before = own.checksums("`w'`");

            assertThat(own.run("trash", "1").references(Fate.DETACHED)).isEqualTo(Map.of("w'", 1L));
            own.run("restore", "1");

            assertThat(own.checksums("`w'`")).isEqualTo(before);
        }
    }

    @Test
    void givesBackTimesWithAZoneOnTheEmbeddedDatabase() throws IOException {
        Path catalog = Files.writeString(
                folder.resolve("catalog.yml"), "name: own\nasset: {table: file, id: id}\nreferences: []\n");
        try (TestApplication app = TestApplication.on(TestApplication.h2("zones"), "binday.catalog=" + catalog)) {
            app.jdbc()
                    .execute(
                            "CREATE TABLE file (id INT PRIMARY KEY, t TIME(6) WITH TIME ZONE, at TIMESTAMP(9) WITH TIME ZONE)");
            app.jdbc()
                    .update(
                            "INSERT INTO file VALUES (1, '10:00:00.123456+05:30', '2020-01-01 10:00:00.123456789-08:00')");
            app.the(CatalogInstall.class).install();
            String all = "SELECT CONCAT(t, ' ', at) FROM file";
            Optional<String> before = Optional.ofNullable(app.jdbc().queryForObject(all, String.class));

            app.run("trash", new InputSpec.Ids(List.of("1")), true);
            app.run("restore", new InputSpec.Ids(List.of("1")), true);

            assertThat(Optional.ofNullable(app.jdbc().queryForObject(all, String.class)))
                    .isEqualTo(before);
        }
    }
}
