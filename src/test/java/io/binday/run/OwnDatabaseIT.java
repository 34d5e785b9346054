package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.audit.AssetHistory;
import io.binday.audit.Audit;
import io.binday.audit.AuditFinding;
import io.binday.audit.HistoryEntry;
import io.binday.catalog.CatalogCheck;
import io.binday.catalog.CatalogInstall;
import io.binday.input.InputSpec;
import io.binday.testing.OnMySql;
import io.binday.trash.Fate;
import io.binday.trash.Holds;
import io.binday.trash.Reject;
import io.binday.trash.Rejection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trash and restore on databases with keys and references of every kind. */
@OnMySql
class OwnDatabaseIT {

    @TempDir
    Path folder;

    @Test
    void emptiesAColumnAndFillsItAgainWhereItIsStillEmpty() throws IOException {
        String url = OwnDatabase.database(OwnDatabase.FILES + """
                CREATE TABLE article (
                  lang CHAR(2) CHARACTER SET ascii NOT NULL, number INT NOT NULL, hero INT UNSIGNED NULL,
                  changed TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
                  PRIMARY KEY (lang, number), FOREIGN KEY (hero) REFERENCES file (id) ON DELETE SET NULL);
                INSERT INTO article VALUES ('de', 1, 1, '2020-01-01'), ('en', 1, 1, '2020-01-02'), ('de', 2, 2, '2020-01-03'),
                  ('de', 3, 1, '2020-01-04'), ('de', 4, NULL, '2020-01-05');
                """);
        try (OwnDatabase own = OwnDatabase.installed(
                folder,
                url,
                OwnDatabase.FILE_CATALOG
                        + "  - {table: article, asset: hero, detach: set-null, owner: {label: articles, column: number}}\n")) {
            Map<String, String> before = own.checksums("file", "article");

            RunReport trash = own.run("trash", "1", "2");

            assertThat(trash.references(Fate.DETACHED)).isEqualTo(Map.of("article", 4L));
            assertThat(own.app.count("SELECT COUNT(*) FROM article WHERE hero IS NULL"))
                    .isEqualTo(5);
            assertThat(own.app.count("SELECT COUNT(*) FROM article WHERE changed > '2020-02-01'"))
                    .isZero();
            own.jdbc().update("UPDATE article SET hero = 3 WHERE lang = 'de' AND number = 3");
            own.jdbc().update("DELETE FROM article WHERE lang = 'en'");

            RunReport restore = own.run("restore", "2", "1");

            assertThat(restore.references(Fate.REATTACHED)).isEqualTo(Map.of("article", 2L));
            assertThat(restore.references(Fate.SLOT_TAKEN)).isEqualTo(Map.of("article", 1L));
            assertThat(restore.references(Fate.ENTRY_GONE)).isEqualTo(Map.of("article", 1L));
            assertThat(own.jdbc().queryForList("SELECT place FROM binday_unattached ORDER BY place", String.class))
                    .containsExactly("lang=de, number=3", "lang=en, number=1");
            own.jdbc().update("UPDATE article SET hero = 1, changed = '2020-01-04' WHERE lang = 'de' AND number = 3");
            own.jdbc().update("INSERT INTO article VALUES ('en', 1, 1, '2020-01-02')");
            assertThat(own.checksums("file", "article")).isEqualTo(before);
        }
    }

    @Test
    void leavesOneReferenceOffWhereAUniqueKeyKnowsThatItsPlaceIsTaken() throws IOException {
        String url = OwnDatabase.database(OwnDatabase.FILES + """
                CREATE TABLE banner (id INT PRIMARY KEY, file INT UNSIGNED NULL, spot VARCHAR(9), UNIQUE KEY (file, spot));
                INSERT INTO banner VALUES (1, 1, 'top'), (2, 1, 'left'), (3, 2, 'top');
                """);
        try (OwnDatabase own = OwnDatabase.installed(
                folder, url, OwnDatabase.FILE_CATALOG + "  - {table: banner, asset: file, detach: set-null}\n")) {
            own.run("trash", "1", "2");
            own.jdbc().update("INSERT INTO banner VALUES (4, 1, 'top')");

            RunReport restore = own.run("restore", "1", "2");

            assertThat(restore.items().done()).isEqualTo(2);
            assertThat(restore.references(Fate.REATTACHED)).isEqualTo(Map.of("banner", 2L));
            assertThat(restore.references(Fate.SLOT_TAKEN)).isEqualTo(Map.of("banner", 1L));
            assertThat(own.jdbc().queryForList("SELECT id FROM banner WHERE file IS NULL", Integer.class))
                    .containsExactly(1);
        }
    }

