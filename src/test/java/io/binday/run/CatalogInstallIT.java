package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binday.catalog.CatalogCheck;
import io.binday.catalog.CatalogInstall;
import io.binday.catalog.Finding;
import io.binday.testing.OnMySql;
import io.binday.trash.Fate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to mirrors, and to what is in them, when tables change while assets are in the trash. */
@OnMySql
class CatalogInstallIT {

    @TempDir
    Path folder;

    @Test
    void givesRowsInTheTrashTheDefaultsOfColumnsThatWereAdded() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT PRIMARY KEY, gone POINT NOT NULL);
                INSERT INTO file VALUES (1, POINT(1, 1)), (2, POINT(2, 2));
                """);
        try (OwnDatabase own = OwnDatabase.installed(folder, url, OwnDatabase.ID_CATALOG)) {
            own.run("trash", "1");
            own.jdbc()
                    .execute(
                            "ALTER TABLE file ADD COLUMN access INT NOT NULL DEFAULT 7, ADD COLUMN word VARCHAR(9) NOT NULL DEFAULT 'it''s',"
                                    + " ADD COLUMN bits BIT(4) NOT NULL DEFAULT b'101', ADD COLUMN at DATETIME(6) NULL DEFAULT CURRENT_TIMESTAMP(6),"
                                    + " ADD COLUMN doc JSON NULL DEFAULT (JSON_ARRAY(1)), DROP COLUMN gone,"
                                    + " ADD COLUMN old VARCHAR(9) CHARACTER SET latin1 NOT NULL DEFAULT 'ü\\\\',"
                                    + " ADD COLUMN raw VARBINARY(9) NULL DEFAULT 0x00FF,"
                                    + " ADD COLUMN face VARCHAR(20) NOT NULL DEFAULT '😀 DEFAULT (',"
                                    + " ADD COLUMN odd VARCHAR(9) NOT NULL DEFAULT 'b''zz' COMMENT 'it''s, DEFAULT 1',"
                                    + " ADD COLUMN said VARCHAR(9) NOT NULL DEFAULT (CONCAT('it''s', ' \\\\')),"
                                    + " ADD COLUMN kind ENUM('a DEFAULT b', 'c') NOT NULL DEFAULT 'c'");
            // By a connection of its own: those of the application are in UTC.
            OwnDatabase.execute(
                    url,
                    "SET time_zone = '+02:00';\nALTER TABLE file ADD COLUMN since TIMESTAMP NOT NULL DEFAULT '2020-01-01 02:00:00'");
            assertThat(own.app.the(CatalogCheck.class).findings())
                    .extracting(Finding::code)
                    .containsOnly("MIRROR_BEHIND");
            own.jdbc().execute("CREATE TABLE binday_trash_renamed (binday_row BIGINT PRIMARY KEY)");
            own.app.the(CatalogInstall.class).install();
            assertThat(own.app.the(CatalogCheck.class).findings()).isEmpty();

            own.jdbc().update("INSERT INTO binday_trash_renamed VALUES (1)");
            assertThat(own.app.the(CatalogCheck.class).findings())
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.code()).isEqualTo("MIRROR_UNKNOWN");
                        assertThat(finding.toString()).contains("binday_trash_renamed");
                    });
            own.jdbc().update("DELETE FROM binday_trash_renamed");
            assertThat(own.run("restore", "1").items().done()).isEqualTo(1);
            assertThat(own.run("trash", "2").items().done()).isEqualTo(1);

            assertThat(own.jdbc()
                            .queryForObject(
                                    "SELECT CONCAT_WS(' ', access, word, bits + 0, doc, old, HEX(raw), face, odd, said, kind, UNIX_TIMESTAMP(since)) FROM file",
                                    String.class))
                    .isEqualTo("7 it's 5 [1] ü\\ 00FF 😀 DEFAULT ( b'zz it's \\ c 1577836800");
        }
    }

    @Test
    void letsTheDatabaseNumberWhatWasInTheTrashWhenTheNumbersWereAdded() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT PRIMARY KEY);
                CREATE TABLE used (file INT, page INT, KEY (file));
                INSERT INTO file VALUES (1), (2);
                INSERT INTO used VALUES (1, 10), (1, 11), (2, 20), (2, 21);
                """);
        try (OwnDatabase own =
                OwnDatabase.installed(folder, url, OwnDatabase.ID_CATALOG + "  - {table: used, asset: file}\n")) {
            own.run("trash", "1");
            own.jdbc().execute("ALTER TABLE used ADD COLUMN number INT NOT NULL AUTO_INCREMENT PRIMARY KEY FIRST");
            own.jdbc().execute("ALTER TABLE file ADD COLUMN number INT NOT NULL AUTO_INCREMENT UNIQUE");
            own.app.the(CatalogInstall.class).install();
            assertThat(own.app.the(CatalogCheck.class).findings()).isEmpty();
            own.run("trash", "2");

            RunReport restore = own.run("restore", "1", "2");

            assertThat(restore.references(Fate.REATTACHED)).isEqualTo(Map.of("used", 4L));
            assertThat(own.jdbc().queryForList("SELECT number FROM used WHERE file = 2 ORDER BY page", Integer.class))
                    .containsExactly(1, 2);
            assertThat(own.app.count("SELECT COUNT(DISTINCT number) FROM used")).isEqualTo(4);
            assertThat(own.app.count("SELECT COUNT(DISTINCT number) FROM file")).isEqualTo(2);
        }
    }

    @Test
    void wantsAValueForWhatIsInTheTrashWhereOnlyTheCmsKnowsIt() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT PRIMARY KEY, note VARCHAR(10) NULL);
                CREATE TABLE avatar (user INT PRIMARY KEY, file INT NULL, KEY (file));
                INSERT INTO file VALUES (1, NULL), (2, 'b');
                INSERT INTO avatar VALUES (1, 1);
                """);
        String catalog = OwnDatabase.ID_CATALOG + "  - {table: avatar, asset: file, detach: set-null}\n";
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            CatalogInstall install = own.app.the(CatalogInstall.class);
            own.run("trash", "1", "2");
            own.jdbc().execute("ALTER TABLE file ADD COLUMN state VARCHAR(10) NOT NULL");
            assertThatThrownBy(install::install)
                    .hasMessageContaining("column state of file must have a value and has no default")
                    .hasMessageContaining("ALTER TABLE `binday_trash_file` ADD COLUMN `state` varchar(10)");
            own.jdbc()
                    .execute("ALTER TABLE `binday_trash_file` ADD COLUMN `state` varchar(10) NOT NULL DEFAULT 'draft'");
            own.jdbc().execute("ALTER TABLE file MODIFY note VARCHAR(20) NOT NULL");
            assertThatThrownBy(install::install).hasMessageContaining("column note of file must have a value");
            own.jdbc().execute("ALTER TABLE file ALTER note SET DEFAULT 'none'");
            install.install();
            own.jdbc()
                    .execute(
                            "ALTER TABLE file ADD COLUMN b INT NOT NULL DEFAULT 5, ADD COLUMN slug VARCHAR(10) NULL DEFAULT '-'");
            own.jdbc()
                    .execute(
                            "ALTER TABLE file ADD COLUMN a INT NOT NULL DEFAULT (b + 1) AFTER id, ADD UNIQUE KEY (slug)");
            install.install();
            assertThat(own.app.the(CatalogCheck.class).findings()).isEmpty();

            assertThat(own.run("restore", "1", "2").items().done()).isEqualTo(2);

            assertThat(own.jdbc()
                            .queryForList(
                                    "SELECT CONCAT_WS(' ', id, note, state, a, b, slug) FROM file ORDER BY id",
                                    String.class))
                    .containsExactly("1 none draft 6 5", "2 b draft 6 5");
            own.run("trash", "1");
            own.jdbc()
                    .execute(
                            "ALTER TABLE avatar ADD COLUMN site INT NOT NULL DEFAULT 0, DROP PRIMARY KEY, ADD PRIMARY KEY (user, site)");
            assertThatThrownBy(install::install)
                    .hasMessageContaining("the mirror `binday_trash_avatar` holds snapshots that say nothing of site");
        }
    }

    @Test
    void asksWhereOneDefaultForAllWouldLetOnlyOneComeBack() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT PRIMARY KEY, title VARCHAR(20) CHARACTER SET latin1);
                CREATE TABLE used (file INT NOT NULL, entry INT, slug VARCHAR(20) NULL UNIQUE, alt VARCHAR(20) NULL, KEY (file));
                INSERT INTO file VALUES (1, 'é');
                INSERT INTO used VALUES (1, 1, NULL, 'sunset'), (1, 2, NULL, NULL);
                """);
        try (OwnDatabase own =
                OwnDatabase.installed(folder, url, OwnDatabase.ID_CATALOG + "  - {table: used, asset: file}\n")) {
            CatalogInstall install = own.app.the(CatalogInstall.class);
            own.run("trash", "1");
            own.jdbc()
                    .execute(
                            "ALTER TABLE used ADD COLUMN position INT NOT NULL DEFAULT 0, ADD UNIQUE KEY (file, position)");
            assertThatThrownBy(install::install).hasMessageContaining("column position of used is in a unique key");
            own.jdbc().execute("ALTER TABLE binday_trash_used ADD COLUMN position INT NULL");
            own.jdbc().execute("UPDATE binday_trash_used SET position = entry WHERE position IS NULL");
            own.jdbc().execute("ALTER TABLE used MODIFY slug VARCHAR(20) NOT NULL DEFAULT 'q'");
            assertThatThrownBy(install::install).hasMessageContaining("column slug of used is in a unique key");
            own.jdbc().execute("UPDATE binday_trash_used SET slug = CONCAT('s', entry) WHERE slug IS NULL");
            own.jdbc().execute("ALTER TABLE used MODIFY alt VARCHAR(20) NOT NULL");
            assertThatThrownBy(install::install)
                    .hasMessageContaining("UPDATE `binday_trash_used` SET `alt` = … WHERE `alt` IS NULL");
            own.jdbc().execute("UPDATE binday_trash_used SET alt = 'none' WHERE alt IS NULL");
            own.jdbc().execute("ALTER TABLE used ADD COLUMN token VARCHAR(36) NULL");
            own.jdbc().execute("ALTER TABLE used ALTER token SET DEFAULT (UUID())");
            own.jdbc().execute("ALTER TABLE file CHANGE title name VARCHAR(40) CHARACTER SET utf8mb4");
            assertThatThrownBy(install::install).hasMessageContaining("holds values of title, which it has no more");
            own.jdbc().execute("ALTER TABLE binday_trash_file RENAME COLUMN title TO name");
            install.install();
            assertThat(own.app.the(CatalogCheck.class).findings()).isEmpty();

            assertThat(own.run("restore", "1").references(Fate.REATTACHED)).isEqualTo(Map.of("used", 2L));

            assertThat(own.jdbc()
                            .queryForList(
                                    "SELECT CONCAT_WS(' ', entry, slug, alt, position, LENGTH(token)) FROM used ORDER BY entry",
                                    String.class))
                    .containsExactly("1 s1 sunset 1 36", "2 s2 none 2 36");
            assertThat(own.jdbc().queryForObject("SELECT name FROM file", String.class))
                    .isEqualTo("é");
        }
    }

    @Test
    void asksForValuesOfAKeyThatHasChangedThoughTheFormerOneIsStillThere() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT PRIMARY KEY);
                CREATE TABLE page (id INT PRIMARY KEY, uid INT NOT NULL, file INT NULL, KEY (file));
                INSERT INTO file VALUES (1);
                INSERT INTO page VALUES (1, 101, 1);
                """);
        String catalog = OwnDatabase.ID_CATALOG + "  - {table: page, asset: file, detach: set-null}\n";
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            own.run("trash", "1");
            own.jdbc().execute("ALTER TABLE page DROP PRIMARY KEY, ADD PRIMARY KEY (uid)");
            assertThatThrownBy(() -> own.app.the(CatalogInstall.class).install())
                    .hasMessageContaining("say nothing of uid, by which they would be found");
        }
    }

    @Test
    void widensAColumnThatTheDatabaseNumbersWhileTheTrashHasNoNumbers() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT PRIMARY KEY);
                INSERT INTO file VALUES (1);
                """);
        try (OwnDatabase own = OwnDatabase.installed(folder, url, OwnDatabase.ID_CATALOG)) {
            own.run("trash", "1");
            own.jdbc().execute("ALTER TABLE file ADD COLUMN number INT NOT NULL AUTO_INCREMENT UNIQUE");
            own.app.the(CatalogInstall.class).install();
            own.jdbc().execute("ALTER TABLE file MODIFY number BIGINT NOT NULL AUTO_INCREMENT");
            own.app.the(CatalogInstall.class).install();
            assertThat(own.app.the(CatalogCheck.class).findings()).isEmpty();
            assertThat(own.run("restore", "1").items().done()).isEqualTo(1);
        }
    }

    @Test
    void asksWhetherAColumnWasRenamedWhileItsValuesAreInTheTrash() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT PRIMARY KEY, title VARCHAR(20) NOT NULL, note VARCHAR(20));
                INSERT INTO file VALUES (1, 'a', NULL), (2, 'b', NULL);
                """);
        try (OwnDatabase own = OwnDatabase.installed(folder, url, OwnDatabase.ID_CATALOG)) {
            CatalogInstall install = own.app.the(CatalogInstall.class);
            own.run("trash", "1");
            own.jdbc().execute("ALTER TABLE file RENAME COLUMN title TO label, DROP COLUMN note");
            assertThatThrownBy(install::install)
                    .hasMessageContaining("holds values of title, which it has no more")
                    .hasMessageContaining(
                            "ALTER TABLE `binday_trash_file` RENAME COLUMN `title` TO `label`\n    if it is another one");
            own.jdbc().execute("ALTER TABLE `binday_trash_file` RENAME COLUMN `title` TO `label`");
            install.install();

            own.run("restore", "1");

            assertThat(own.jdbc().queryForList("SELECT label FROM file ORDER BY id", String.class))
                    .containsExactly("a", "b");
        }
    }

    @Test
    void asksAlsoWhereARenamedColumnHasAnotherTypeNow() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT PRIMARY KEY, title VARCHAR(20));
                INSERT INTO file VALUES (1, 'a'), (2, 'b');
                """);
        try (OwnDatabase own = OwnDatabase.installed(folder, url, OwnDatabase.ID_CATALOG)) {
            own.run("trash", "1");
            own.jdbc().execute("ALTER TABLE file CHANGE title label VARCHAR(10)");

            assertThatThrownBy(() -> own.app.the(CatalogInstall.class).install())
                    .hasMessageContaining("holds values of title, which it has no more");
        }
    }

    @Test
    void changesNoTimeOfASnapshotWhenItFillsAColumnIn() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT PRIMARY KEY, at TIMESTAMP NOT NULL);
                INSERT INTO file VALUES (1, '2026-01-02 03:04:05');
                """);
        try (OwnDatabase own = OwnDatabase.installed(folder, url, OwnDatabase.ID_CATALOG)) {
            own.jdbc()
                    .execute("ALTER TABLE binday_trash_file MODIFY at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP"
                            + " ON UPDATE CURRENT_TIMESTAMP");
            own.run("trash", "1");
            own.jdbc().execute("ALTER TABLE file ADD COLUMN meta JSON NOT NULL DEFAULT (JSON_OBJECT())");
            own.app.the(CatalogInstall.class).install();

            assertThat(own.run("restore", "1").items().done()).isEqualTo(1);
            assertThat(own.jdbc().queryForObject("SELECT CONCAT(at, ' ', meta) FROM file", String.class))
                    .isEqualTo("2026-01-02 03:04:05 {}");
        }
    }

    @Test
    void refusesColumnsThatSnapshotsWouldBeFoundBy() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT PRIMARY KEY);
                CREATE TABLE used (file INT, page INT, KEY (file));
                CREATE TABLE article (slug VARCHAR(20) PRIMARY KEY, hero INT, KEY (hero));
                INSERT INTO file VALUES (1);
                INSERT INTO used VALUES (1, 10), (1, 11);
                INSERT INTO article VALUES ('a', 1);
                """);
        String catalog = OwnDatabase.ID_CATALOG
                + "  - {table: used, asset: file}\n  - {table: article, asset: hero, detach: set-null}\n";
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            CatalogInstall install = own.app.the(CatalogInstall.class);
            own.run("trash", "1");
            own.jdbc().execute("ALTER TABLE used ADD COLUMN code CHAR(4) NOT NULL DEFAULT 'x', ADD UNIQUE KEY (code)");
            assertThatThrownBy(install::install).hasMessageContaining("column code of used is in a unique key");
            own.jdbc().execute("ALTER TABLE used DROP KEY code, ADD UNIQUE KEY (page, code)");
            own.jdbc()
                    .execute("ALTER TABLE article DROP PRIMARY KEY, ADD COLUMN id INT NOT NULL DEFAULT 7 PRIMARY KEY");
            assertThatThrownBy(install::install)
                    .hasMessageContaining("the mirror `binday_trash_article` holds snapshots that say nothing of id");
            own.jdbc().execute("ALTER TABLE binday_trash_article ADD COLUMN id INT NOT NULL DEFAULT 7");
            assertThatThrownBy(install::install).hasMessageContaining("rows that were known by slug");
            own.jdbc().execute("ALTER TABLE binday_trash_article MODIFY slug VARCHAR(20) NULL");
            install.install();

            RunReport restore = own.run("restore", "1");

            assertThat(restore.references(Fate.REATTACHED)).isEqualTo(Map.of("used", 2L, "article", 1L));
        }
    }

    @Test
    void saysWhichChangeOfAMirrorTheDatabaseRefuses() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id VARCHAR(20) COLLATE utf8mb4_bin PRIMARY KEY, twice INT AS (1));
                INSERT INTO file (id) VALUES ('a');
                """);
        String catalog = "name: own\nasset: {table: file, id: id, id-pattern: \".+\"}\nreferences: []\n";
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            own.run("trash", "a");
            own.jdbc().execute("ALTER TABLE file ADD COLUMN next INT NOT NULL DEFAULT (twice + 1)");
            assertThatThrownBy(() -> own.app.the(CatalogInstall.class).install())
                    .hasMessageContaining("Unknown column 'twice'")
                    .hasMessageContaining("UPDATE `binday_trash_file` SET `next`");
        }
    }

    @Test
    void bringsMirrorsUpToDateAndNeverLosesWhatIsInThem() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT PRIMARY KEY, name VARCHAR(10) NOT NULL, old INT);
                INSERT INTO file VALUES (1, 'a', 1), (2, 'b', 2);
                """);
        try (OwnDatabase own = OwnDatabase.installed(folder, url, OwnDatabase.ID_CATALOG)) {
            own.run("trash", "1");
            own.jdbc().execute("ALTER TABLE file MODIFY name VARCHAR(200) NULL, ADD COLUMN new JSON, DROP COLUMN old");
            assertThat(own.app.the(CatalogCheck.class).findings())
                    .extracting(Finding::code)
                    .containsOnly("MIRROR_BEHIND");

            List<String> done = own.app.the(CatalogInstall.class).install();

            assertThat(done).hasSize(2).noneMatch(statement -> statement.contains("DROP"));
            assertThat(own.app.the(CatalogInstall.class).plan()).isEmpty();
            assertThat(own.app.the(CatalogCheck.class).findings()).isEmpty();
            own.run("trash", "2");
            assertThat(own.run("restore", "1", "2").items().done()).isEqualTo(2);
        }
    }

    @Test
    void changesNoIdsInAMirrorThatHoldsSome() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT PRIMARY KEY);
                CREATE TABLE used (id INT PRIMARY KEY, file VARCHAR(20) COLLATE utf8mb4_0900_ai_ci, word VARCHAR(20) COLLATE utf8mb4_bin, KEY (file));
                INSERT INTO file VALUES (1);
                INSERT INTO used VALUES (1, '1', 'a');
                """);
        try (OwnDatabase own =
                OwnDatabase.installed(folder, url, OwnDatabase.ID_CATALOG + "  - {table: used, asset: file}\n")) {
            own.run("trash", "1");
            own.jdbc().execute("ALTER TABLE used MODIFY word VARCHAR(20) COLLATE utf8mb4_0900_ai_ci");
            own.app.the(CatalogInstall.class).install();
            for (String type : List.of("VARCHAR(20) COLLATE utf8mb4_bin", "TEXT COLLATE utf8mb4_0900_ai_ci")) {
                own.jdbc().execute("ALTER TABLE used DROP KEY file, MODIFY file " + type + ", ADD KEY file (file(10))");
                assertThatThrownBy(() -> own.app.the(CatalogInstall.class).install())
                        .hasMessageContaining("the mirror `binday_trash_used` holds file as varchar(20)");
            }
        }
    }
}
