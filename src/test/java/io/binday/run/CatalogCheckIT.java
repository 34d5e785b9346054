package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.binday.catalog.CatalogCheck;
import io.binday.catalog.CatalogInstall;
import io.binday.catalog.CatalogRefusedException;
import io.binday.catalog.Finding;
import io.binday.testing.MySqlServer;
import io.binday.testing.OnMySql;
import io.binday.testing.TestApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What the check of a catalog finds in databases that cannot be worked on as they are. */
@OnMySql
class CatalogCheckIT {

    @TempDir
    Path folder;

    @Test
    void refusesWhatCannotBeDetachedAndPutBack() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT PRIMARY KEY, copy_of INT NULL, size VARCHAR(10), tenant INT, UNIQUE KEY (tenant, id),
                  FOREIGN KEY (copy_of) REFERENCES file (id));
                CREATE TABLE uncovered (id INT PRIMARY KEY, file INT, FOREIGN KEY (file) REFERENCES file (id) ON DELETE CASCADE);
                CREATE TABLE composite (id INT PRIMARY KEY, tenant INT, file INT, FOREIGN KEY (tenant, file) REFERENCES file (tenant, id));
                CREATE TABLE plain (id INT PRIMARY KEY, file INT NOT NULL, other DECIMAL(10,0), KEY (other));
                CREATE TABLE keyless (file INT NULL, KEY (file));
                CREATE TABLE bits (id INT PRIMARY KEY, file BIT(8), KEY (file));
                CREATE TABLE partly (id INT PRIMARY KEY, kind INT, file INT, KEY (file), FOREIGN KEY (file) REFERENCES file (id));
                CREATE TABLE old (id INT PRIMARY KEY, file INT, KEY (file)) ENGINE=MyISAM;
                CREATE VIEW shown AS SELECT id, file FROM plain;
                CREATE TRIGGER counts BEFORE DELETE ON file FOR EACH ROW SET @deleted = 1;
                CREATE TRIGGER changes BEFORE UPDATE ON keyless FOR EACH ROW SET @changed = 1;
                """);
        String catalog = """
                name: own
                asset: {table: file, id: id, bytes: size}
                references:
                  - {table: plain, asset: file, detach: set-null}
                  - {table: keyless, asset: file, detach: set-null}
                  - {table: bits, asset: file}
                  - {table: partly, asset: file, where: {kind: 1}}
                  - {table: old, asset: file}
                  - {table: nowhere, asset: file}
                  - {table: shown, asset: file}
                  - {name: no documents, table: plain, asset: id, detach: json-remove, paths: "$[*]"}
                """;
        assertThat(findings(url, catalog))
                .extracting(Finding::code)
                .contains(
                        "TRIGGER",
                        "COLUMN_NOT_NUMERIC",
                        "INDEX_MISSING",
                        "COLUMN_NOT_NULLABLE",
                        "KEY_MISSING",
                        "ID_TYPE",
                        "NOT_TRANSACTIONAL",
                        "TABLE_MISSING",
                        "COLUMN_NO_DOCUMENT",
                        "FOREIGN_KEY_NOT_COVERED");
        assertThat(findings(url, catalog))
                .extracting(Finding::text)
                .anyMatch(text -> text.contains("trigger counts of table file acts on each DELETE"))
                .anyMatch(text -> text.contains("trigger changes of table keyless acts on each UPDATE"))
                .anyMatch(text -> text.contains("of table file (copy_of) references file"))
                .anyMatch(text -> text.contains("of table uncovered (file) references file (id) ON DELETE CASCADE"))
                .anyMatch(text -> text.contains("of table composite (tenant, file) references file (tenant, id)"))
                .anyMatch(text -> text.contains("of table partly (file)"));
        assertThat(findings(url, catalog))
                .extracting(Finding::remedy)
                .contains(
                        "run: ALTER TABLE `plain` ADD INDEX (`file`)",
                        "assets are moved by their ID alone; drop the foreign key, or let it point at the ID",
                        "name the table that it shows; correct " + folder.resolve("catalog.yml"))
                .noneMatch(remedy -> remedy.contains("`shown`"));
    }

    @Test
    void refusesWhatWouldComeBackOtherwiseThanItWent() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id VARCHAR(20) COLLATE utf8mb4_bin PRIMARY KEY, name VARCHAR(20), upper_name VARCHAR(20) AS (UPPER(name)));
                CREATE TABLE twice (id INT PRIMARY KEY, a VARCHAR(20) COLLATE utf8mb4_bin NOT NULL, b VARCHAR(20) COLLATE utf8mb4_bin,
                  FOREIGN KEY (a) REFERENCES file (id), FOREIGN KEY (b) REFERENCES file (id) ON DELETE SET NULL);
                CREATE TABLE other (id INT PRIMARY KEY, file VARCHAR(20) COLLATE utf8mb4_0900_ai_ci, KEY (file));
                CREATE TABLE hero (id INT PRIMARY KEY, file VARCHAR(20) COLLATE utf8mb4_bin, KEY (file));
                CREATE TABLE teaser (id INT PRIMARY KEY, file VARCHAR(20) COLLATE utf8mb4_bin,
                  FOREIGN KEY (file) REFERENCES hero (file) ON UPDATE CASCADE);
                CREATE TABLE above (id INT PRIMARY KEY, code INT, file VARCHAR(20) COLLATE utf8mb4_bin, KEY (code), KEY (file));
                CREATE TABLE below (id INT PRIMARY KEY, code INT, KEY (code));
                CREATE TABLE year_of (y YEAR PRIMARY KEY, body JSON);
                """);
        String catalog = """
                name: own
                asset: {table: file, id: id, id-pattern: ".+", label: upper_name, where: {name: x}}
                references:
                  - {name: one, table: twice, asset: a}
                  - {name: two, table: twice, asset: b, detach: set-null}
                  - {table: other, asset: file}
                  - {table: hero, asset: file, detach: set-null}
                  - {table: above, asset: file, where: {code: "true"}}
                  - {table: below, under: {reference: above, column: code, key: code}}
                  - {table: year_of, asset: body, detach: json-remove, paths: "$[*]"}
                  - {name: other_years, table: year_of, asset: body, detach: json-remove, paths: "$.y", where: {y: 2020}}
                """;
        assertThat(findings(url, catalog))
                .extracting(Finding::code)
                .containsExactlyInAnyOrder(
                        "COLUMN_GENERATED",
                        "ROW_OF_TWO_ASSETS",
                        "COLLATION_DIFFERS",
                        "COLUMN_REFERENCED",
                        "VALUE_NOT_NUMERIC",
                        "KEY_NOT_UNIQUE",
                        "KEY_TYPE",
                        "DOCUMENT_OF_TWO");
    }

    @Test
    void refusesNamesAndValuesThatCannotBeUsed() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT PRIMARY KEY, kind VARCHAR(9) CHARACTER SET latin1);
                CREATE TABLE used (id INT PRIMARY KEY, file INT, kind VARCHAR(9) CHARACTER SET latin1, `Binday_Row` INT, `back\\` INT, KEY (file));
                """);
        String catalog = """
                name: own
                asset: {table: file, id: id, where: {kind: é}}
                references:
                  - {table: used, asset: file, where: {kind: [x, 日]}}
                """;
        assertThat(findings(url, catalog))
                .extracting(Finding::code, Finding::text)
                .containsExactlyInAnyOrder(
                        tuple(
                                "VALUE_NOT_POSSIBLE",
                                "column kind of table used cannot be '日', for latin1 has not all of its characters"),
                        tuple(
                                "COLUMN_NAMED_AS_OURS",
                                "column Binday_Row of table used has a name that is kept for columns of mirrors"),
                        tuple(
                                "NAME_NOT_USABLE",
                                "the name of column back\\ of table used ends with a backslash, which the driver misreads"));
    }

    @Test
    void changesHowAColumnComparesAndNothingElseOfIt() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id VARCHAR(36) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PRIMARY KEY);
                CREATE TABLE used (id INT PRIMARY KEY, file VARCHAR(255) CHARACTER SET latin1 COLLATE latin1_swedish_ci NOT NULL DEFAULT ''
                  INVISIBLE COMMENT 'what it''s about, (COLLATE x)', KEY (file));
                """);
        String catalog = OwnDatabase.ID_CATALOG.replace("id: id}", "id: id, id-pattern: .+}")
                + "  - {table: used, asset: file}\n";
        String remedy = findings(url, catalog).get(0).remedy();

        assertThat(remedy)
                .startsWith(
                        "run: ALTER TABLE `used` MODIFY `file` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL");
        OwnDatabase.execute(url, remedy.substring("run: ".length()));
        assertThat(findings(url, catalog)).extracting(Finding::code).containsOnly("MIRROR_MISSING");
        Map<String, Object> column = new JdbcTemplate(new SingleConnectionDataSource(url, true))
                .queryForMap("SELECT column_default, column_comment, extra FROM information_schema.columns"
                        + " WHERE table_schema = DATABASE() AND table_name = 'used' AND column_name = 'file'");
        assertThat(column.values()).containsExactly("", "what it's about, (COLLATE x)", "INVISIBLE");
    }

    @Test
    void offersNoCommandThatWouldLoseCharacters() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id CHAR(36) CHARACTER SET ascii COLLATE ascii_general_ci PRIMARY KEY);
                CREATE TABLE used (id INT PRIMARY KEY, file VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, KEY (file));
                """);

        assertThat(findings(
                        url,
                        OwnDatabase.ID_CATALOG.replace("id: id}", "id: id, id-pattern: .+}")
                                + "  - {table: used, asset: file}\n"))
                .extracting(Finding::remedy)
                .containsExactly(
                        "let both compare alike; utf8mb4 may have characters that ascii does not, so utf8mb4_bin is the one to keep");
    }

    @Test
    void givesARemedyThatCanBeFollowedForEachKeyToRowsThatMove() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE product (id INT, version INT, cover INT, cover_version INT, PRIMARY KEY (id, version));
                CREATE TABLE file (id INT PRIMARY KEY, menu INT);
                CREATE TABLE product_file (id INT, version INT, file INT NOT NULL, PRIMARY KEY (id, version), FOREIGN KEY (file) REFERENCES file (id));
                CREATE TABLE menu (id INT PRIMARY KEY, parent INT, file INT, FOREIGN KEY (file) REFERENCES file (id),
                  FOREIGN KEY (parent) REFERENCES menu (id));
                ALTER TABLE product ADD FOREIGN KEY (cover, cover_version) REFERENCES product_file (id, version);
                ALTER TABLE file ADD FOREIGN KEY (menu) REFERENCES menu (id);
                """);

        assertThat(findings(
                        url,
                        OwnDatabase.ID_CATALOG
                                + "  - {table: product_file, asset: file}\n  - {table: menu, asset: file}\n"))
                .extracting(Finding::remedy)
                .contains(
                        "rows of other rows are moved by one column alone; drop that foreign key",
                        "rows that point at one another cannot be moved; use set-null for menu, or drop that foreign key")
                .noneMatch(remedy -> remedy.contains("under:"));
    }

    @Test
    void refusesWhatOnlyARestoreWouldFailAt() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE folder (code VARCHAR(20) COLLATE utf8mb4_0900_ai_ci PRIMARY KEY);
                CREATE TABLE file (id INT PRIMARY KEY, folder VARCHAR(20) COLLATE utf8mb4_bin, changed VARCHAR(19),
                  FTS_DOC_ID BIGINT UNSIGNED NOT NULL AUTO_INCREMENT UNIQUE KEY, name TEXT, FULLTEXT KEY (name));
                """);
        String catalog = """
                name: own
                asset: {table: file, id: id, updated-at: changed, parent: {column: folder, table: folder, key: code}}
                references: []
                """;
        assertThat(findings(url, catalog))
                .extracting(Finding::code)
                .containsExactlyInAnyOrder("COLLATION_DIFFERS", "COLUMN_NO_TIME", "DOCUMENT_NUMBER");
        assertThat(findings(url, catalog))
                .extracting(Finding::text)
                .contains("column code of table folder compares as utf8mb4_0900_ai_ci,"
                        + " but column folder of the assets as utf8mb4_bin");
    }

    @Test
    void refusesWhatAMoveWouldComputeAnewInAnotherTimeZone() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT PRIMARY KEY, at TIMESTAMP NULL, seconds INT, day DATE AS (CAST(at AS DATE)) STORED,
                  since DATETIME AS (FROM_UNIXTIME(seconds)) STORED, double_id INT AS (id * 2) STORED, read_at DATE AS (CAST(at AS DATE)), looked_up DATE AS (CAST(at AS DATE)), KEY (looked_up),
                  live TINYINT AS (IF(at IS NULL, 1, NULL)), UNIQUE KEY (id, live));
                """);
        OwnDatabase.execute(url, "SET GLOBAL time_zone = '+02:00'");
        try {
            assertThat(findings(url, OwnDatabase.ID_CATALOG))
                    .extracting(Finding::text)
                    .map(text -> text.substring(0, text.indexOf(" is computed")))
                    .containsExactlyInAnyOrder(
                            "column day of table file", "column since of table file", "column looked_up of table file");
        } finally {
            OwnDatabase.execute(url, "SET GLOBAL time_zone = 'SYSTEM'");
        }
    }

    @Test
    void refusesRowsThatBelongToTwoAndKeysThatARestoreWouldBreak() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE person (name VARCHAR(20) COLLATE utf8mb4_bin PRIMARY KEY);
                CREATE TABLE file (id INT PRIMARY KEY, name POINT, changed_by VARCHAR(20) COLLATE utf8mb4_bin,
                  FOREIGN KEY (changed_by) REFERENCES person (name));
                CREATE TABLE gallery (id VARCHAR(20) COLLATE utf8mb4_bin PRIMARY KEY, file INT NOT NULL, twice INT AS (file * 2) STORED UNIQUE,
                  FOREIGN KEY (file) REFERENCES file (id));
                CREATE TABLE slot (id INT PRIMARY KEY, file INT NOT NULL, FOREIGN KEY (file) REFERENCES file (id));
                CREATE TABLE placement (id INT PRIMARY KEY, gallery VARCHAR(20) COLLATE utf8mb4_bin, slot INT,
                  FOREIGN KEY (gallery) REFERENCES gallery (id) ON DELETE CASCADE, FOREIGN KEY (slot) REFERENCES slot (id) ON DELETE CASCADE);
                CREATE TABLE note (id INT PRIMARY KEY, kind INT, owner VARCHAR(20) COLLATE utf8mb4_0900_ai_ci, number INT, KEY (owner), KEY (number));
                """);
        String catalog = """
                name: own
                asset: {table: file, id: id, label: name, updated-by: changed_by}
                references:
                  - {table: gallery, asset: file}
                  - {table: slot, asset: file}
                  - {name: in gallery, table: placement, under: {reference: gallery, column: gallery, key: id}}
                  - {name: in slot, table: placement, under: {reference: slot, column: slot, key: id}}
                  - {name: gallery note, table: note, under: {reference: gallery, column: owner, key: id}, where: {kind: 1}}
                  - {name: slot note, table: note, under: {reference: slot, column: number, key: id}, where: {kind: 2}}
                  - {name: odd note, table: note, under: {reference: gallery, column: number, key: twice}, where: {kind: 3}}
                """;
        assertThat(findings(url, catalog))
                .extracting(Finding::code)
                .containsExactlyInAnyOrder(
                        "COLUMN_NOT_TEXT", "COLUMN_IS_KEY", "ROW_OF_TWO_ROWS", "COLLATION_DIFFERS", "COLUMN_GENERATED");
        assertThat(findings(url, catalog))
                .extracting(Finding::text)
                .anyMatch(text -> text.startsWith("the rows of table placement, which move as a whole, are those of two"
                        + " references, in gallery and in slot"));
    }

    @Test
    void refusesSnapshotsThatWereTakenInAnotherWay() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT PRIMARY KEY);
                CREATE TABLE used (id INT PRIMARY KEY, file INT NULL, other INT NULL, sort INT NULL, KEY (file), KEY (other));
                INSERT INTO file VALUES (1);
                INSERT INTO used VALUES (1, 1, NULL, 5);
                """);
        try (OwnDatabase own =
                OwnDatabase.installed(folder, url, OwnDatabase.ID_CATALOG + "  - {table: used, asset: file}\n")) {
            own.run("trash", "1");
        }
        String emptied = OwnDatabase.ID_CATALOG + "  - {table: used, asset: file, detach: set-null}\n";
        String another = OwnDatabase.ID_CATALOG + "  - {table: used, asset: other}\n";

        assertThat(findings(url, emptied)).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("MIRROR_OTHER");
            assertThat(finding.text()).contains("keeps whole rows (among others column other)");
        });
        assertThat(findings(url, another))
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.text())
                                .isEqualTo(
                                        "the mirror `binday_trash_used` has no index on other, so what it keeps was detached by another column"));
        try (OwnDatabase own =
                OwnDatabase.open(folder, url, OwnDatabase.ID_CATALOG + "  - {table: used, asset: file}\n")) {
            assertThat(own.run("restore", "1").items().done()).isEqualTo(1);
        }
        assertThat(findings(url, emptied)).isEmpty();
        assertThat(findings(url, another))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.remedy()).startsWith("it is empty; run: DROP TABLE `binday_trash_used`"));
    }

    @Test
    void refusesPartsOfRowsWhereTheCatalogNowMovesThemAsAWhole() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT PRIMARY KEY);
                CREATE TABLE page (id INT PRIMARY KEY, hero INT NULL, title VARCHAR(20) NOT NULL DEFAULT '', KEY (hero));
                INSERT INTO file VALUES (1);
                INSERT INTO page VALUES (1, 1, 'Home');
                """);
        String emptied = OwnDatabase.ID_CATALOG + "  - {table: page, asset: hero, detach: set-null}\n";
        String whole = OwnDatabase.ID_CATALOG + "  - {table: page, asset: hero}\n";
        try (OwnDatabase own = OwnDatabase.installed(folder, url, emptied)) {
            own.run("trash", "1");
        }

        assertThat(findings(url, whole)).anySatisfy(finding -> {
            assertThat(finding.code()).isEqualTo("MIRROR_OTHER");
            assertThat(finding.text())
                    .contains("keeps the key of rows and hero only: parts of rows that stayed, or whole rows");
        });
        try (OwnDatabase own = OwnDatabase.open(folder, url, whole)) {
            assertThatExceptionOfType(CatalogRefusedException.class)
                    .isThrownBy(() -> own.app.the(CatalogInstall.class).install())
                    .withMessageContaining("keeps the key of rows and hero only");
        }
        try (OwnDatabase own = OwnDatabase.open(folder, url, emptied)) {
            own.run("restore", "1");
            assertThat(own.app.count("SELECT COUNT(*) FROM page WHERE hero = 1 AND title = 'Home'"))
                    .isEqualTo(1);
        }
        try (OwnDatabase own = OwnDatabase.installed(folder, url, whole)) {
            assertThat(own.app.the(CatalogCheck.class).findings()).isEmpty();
        }
    }

    @Test
    void saysHowWholeRowsOfLittleElseThanTheirKeyFollowANewColumn() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT PRIMARY KEY);
                CREATE TABLE slot (page INT, n INT, hero INT NULL, PRIMARY KEY (page, n), KEY (hero));
                INSERT INTO file VALUES (1);
                INSERT INTO slot VALUES (7, 1, 1);
                """);
        String whole = OwnDatabase.ID_CATALOG + "  - {table: slot, asset: hero}\n";
        try (OwnDatabase own = OwnDatabase.installed(folder, url, whole)) {
            own.run("trash", "1");
            own.jdbc().update("ALTER TABLE slot ADD COLUMN caption VARCHAR(20) NOT NULL DEFAULT 'x'");
        }

        Finding finding = findings(url, whole).stream()
                .filter(each -> "MIRROR_OTHER".equals(each.code()))
                .findFirst()
                .orElseThrow();
        String statement = finding.remedy().replaceAll(".*run: (ALTER TABLE .*), and then.*", "$1");
        OwnDatabase.execute(url, statement);

        try (OwnDatabase own = OwnDatabase.installed(folder, url, whole)) {
            own.run("restore", "1");
            assertThat(own.app.count(
                            "SELECT COUNT(*) FROM slot WHERE page = 7 AND n = 1 AND hero = 1 AND caption = 'x'"))
                    .isEqualTo(1);
        }
    }

    @Test
    void refusesAServerThatLeavesRowsOut() throws IOException {
        MySqlServer server = MySqlServer.launched();
        String url = server.url(server.migratedSchema());
        OwnDatabase.execute(url, "CREATE TABLE file (id INT PRIMARY KEY)");
        try (OwnDatabase own = OwnDatabase.installed(folder, url, OwnDatabase.ID_CATALOG + "  []\n")) {
            own.jdbc().update("SET GLOBAL sql_select_limit = 1000");
            try {
                assertThat(own.app.the(CatalogCheck.class).findings())
                        .extracting(Finding::code)
                        .containsExactly("ROWS_LIMITED");
                try (OwnDatabase later = OwnDatabase.open(folder, url, OwnDatabase.ID_CATALOG + "  []\n")) {
                    assertThat(later.app.count("SELECT @@sql_select_limit < 18446744073709551615"))
                            .isZero();
                }
            } finally {
                own.jdbc().update("SET GLOBAL sql_select_limit = DEFAULT");
            }
        }
    }

    @Test
    void carriesAPlanOutOnlyByTheCatalogItWasMadeBy() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT PRIMARY KEY);
                CREATE TABLE page (id INT PRIMARY KEY, hero INT NULL, other INT NULL, KEY (hero), KEY (other));
                INSERT INTO file VALUES (1), (2);
                INSERT INTO page VALUES (1, 1, 2), (2, 2, NULL);
                """);
        String emptied = OwnDatabase.ID_CATALOG + "  - {table: page, asset: hero, detach: set-null}\n";
        String whole = OwnDatabase.ID_CATALOG + "  - {table: page, asset: hero}\n";
        String more = emptied + "  - {name: other, table: page, asset: other, detach: set-null}\n";
        long approved;
        long plan;
        try (OwnDatabase own = OwnDatabase.installed(folder, url, emptied)) {
            plan = own.plan("trash", "1");
            approved = own.plan("trash", "2");
            own.app.runs().approve(approved, "tester");
        }

        try (OwnDatabase own = OwnDatabase.installed(folder, url, whole)) {
            assertThatExceptionOfType(CatalogRefusedException.class)
                    .isThrownBy(() -> own.app.runs().approve(plan, "tester"))
                    .withMessageContaining(
                            "is not as it was when the run was planned:\n  page was page.hero, set-null, and now it is page.hero, delete-row");
            RunReport report = own.app.work(approved);
            assertThat(report.run().status()).isEqualTo(RunStatus.FAILED);
            assertThat(report.run().message().orElseThrow()).contains("page was page.hero, set-null");
        }
        String forgotten = OwnDatabase.ID_CATALOG + "  []\n";
        try (OwnDatabase own = OwnDatabase.installed(folder, url, forgotten)) {
            OwnDatabase.execute(url, "UPDATE binday_run SET status = 'RUNNING' WHERE run_id = " + approved);
            assertThatExceptionOfType(CatalogRefusedException.class)
                    .isThrownBy(() -> own.app.runs().goOn(approved, new RunObserver() {}, new StopSignal()))
                    .withMessageContaining("page was page.hero, set-null, and now it is not in the catalog");
            assertThat(own.app.runs().report(approved).run().status()).isEqualTo(RunStatus.RUNNING);
            RunReport report = own.app.restart(approved);
            assertThat(report.run().status()).isEqualTo(RunStatus.FAILED);
            assertThat(report.run().message().orElseThrow()).contains("page was page.hero, set-null");
        }
        try (OwnDatabase own = OwnDatabase.installed(folder, url, more)) {
            assertThatExceptionOfType(CatalogRefusedException.class)
                    .isThrownBy(() -> own.app.runs().approve(plan, "tester"))
                    .withMessageContaining("other was not in the catalog, and now it is page.other, set-null");
            RunReport report = own.app.restart(approved);
            assertThat(report.run().status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(own.app.count("SELECT COUNT(*) FROM page WHERE hero = 1 AND other IS NULL"))
                    .isEqualTo(1);
        }
        try (OwnDatabase own = OwnDatabase.open(folder, url, more.replace("  - {name: other", "  # - {name: other"))) {
            assertThat(own.app.runs().report(plan).run().status()).isEqualTo(RunStatus.AWAITING_APPROVAL);
            own.app.runs().approve(plan, "tester");
        }
    }

    @Test
    void saysHowTheTrashFollowsAnAssetTableThatWasRenamed() throws IOException {
        String url =
                OwnDatabase.database("CREATE TABLE file (id INT PRIMARY KEY);\nINSERT INTO file VALUES (1), (2);\n");
        try (OwnDatabase own = OwnDatabase.installed(folder, url, OwnDatabase.ID_CATALOG + "  []\n")) {
            own.run("trash", "1");
        }
        OwnDatabase.execute(url, "RENAME TABLE file TO picture");
        String renamed = OwnDatabase.ID_CATALOG.replace("table: file", "table: picture") + "  []\n";
        try (OwnDatabase own = OwnDatabase.installed(folder, url, renamed)) {
            String remedy = own.app.the(CatalogCheck.class).findings().get(0).remedy();
            assertThat(remedy)
                    .isEqualTo(
                            "if that table was renamed, and `binday_trash_picture` is new and empty: DROP TABLE"
                                    + " `binday_trash_picture`, and RENAME TABLE `binday_trash_file` TO `binday_trash_picture`");
            own.jdbc().execute("DROP TABLE `binday_trash_picture`");
            own.jdbc().execute("RENAME TABLE `binday_trash_file` TO `binday_trash_picture`");
            assertThat(own.app.the(CatalogCheck.class).findings()).isEmpty();
            assertThat(own.run("restore", "1").items().done()).isEqualTo(1);
        }
    }

    @Test
    void takesAnAssetIdThatMayBeNull() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (number INT PRIMARY KEY, id INT NULL UNIQUE);
                INSERT INTO file VALUES (1, 1), (2, NULL);
                """);
        try (OwnDatabase own = OwnDatabase.installed(folder, url, OwnDatabase.ID_CATALOG)) {
            assertThat(own.app.the(CatalogCheck.class).findings()).isEmpty();
            assertThat(own.run("trash", "1").items().done()).isEqualTo(1);
            assertThat(own.run("restore", "1").items().done()).isEqualTo(1);
        }
    }

    @Test
    void wantsAPatternForTextIds() throws IOException {
        String url = OwnDatabase.database("CREATE TABLE file (id VARCHAR(20) PRIMARY KEY);\n");
        assertThat(findings(url, OwnDatabase.ID_CATALOG))
                .extracting(Finding::code)
                .containsExactly("ID_PATTERN_MISSING");
    }

    @Test
    void refusesDocumentsOfRowsThatTheDriverCannotTellApart() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT PRIMARY KEY);
                CREATE TABLE page (id INT, rev TINYINT(1), body JSON, PRIMARY KEY (id, rev));
                """);
        assertThat(findings(
                        url,
                        OwnDatabase.ID_CATALOG
                                + "  - {table: page, asset: body, detach: json-remove, paths: \"$[*]\"}\n"))
                .extracting(Finding::code)
                .containsExactly("KEY_TYPE");
    }

    @Test
    void namesTheRightsThatAreMissing() throws IOException {
        MySqlServer server = MySqlServer.shared();
        String schema = server.freshSchema();
        String url = server.url(schema);
        OwnDatabase.execute(url, "CREATE TABLE file (id INT PRIMARY KEY);\n");
        OwnDatabase.installed(folder, url, OwnDatabase.ID_CATALOG).close();
        String user = "u" + schema.hashCode();
        OwnDatabase.execute(url, """
                CREATE USER '%1$s'@'%%' IDENTIFIED BY 'secret';
                GRANT SELECT, INSERT, CREATE ON %2$s.* TO '%1$s'@'%%';
                GRANT UPDATE, DELETE ON %2$s.binday_trash_file TO '%1$s'@'%%';
                """.formatted(user, schema));
        String limited = "jdbc:mysql://" + server.hostAndPort() + "/" + schema;
        Path file = folder.resolve("catalog.yml");
        try (TestApplication app = TestApplication.on(
                limited,
                "binday.catalog=" + file,
                "spring.datasource.username=" + user,
                "spring.datasource.password=secret",
                "spring.flyway.enabled=false")) {
            assertThat(app.the(CatalogCheck.class).findings()).singleElement().satisfies(finding -> {
                assertThat(finding.code()).isEqualTo("PRIVILEGE_MISSING");
                assertThat(finding.text()).contains("cannot remove rows of `file`", "DELETE command denied");
            });
        } finally {
            OwnDatabase.execute(url, "DROP USER '" + user + "'@'%';\n");
        }
    }

    @Test
    void namesTheRightsOnSnapshotsOfColumnsThatAreMissing() throws IOException {
        MySqlServer server = MySqlServer.shared();
        String schema = server.freshSchema();
        String url = server.url(schema);
        OwnDatabase.execute(url, """
                CREATE TABLE file (id INT PRIMARY KEY);
                CREATE TABLE person (id INT PRIMARY KEY, photo INT, seen TIMESTAMP NULL ON UPDATE CURRENT_TIMESTAMP,
                    KEY (photo));
                """);
        OwnDatabase.installed(
                        folder, url, OwnDatabase.ID_CATALOG + "  - {table: person, asset: photo, detach: set-null}\n")
                .close();
        String user = "u" + schema.hashCode();
        OwnDatabase.execute(url, """
                CREATE USER '%1$s'@'%%' IDENTIFIED BY 'secret';
                GRANT SELECT, CREATE ON %2$s.* TO '%1$s'@'%%';
                GRANT INSERT, UPDATE, DELETE ON %2$s.file TO '%1$s'@'%%';
                GRANT INSERT, UPDATE, DELETE ON %2$s.binday_trash_file TO '%1$s'@'%%';
                GRANT UPDATE (photo) ON %2$s.person TO '%1$s'@'%%';
                """.formatted(user, schema));
        String limited = "jdbc:mysql://" + server.hostAndPort() + "/" + schema;
        try (TestApplication app = TestApplication.on(
                limited,
                "binday.catalog=" + folder.resolve("catalog.yml"),
                "spring.datasource.username=" + user,
                "spring.datasource.password=secret",
                "spring.flyway.enabled=false")) {
            assertThat(app.the(CatalogCheck.class).findings())
                    .extracting(finding -> finding.text().replaceAll(":.*", ""))
                    .containsExactly(
                            "cannot change `person`",
                            "cannot add snapshots to `binday_trash_person`",
                            "cannot remove rows of `binday_trash_person`");
        } finally {
            OwnDatabase.execute(url, "DROP USER '" + user + "'@'%';\n");
        }
    }

    private List<Finding> findings(String url, String catalog) throws IOException {
        Files.createDirectories(folder);
        try (OwnDatabase own = OwnDatabase.open(folder, url, catalog)) {
            return own.app.the(CatalogCheck.class).findings();
        }
    }
}