    @Test
    void writesNothingIntoRowsThatHaveBecomeSomethingElse() throws IOException {
        String url = OwnDatabase.database(OwnDatabase.FILES + """
                CREATE TABLE field (id INT PRIMARY KEY, kind VARCHAR(9), value INT UNSIGNED NULL, body TEXT, KEY (value));
                INSERT INTO field VALUES (1, 'file', 1, '[1]'), (2, 'file', 1, '[1]'), (3, 'number', 1, '[1]');
                """);
        String catalog = OwnDatabase.FILE_CATALOG + """
                  - {name: field, table: field, asset: value, detach: set-null, where: {kind: file}}
                  - {name: body, table: field, asset: body, detach: json-remove, paths: "$[*]", where: {kind: file}}
                """;
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            own.run("trash", "1");
            own.jdbc().update("UPDATE field SET kind = 'number' WHERE id = 2");

            RunReport restore = own.run("restore", "1");

            assertThat(restore.references(Fate.REATTACHED)).isEqualTo(Map.of("field", 1L, "body", 1L));
            assertThat(restore.references(Fate.SLOT_TAKEN)).isEqualTo(Map.of("field", 1L, "body", 1L));
            assertThat(own.jdbc()
                            .queryForList(
                                    "SELECT CONCAT_WS(' ', id, value, body) FROM field ORDER BY id", String.class))
                    .containsExactly("1 1 [1]", "2 []", "3 1 [1]");
        }
    }

    @Test
    void findsAssetsAsTheirColumnCompares() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE `Media` (`Key` VARCHAR(40) CHARACTER SET latin1 COLLATE latin1_german1_ci PRIMARY KEY, label TEXT);
                CREATE TABLE used (id INT PRIMARY KEY, media VARCHAR(40) CHARACTER SET latin1 COLLATE latin1_german1_ci, KEY (media));
                INSERT INTO `Media` VALUES ('Straße', 'x'), ('Hero', 'y'), ('?', 'never');
                INSERT INTO used VALUES (1, 'HERO'), (2, 'hero'), (3, 'Strasse');
                """);
        String catalog = """
                name: own
                asset: {table: Media, id: Key, id-pattern: ".+", label: label}
                references:
                  - {table: used, asset: media}
                """;
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            RunReport trash = own.run("trash", "hERO", "HERO", "日");

            assertThat(trash.items().done()).isEqualTo(1);
            assertThat(trash.items().rejects()).isEqualTo(Map.of(Reject.DUPLICATE, 1L, Reject.MALFORMED, 1L));
            assertThat(own.jdbc().queryForList("SELECT asset_id FROM binday_trash", String.class))
                    .containsExactly("Hero");
            assertThat(trash.references(Fate.DETACHED)).isEqualTo(Map.of("used", 2L));
            own.jdbc().update("INSERT INTO `Media` VALUES ('HERO', 'made again')");
            assertThat(own.run("trash", "HERO").items().rejects()).isEqualTo(Map.of(Reject.ALREADY_IN_TRASH, 1L));
            assertThat(own.run("restore", "hero").items().rejects()).isEqualTo(Map.of(Reject.LIVE_AGAIN, 1L));
            own.jdbc().update("DELETE FROM `Media` WHERE label = 'made again'");

            assertThat(own.run("restore", "hero").items().done()).isEqualTo(1);

            assertThat(own.app.count("SELECT COUNT(*) FROM used WHERE media = 'hero'"))
                    .isEqualTo(2);
        }
    }

    @Test
    void readsUuidsInAnySpellingAndNumbersInOne() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE media (id BINARY(16) PRIMARY KEY, n INT);
                INSERT INTO media VALUES (UUID_TO_BIN('11111111-2222-3333-4444-55555555abcd'), 1);
                CREATE TABLE used (id INT PRIMARY KEY, media CHAR(36) CHARACTER SET ascii COLLATE ascii_general_ci, KEY (media));
                INSERT INTO used VALUES (1, '11111111-2222-3333-4444-55555555ABCD');
                """);
        String catalog = "name: own\nasset: {table: media, id: id}\nreferences:\n  - {table: used, asset: media}\n";
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            Map<String, String> before = own.checksums("media", "used");

            RunReport trash = own.run("trash", "1111111122223333444455555555ABCD", "nonsense");

            assertThat(trash.items().rejects()).isEqualTo(Map.of(Reject.MALFORMED, 1L));
            assertThat(own.jdbc().queryForList("SELECT asset_id FROM binday_trash", String.class))
                    .containsExactly("11111111-2222-3333-4444-55555555abcd");
            assertThat(own.app.count("SELECT COUNT(*) FROM used")).isZero();
            assertThat(own.app.the(Audit.class).report(true).findings()).isEmpty();
            for (String spelled : List.of("1111111122223333444455555555ABCD", "11111111-2222-3333-4444-55555555ABCD")) {
                assertThat(own.app
                                .the(AssetHistory.class)
                                .of(spelled)
                                .orElseThrow()
                                .entries())
                        .extracting(HistoryEntry::what)
                        .contains("TRASHED");
                assertThat(own.app.the(Holds.class).hold(List.of(spelled), note()))
                        .isEqualTo(new Holds.Result(1, List.of()));
                assertThat(own.app.the(Holds.class).release(List.of(spelled, "nonsense"), note()))
                        .isEqualTo(new Holds.Result(1, List.of("nonsense")));
            }
            assertThat(own.run("restore", "11111111-2222-3333-4444-55555555ABCD")
                            .items()
                            .done())
                    .isEqualTo(1);
            assertThat(own.checksums("media", "used")).isEqualTo(before);
        }
    }

    @Test
    void comparesUnsignedSizesAndKeepsTheUnitOfTimesThatAreNumbers() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT PRIMARY KEY, size BIGINT UNSIGNED, changed BIGINT);
                INSERT INTO file VALUES (1, 10, 1760000000), (2, 2000, 1760000000000);
                """);
        String catalog = "name: own\nasset: {table: file, id: id, bytes: size, updated-at: changed}\nreferences:\n";
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            own.run("trash", "1", "2");
            String swap = "UPDATE binday_trash_file SET id = %d WHERE id = %d";
            for (int[] ids : new int[][] {{9, 1}, {1, 2}, {2, 9}}) {
                own.jdbc().execute(swap.formatted(ids[0], ids[1]));
            }
            assertThat(own.app.the(Audit.class).report(false).findings())
                    .extracting(AuditFinding::code)
                    .containsExactly("SNAPSHOT_DIFFERS");
            for (int[] ids : new int[][] {{9, 2}, {2, 1}, {1, 9}}) {
                own.jdbc().execute(swap.formatted(ids[0], ids[1]));
            }

            own.run("restore", "1", "2");

            assertThat(own.app.count("SELECT UNIX_TIMESTAMP() - changed FROM file WHERE id = 1"))
                    .isBetween(0L, 60L);
            assertThat(own.app.count("SELECT UNIX_TIMESTAMP() - changed DIV 1000 FROM file WHERE id = 2"))
                    .isBetween(0L, 60L);
        }
    }

    @Test
    void notesNoMoreOfNamesAndPlacesThanThereIsRoomFor() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT PRIMARY KEY, changed_by VARCHAR(3));
                CREATE TABLE used (file INT, place LONGTEXT, KEY (file));
                INSERT INTO file VALUES (1, 'ann');
                INSERT INTO used VALUES (1, REPEAT('ü', 70000));
                """);
        String catalog = """
                name: own
                asset: {table: file, id: id, updated-by: changed_by}
                references:
                  - {table: used, asset: file, place: [place], on-restore: drop}
                """;
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            own.run("trash", "1");

            assertThat(own.run("restore", "1").items().done()).isEqualTo(1);

            assertThat(own.jdbc().queryForObject("SELECT LENGTH(changed_by) FROM file", Integer.class))
                    .isEqualTo(3);
            assertThat(own.jdbc().queryForObject("SELECT place FROM binday_unattached", String.class))
                    .startsWith("place=üü");
        }
    }

    @Test
    void takesNoAssetForAnotherOneWhoseIdEndsWithABlank() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE media (id VARCHAR(20) COLLATE utf8mb4_0900_bin PRIMARY KEY, n INT);
                INSERT INTO media VALUES ('Hero', 1), ('Hero ', 2);
                """);
        String catalog = "name: own\nasset: {table: media, id: id, id-pattern: \".+\"}\nreferences: []\n";
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            RunReport trash = own.run(
                    "trash", new InputSpec.Query("twos", "SELECT id FROM media WHERE n = 2", Map.of(), 60, 100));

            assertThat(trash.items().rejects()).isEqualTo(Map.of(Reject.MALFORMED, 1L));
            assertThat(own.app.count("SELECT COUNT(*) FROM media")).isEqualTo(2);
        }
    }

    @Test
    void givesBackWhatAKeyOfSeveralColumnsWouldHaveEmptied() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE section (site INT, number INT, PRIMARY KEY (site, number));
                CREATE TABLE file (id INT PRIMARY KEY, site INT NULL, number INT NULL,
                  FOREIGN KEY (site, number) REFERENCES section (site, number) ON DELETE SET NULL);
                INSERT INTO section VALUES (1, 1), (1, 2);
                INSERT INTO file VALUES (7, 1, 1), (8, 1, 2), (9, 1, NULL);
                """);
        try (OwnDatabase own =
                OwnDatabase.installed(folder, url, "name: own\nasset: {table: file, id: id}\nreferences: []\n")) {
            own.run("trash", "7", "8", "9");
            own.jdbc().update("DELETE FROM section WHERE number = 1");

            assertThat(own.run("restore", "7", "8", "9").items().done()).isEqualTo(3);

            assertThat(own.jdbc()
                            .queryForList(
                                    "SELECT CONCAT(id, COALESCE(site, '-'), COALESCE(number, '-')) FROM file ORDER BY id",
                                    String.class))
                    .containsExactly("7--", "812", "91-");
        }
    }

    @Test
    void knowsAnAssetInAnySpellingThatItsColumnTakesForIt() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE media (id VARCHAR(20) COLLATE utf8mb4_0900_ai_ci PRIMARY KEY, n INT);
                INSERT INTO media VALUES ('Hero', 1);
                """);
        String catalog = "name: own\nasset: {table: media, id: id, id-pattern: \"[A-Za-z]+\"}\nreferences: []\n";
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            own.run("trash", "HERO");

            assertThat(own.app
                            .the(Holds.class)
                            .hold(List.of("HERO", "hero"), note())
                            .left())
                    .isEmpty();
            assertThat(own.app.count("SELECT COUNT(*) FROM binday_hold WHERE asset_id = 'Hero'"))
                    .isEqualTo(1);
            assertThat(own.app.the(Holds.class).release(List.of("HERO"), note()).changed())
                    .isEqualTo(1);
            own.run("restore", "hERO");
            AssetHistory.Story story =
                    own.app.the(AssetHistory.class).of("HERO").orElseThrow();
            assertThat(story.assetId()).isEqualTo("Hero");
            assertThat(story.now()).isEqualTo("live");
            assertThat(story.entries())
                    .extracting(HistoryEntry::what)
                    .containsExactly("TRASHED", "HELD", "RELEASED", "RESTORED");
        }
    }

    private static Holds.Note note() {
        return new Holds.Note("evidence", "anna", Optional.empty());
    }

    @Test
    void keepsToTheRowsThatAreAssetsAndReferences() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE post (id BIGINT UNSIGNED PRIMARY KEY, type VARCHAR(20), title TEXT);
                CREATE TABLE meta (id INT PRIMARY KEY, post BIGINT UNSIGNED, name VARCHAR(50), value LONGTEXT, KEY (post), KEY (name));
                INSERT INTO post VALUES (1, 'attachment', 'a'), (2, 'page', 'b'), (18446744073709551615, 'attachment', 'last');
                INSERT INTO meta VALUES (1, 1, '_file', 'a.jpg'), (2, 2, '_thumbnail', '1'), (3, 2, '_other', '1'),
                  (4, 2, '_thumbnail', '01'), (5, 2, '_thumbnail', '18446744073709551615');
                """);
        String catalog = """
                name: own
                asset: {table: post, id: id, label: title, where: {type: attachment}}
                references:
                  - {table: meta, asset: post}
                  - {name: thumbnails, table: meta, asset: value, where: {name: [_thumbnail, "_it's \\\\ "]}}
                """;
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            Map<String, String> before = own.checksums("post", "meta");

            RunReport trash = own.run("trash", "1", "2", "01", "18446744073709551615", "18446744073709551616");

            assertThat(trash.items().done()).isEqualTo(2);
            assertThat(trash.items().rejects()).isEqualTo(Map.of(Reject.NOT_FOUND, 1L, Reject.MALFORMED, 2L));
            assertThat(trash.references(Fate.DETACHED)).isEqualTo(Map.of("meta", 1L, "thumbnails", 2L));
            assertThat(own.jdbc().queryForList("SELECT id FROM meta ORDER BY id", Integer.class))
                    .isEqualTo(List.of(3, 4));
            assertThat(own.run("restore", "1", "18446744073709551615").items().done())
                    .isEqualTo(2);
            assertThat(own.checksums("post", "meta")).isEqualTo(before);
        }
    }

    @Test
    void worksAcrossSchemasAndWithNamesOfEveryKind() throws IOException {
        String other = "Other `schema` " + System.nanoTime();
        String quoted = "`" + other.replace("`", "``") + "`";
        String url = OwnDatabase.database("""
                CREATE DATABASE %1$s;
                CREATE TABLE %1$s.`select` (`group` INT PRIMARY KEY, `it's "ok"?` VARCHAR(20), `%%s :x` INT);
                CREATE TABLE %1$s.`USES of ``select``` (`from` INT, `where` INT NULL, PRIMARY KEY (`from`),
                  FOREIGN KEY (`where`) REFERENCES %1$s.`select` (`group`) ON DELETE SET NULL);
                CREATE TABLE `USES of ``select``` (`from` INT, `where` INT, PRIMARY KEY (`from`, `where`),
                  FOREIGN KEY (`where`) REFERENCES %1$s.`select` (`group`) ON DELETE CASCADE);
                INSERT INTO %1$s.`select` VALUES (1, 'one', 1), (2, 'two', 2);
                INSERT INTO %1$s.`USES of ``select``` VALUES (1, 1), (2, 2);
                INSERT INTO `USES of ``select``` VALUES (1, 1), (2, 1), (3, 2);
                """.formatted(quoted));
        String catalog = """
                name: own
                asset: {schema: "%1$s", table: select, id: group, label: "it's \\"ok\\"?"}
                references:
                  - {schema: "%1$s", table: "USES of `select`", asset: where, detach: set-null}
                  - {name: here, table: "USES of `select`", asset: where, place: [from], where: {from: [1, 2, 3]}}
                  - {name: all, table: "USES of `select`", asset: where}
                """.formatted(other);
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            String[] tables = {quoted + ".`select`", quoted + ".`USES of ``select```", "`USES of ``select```"};
            Map<String, String> before = own.checksums(tables);

            RunReport trash = own.run("trash", "1", "2");

            assertThat(trash.references(Fate.DETACHED))
                    .isEqualTo(Map.of("here", 3L, "all", 0L, other + ".USES of `select`", 2L));
            assertThat(own.app.the(Audit.class).report(true).findings()).isEmpty();
            assertThat(own.run("restore", "1", "2").items().done()).isEqualTo(2);
            assertThat(own.checksums(tables)).isEqualTo(before);
            own.jdbc().execute("DROP TABLE `USES of ``select```");
            own.jdbc().execute("DROP DATABASE " + quoted);
        }
    }

    @Test
    void givesBackWhatTheDatabaseWouldHaveEmptiedMeanwhileAsEmpty() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE person (id INT PRIMARY KEY);
                CREATE TABLE file (id INT PRIMARY KEY, uploader INT NULL, FOREIGN KEY (uploader) REFERENCES person (id) ON DELETE SET NULL);
                INSERT INTO person VALUES (1), (2);
                INSERT INTO file VALUES (7, 1), (8, 2);
                """);
        try (OwnDatabase own =
                OwnDatabase.installed(folder, url, "name: own\nasset: {table: file, id: id}\nreferences: []\n")) {
            own.run("trash", "7", "8");
            own.jdbc().update("DELETE FROM person WHERE id = 1");

            assertThat(own.run("restore", "7", "8").items().done()).isEqualTo(2);

            assertThat(own.jdbc()
                            .queryForList(
                                    "SELECT CONCAT(id, ' ', COALESCE(uploader, '-')) FROM file ORDER BY id",
                                    String.class))
                    .containsExactly("7 -", "8 2");
        }
    }

    @Test
    void movesRowsThatBelongToReferencesWithThem() throws IOException {
        String url = OwnDatabase.database(OwnDatabase.FILES + """
                CREATE TABLE slide (id INT PRIMARY KEY, file INT UNSIGNED NOT NULL, FOREIGN KEY (file) REFERENCES file (id));
                CREATE TABLE caption (id INT PRIMARY KEY, slide INT NOT NULL, FOREIGN KEY (slide) REFERENCES slide (id) ON DELETE CASCADE);
                CREATE TABLE word (caption INT, n INT, PRIMARY KEY (caption, n), FOREIGN KEY (caption) REFERENCES caption (id) ON DELETE CASCADE);
                INSERT INTO slide VALUES (1, 1), (2, 1), (3, 2), (4, 3);
                INSERT INTO caption VALUES (10, 1), (11, 1), (12, 3), (13, 4);
                INSERT INTO word VALUES (10, 1), (10, 2), (12, 1), (13, 1);
                """);
        String slides = OwnDatabase.FILE_CATALOG + "  - {table: slide, asset: file}\n";
        String below = """
                  - {table: caption, under: {reference: slide, column: slide, key: id}}
                  - {table: word, under: {reference: caption, column: caption, key: id}}
                """;
        try (OwnDatabase own = OwnDatabase.open(folder, url, slides)) {
            assertThat(own.app.the(CatalogCheck.class).findings())
                    .singleElement()
                    .satisfies(finding ->
                            assertThat(finding.text()).contains("of table caption (slide) references slide"));
        }
        try (OwnDatabase own = OwnDatabase.installed(folder, url, slides + below)) {
            Map<String, String> before = own.checksums("file", "slide", "caption", "word");

            RunReport trash = own.run("trash", "1", "2");

            assertThat(trash.references(Fate.DETACHED)).isEqualTo(Map.of("slide", 3L, "caption", 3L, "word", 3L));
            assertThat(trash.run().plan().orElseThrow().references()).isEqualTo(trash.references(Fate.DETACHED));
            assertThat(own.app.count("SELECT COUNT(*) FROM word")).isEqualTo(1);
            assertThat(own.app.the(Audit.class).report(true).findings()).isEmpty();
            own.jdbc().update("INSERT INTO slide VALUES (3, 4)");

            RunReport restore = own.run("restore", "1", "2");

            assertThat(restore.references(Fate.REATTACHED)).isEqualTo(Map.of("slide", 2L, "caption", 2L, "word", 2L));
            assertThat(restore.references(Fate.SLOT_TAKEN)).isEqualTo(Map.of("slide", 1L, "caption", 0L, "word", 0L));
            assertThat(restore.references(Fate.ENTRY_GONE)).isEqualTo(Map.of("slide", 0L, "caption", 1L, "word", 1L));
            own.jdbc().update("UPDATE slide SET file = 2 WHERE id = 3");
            own.jdbc().update("INSERT INTO caption VALUES (12, 3)");
            own.jdbc().update("INSERT INTO word VALUES (12, 1)");
            assertThat(own.checksums("file", "slide", "caption", "word")).isEqualTo(before);
        }
    }

    @Test
    void restoresRowsBelowWhoseComputedColumnPointsAtAnotherTable() throws IOException {
        String url = OwnDatabase.database(OwnDatabase.FILES + """
                CREATE TABLE parity (id INT PRIMARY KEY);
                CREATE TABLE slide (id INT PRIMARY KEY, file INT UNSIGNED NOT NULL, FOREIGN KEY (file) REFERENCES file (id));
                CREATE TABLE caption (id INT PRIMARY KEY, slide INT NOT NULL, parity INT AS (id % 2) STORED,
                    FOREIGN KEY (slide) REFERENCES slide (id), FOREIGN KEY (parity) REFERENCES parity (id));
                INSERT INTO parity VALUES (0), (1);
                INSERT INTO slide VALUES (1, 1);
                INSERT INTO caption (id, slide) VALUES (10, 1), (11, 1);
                """);
        try (OwnDatabase own = OwnDatabase.installed(folder, url, OwnDatabase.FILE_CATALOG + """
                  - {table: slide, asset: file}
                  - {table: caption, under: {reference: slide, column: slide, key: id}}
                """)) {
            Map<String, String> before = own.checksums("file", "slide", "caption");

            own.run("trash", "1");
            RunReport restore = own.run("restore", "1");

            assertThat(restore.references(Fate.REATTACHED)).isEqualTo(Map.of("slide", 1L, "caption", 2L));
            assertThat(own.checksums("file", "slide", "caption")).isEqualTo(before);
        }
    }

    @Test
    void dropsWhatBelongsToRowsThatComeBackWhereTheCatalogSaysSo() throws IOException {
        String url = OwnDatabase.database(OwnDatabase.FILES + """
                CREATE TABLE rendition (id INT PRIMARY KEY, file INT UNSIGNED NOT NULL, FOREIGN KEY (file) REFERENCES file (id));
                CREATE TABLE published (rendition INT, site INT, PRIMARY KEY (rendition, site),
                  FOREIGN KEY (rendition) REFERENCES rendition (id) ON DELETE CASCADE);
                INSERT INTO rendition VALUES (1, 1), (2, 1);
                INSERT INTO published VALUES (1, 1), (1, 2), (2, 1);
                """);
        try (OwnDatabase own = OwnDatabase.installed(folder, url, OwnDatabase.FILE_CATALOG + """
                  - {table: rendition, asset: file}
                  - {table: published, under: {reference: rendition, column: rendition, key: id}, on-restore: drop}
                """)) {
            own.run("trash", "1");

            RunReport restore = own.run("restore", "1");

            assertThat(restore.run().plan().orElseThrow().dropped()).isEqualTo(Map.of("published", 3L));
            assertThat(restore.references(Fate.REATTACHED)).isEqualTo(Map.of("rendition", 2L));
            assertThat(restore.references(Fate.DROPPED)).isEqualTo(Map.of("published", 3L));
            assertThat(own.app.count("SELECT COUNT(*) FROM published")).isZero();
            assertThat(own.app.count("SELECT COUNT(*) FROM binday_trash_published"))
                    .isZero();
        }
    }

    @Test
    void saysWhatAnAssetNeedsToComeBackThatIsGone() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE person (id INT PRIMARY KEY);
                CREATE TABLE site (code CHAR(2) PRIMARY KEY);
                CREATE TABLE file (id INT PRIMARY KEY, owner INT, site CHAR(2),
                  FOREIGN KEY (owner) REFERENCES person (id), FOREIGN KEY (site) REFERENCES site (code) ON DELETE SET NULL);
                INSERT INTO person VALUES (7), (8);
                INSERT INTO site VALUES ('de');
                INSERT INTO file VALUES (1, 7, 'de'), (2, 8, 'de'), (3, NULL, 'de');
                """);
        try (OwnDatabase own = OwnDatabase.installed(folder, url, OwnDatabase.ID_CATALOG + "  []\n")) {
            own.run("trash", "1", "2", "3");
            own.jdbc().update("DELETE FROM person WHERE id = 7");
            own.jdbc().update("DELETE FROM site");
            long plan = own.app
                    .runs()
                    .create(own.app.request("restore", new InputSpec.Ids(List.of("1", "2", "3")), false), true);

            RunReport planned = own.app.work(plan);

            assertThat(planned.run().plan().orElseThrow().assets()).isEqualTo(2);
            assertThat(own.app.the(RunRecords.class).rejects(plan, 0, 10))
                    .singleElement()
                    .satisfies(item -> assertThat(item.rejection())
                            .contains(new Rejection(Reject.PARENT_MISSING, Optional.of("person 7"))));
            own.jdbc().update("DELETE FROM person WHERE id = 8");
            own.app.runs().approve(plan, "tester");

            RunReport restore = own.app.work(plan);

            assertThat(restore.items().done()).isEqualTo(1);
            assertThat(restore.items().rejects()).isEqualTo(Map.of(Reject.PARENT_MISSING, 2L));
            own.jdbc().update("INSERT INTO person VALUES (7), (8)");
            assertThat(own.run("restore", "1", "2").items().done()).isEqualTo(2);
        }
    }

    @Test
    void losesNoColumnThatIsAddedToAnyTableWhileItWorks() throws IOException {
        String url = OwnDatabase.database(OwnDatabase.FILES + """
                CREATE TABLE slide (id INT PRIMARY KEY, file INT UNSIGNED NOT NULL, loud INT AS (id + 1), FOREIGN KEY (file) REFERENCES file (id));
                CREATE TABLE caption (id INT PRIMARY KEY, slide INT NOT NULL, FOREIGN KEY (slide) REFERENCES slide (id) ON DELETE CASCADE);
                CREATE TABLE word (caption INT, n INT, loud INT AS (n + 1), PRIMARY KEY (caption, n), FOREIGN KEY (caption) REFERENCES caption (id) ON DELETE CASCADE);
                INSERT INTO slide (id, file) VALUES (1, 1);
                INSERT INTO caption VALUES (10, 1);
                INSERT INTO word (caption, n) VALUES (10, 1);
                """);
        String catalog = OwnDatabase.FILE_CATALOG + """
                  - {table: slide, asset: file}
                  - {table: caption, under: {reference: slide, column: slide, key: id}}
                  - {table: word, under: {reference: caption, column: caption, key: id}}
                """;
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            for (String table : List.of("slide", "caption", "word")) {
                long run = own.app.runs().create(own.app.request("trash", new InputSpec.Ids(List.of("1")), true), true);

                RunReport report = own.app.runs().work(run, adding("extra", table, own), new StopSignal());

                assertThat(report.run().status()).as(table).isEqualTo(RunStatus.FAILED);
                assertThat(report.run().message().orElse("")).contains(table + "` lacks column extra");
                assertThat(own.app.count("SELECT COUNT(*) FROM " + table)).isEqualTo(1);
                own.app.the(CatalogInstall.class).install();
                own.app.restart(run);
                assertThat(own.app.count("SELECT COUNT(*) FROM " + table)).isZero();
                own.run("restore", "1");
                assertThat(own.app.count("SELECT extra FROM " + table)).isEqualTo(7);
            }
        }
    }

    /** Adds a column to a table after an attempt has looked at the tables, and before its first chunk. */
    private static RunObserver adding(String column, String table, OwnDatabase own) {
        return new RunObserver() {
            @Override
            public void applying(Run run, ItemCounts counts) {
                own.jdbc().execute("ALTER TABLE " + table + " ADD COLUMN " + column + " INT NOT NULL DEFAULT 7");
            }
        };
    }

    @Test
    void movesRowsAsLargeAsATableCanHaveThem() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE wide (id INT NOT NULL PRIMARY KEY, a VARCHAR(65529) CHARACTER SET latin1 NOT NULL);
                CREATE TABLE fixed (id INT NOT NULL PRIMARY KEY, wide INT NOT NULL, %s FOREIGN KEY (wide) REFERENCES wide (id));
                INSERT INTO wide VALUES (1, REPEAT('x', 65529)), (2, '');
                INSERT INTO fixed VALUES (1, 1, %s);
                """.formatted(
                        "c%d CHAR(250) CHARACTER SET latin1, ".repeat(31).formatted(range(31)),
                        String.join(", ", Collections.nCopies(31, "REPEAT('y', 250)"))));
        String catalog = "name: own\nasset: {table: wide, id: id}\nreferences:\n  - {table: fixed, asset: wide}\n";
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            Map<String, String> before = own.checksums("wide", "fixed");

            assertThat(own.run("trash", "1", "2").items().done()).isEqualTo(2);
            assertThat(own.run("restore", "1", "2").items().done()).isEqualTo(2);

            assertThat(own.checksums("wide", "fixed")).isEqualTo(before);
        }
    }

    private static Object[] range(int end) {
        return IntStream.range(0, end).boxed().toArray();
    }

    /** The collation takes both spellings for one, as our own tables do. */
    @Test
    void movesAnAssetWhoseIdEndsWithABlank() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id VARCHAR(60) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PRIMARY KEY);
                CREATE TABLE used (id INT PRIMARY KEY, file VARCHAR(60) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci, KEY (file));
                INSERT INTO file VALUES ('trail '), ('other');
                INSERT INTO used VALUES (1, 'trail'), (2, 'trail '), (3, 'other');
                """);
        String catalog = OwnDatabase.ID_CATALOG.replace("id: id}", "id: id, id-pattern: .+}")
                + "  - {table: used, asset: file}\n";
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            Map<String, String> before = own.checksums("file", "used");

            RunReport trash = own.run("trash", "trail");

            assertThat(trash.items().done()).isEqualTo(1);
            assertThat(trash.references(Fate.DETACHED)).isEqualTo(Map.of("used", 2L));
            assertThat(own.run("restore", "trail").items().done()).isEqualTo(1);
            assertThat(own.checksums("file", "used")).isEqualTo(before);
        }
    }
}
