package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.input.InputSpec;
import io.binday.testing.OnMySql;
import io.binday.trash.Fate;
import io.binday.trash.Reject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** IDs that are taken out of JSON documents, and put back, on MySQL. */
@OnMySql
class DocumentReferencesIT {

    @TempDir
    Path folder;

    @Test
    void takesIdsOutOfDocumentsAndPutsThemBackCharacterByCharacter() throws IOException {
        String url = OwnDatabase.database(OwnDatabase.FILES + """
                CREATE TABLE page (slug VARCHAR(50) PRIMARY KEY, body MEDIUMTEXT CHARACTER SET utf8mb4, meta JSON);
                INSERT INTO page VALUES
                  ('a', '{ "gallery" : [ 1,  2 ,12, 3 ], "hero": 2,\\n "t": "ü😀 1.0", "n": 1.00 }', NULL),
                  ('b', '{"gallery":[ "2" ],"blocks":[{"image":1},{"image": 2 }]}', JSON_OBJECT('ids', JSON_ARRAY(1, 2), 'd', CAST(1.10 AS DECIMAL(5,2)))),
                  ('c', 'no json: [1, 2]', JSON_OBJECT('ids', JSON_ARRAY(4))),
                  ('d', NULL, NULL);
                """);
        String catalog = OwnDatabase.FILE_CATALOG + """
                  - name: body
                    table: page
                    asset: body
                    detach: json-remove
                    paths: ["$.gallery[*]", "$.hero", "$.blocks[*].image"]
                  - {name: meta, table: page, asset: meta, detach: json-remove, paths: "$.ids[*]"}
                """;
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            Map<String, String> before = own.checksums("file", "page");

            RunReport trash = own.run("trash", "1", "2");

            assertThat(trash.references(Fate.DETACHED)).isEqualTo(Map.of("body", 6L, "meta", 2L));
            assertThat(trash.run().plan().orElseThrow().references()).isEqualTo(Map.of("body", 6L, "meta", 2L));
            assertThat(own.jdbc().queryForList("SELECT body FROM page ORDER BY slug", String.class))
                    .containsExactly(
                            "{ \"gallery\" : [ 12, 3 ], \"hero\": null,\n \"t\": \"ü😀 1.0\", \"n\": 1.00 }",
                            "{\"gallery\":[],\"blocks\":[{\"image\":null},{\"image\": null }]}",
                            "no json: [1, 2]",
                            null);
            assertThat(own.jdbc().queryForList("SELECT CAST(meta AS CHAR) FROM page WHERE slug = 'b'", String.class))
                    .containsExactly("{\"d\": 1.10, \"ids\": []}");

            RunReport restore = own.run("restore", "1", "2");

            assertThat(restore.references(Fate.REATTACHED)).isEqualTo(Map.of("body", 6L, "meta", 2L));
            assertThat(own.checksums("file", "page")).isEqualTo(before);
        }
    }

    @Test
    void putsElementsOfOneArrayBackInTheirOrderWhateverTheOrderOfRestores() throws IOException {
        String url = OwnDatabase.database(OwnDatabase.FILES + """
                CREATE TABLE page (id INT PRIMARY KEY, body TEXT, meta JSON);
                INSERT INTO page VALUES (1, '{"g": [ 1, 2 , 3,4, 1 ], "n": [2.0, 2e0]}', '{"g": [1, 2, 3, 4, 12, 2]}');
                """);
        String catalog = OwnDatabase.FILE_CATALOG + """
                  - {name: body, table: page, asset: body, detach: json-remove, paths: ["$.g[*]", "$.n[*]"]}
                  - {name: meta, table: page, asset: meta, detach: json-remove, paths: "$.g[*]"}
                """;
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            String meta = own.jdbc().queryForObject("SELECT CAST(meta AS CHAR) FROM page", String.class);
            for (String order : List.of("1 2 3", "3 2 1", "2 1 3", "2 3 1")) {
                own.run("trash", "3");
                own.run("trash", "1");
                own.run("trash", "2");
                assertThat(own.jdbc().queryForObject("SELECT body FROM page", String.class))
                        .contains("\"n\": []");

                for (String id : order.split(" ", -1)) {
                    own.run("restore", id);
                }

                assertThat(own.jdbc()
                                .queryForObject(
                                        "SELECT REPLACE(REPLACE(REPLACE(body, '2.0', '2'), '2e0', '2'), ' ', '') FROM page",
                                        String.class))
                        .as(order)
                        .isEqualTo("{\"g\":[1,2,3,4,1],\"n\":[2,2]}");
                assertThat(own.jdbc().queryForObject("SELECT CAST(meta AS CHAR) FROM page", String.class))
                        .as(order)
                        .isEqualTo(meta);
            }
        }
    }

    @Test
    void putsNoIdIntoABlockThatHasTakenThePlaceOfAnother() throws IOException {
        String url = OwnDatabase.database(OwnDatabase.FILES + """
                CREATE TABLE page (id INT PRIMARY KEY, body TEXT);
                INSERT INTO page VALUES (1, '{"b":[{"id":"x","image":1},{"id":"y","image":null}]}');
                """);
        String catalog = OwnDatabase.FILE_CATALOG
                + "  - {table: page, asset: body, detach: json-remove, paths: '$.b[*].image'}\n";
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            own.run("trash", "1");
            String turned = "{\"b\":[{\"id\":\"y\",\"image\":null},{\"id\":\"x\",\"image\":null}]}";
            own.jdbc().update("UPDATE page SET body = ?", turned);

            assertThat(own.run("restore", "1").references(Fate.SLOT_TAKEN)).isEqualTo(Map.of("page", 1L));

            assertThat(own.jdbc().queryForObject("SELECT body FROM page", String.class))
                    .isEqualTo(turned);
        }
    }

    @Test
    void knowsTheBlockOfAnIdWhateverElseOfItsArraysWasTakenOut() throws IOException {
        String url = OwnDatabase.database(OwnDatabase.FILES + """
                CREATE TABLE page (id INT PRIMARY KEY, body TEXT, meta JSON);
                INSERT INTO page VALUES (1,
                  '{"b":[1,{"t":"x","i":2,"g":[1,{"t":"y"},2,3]},3,{"t":"z","i":1}]}',
                  '{"b":[1,{"t":"x","i":2,"g":[1,{"t":"y"},2,3]},3,{"t":"z","i":1}]}');
                """);
        String catalog = OwnDatabase.FILE_CATALOG + """
                  - {name: body, table: page, asset: body, detach: json-remove, paths: ["$.b[*]", "$.b[*].i", "$.b[*].g[*]"]}
                  - {name: meta, table: page, asset: meta, detach: json-remove, paths: ["$.b[*]", "$.b[*].i", "$.b[*].g[*]"]}
                """;
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            Map<String, String> before = own.checksums("page");
            for (String order : List.of("1 2 3", "3 2 1", "2 1 3", "2 3 1")) {
                for (String out : List.of("1 2 3", "3 1 2")) {
                    for (String id : out.split(" ", -1)) {
                        own.run("trash", id);
                    }
                    assertThat(own.jdbc().queryForObject("SELECT body FROM page", String.class))
                            .isEqualTo(
                                    "{\"b\":[{\"t\":\"x\",\"i\":null,\"g\":[{\"t\":\"y\"}]},{\"t\":\"z\",\"i\":null}]}");
                    for (String id : order.split(" ", -1)) {
                        own.run("restore", id);
                    }
                    assertThat(own.checksums("page")).as(out + ", " + order).isEqualTo(before);
                }
            }
        }
    }

    @Test
    void knowsThePlacesOfTheOthersWhenOneIsPurgedOrDoesNotComeBack() throws IOException {
        String url = OwnDatabase.database(OwnDatabase.FILES + """
                CREATE TABLE page (id BINARY(2) PRIMARY KEY, body TEXT, meta JSON);
                INSERT INTO page VALUES
                  ('ab', '{"b":[1,12,{"i":2},{"i":3}],"g":["p",1,12,"q",2,"r",3,"s"]}', '{"b":[1,12,{"i":2},{"i":3}],"g":["p",1,12,"q",2,"r",3,"s"]}');
                """);
        String catalog = OwnDatabase.FILE_CATALOG + """
                  - {name: body, table: page, asset: body, detach: json-remove, paths: ["$.b[*]", "$.b[*].i", "$.g[*]"]}
                  - {name: meta, table: page, asset: meta, detach: json-remove, paths: ["$.b[*]", "$.b[*].i", "$.g[*]"]}
                """;
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            own.run("trash", "1", "2", "3", "12");
            own.jdbc()
                    .update(
                            "UPDATE binday_trash SET trashed_at = TIMESTAMPADD(DAY, -20, NOW(6)) WHERE asset_id IN ('1', '12')");
            assertThat(own.run("purge", new InputSpec.Expired(Instant.now().minus(Duration.ofDays(15))))
                            .items()
                            .done())
                    .isEqualTo(2);

            assertThat(own.run("restore", "2").references(Fate.REATTACHED)).isEqualTo(Map.of("body", 2L, "meta", 2L));
            assertThat(own.run("restore", "3").references(Fate.REATTACHED)).isEqualTo(Map.of("body", 2L, "meta", 2L));

            String left = "{\"b\":[{\"i\":2},{\"i\":3}],\"g\":[\"p\",\"q\",2,\"r\",3,\"s\"]}";
            assertThat(own.jdbc().queryForObject("SELECT body FROM page", String.class))
                    .isEqualTo(left);
            assertThat(own.jdbc().queryForObject("SELECT REPLACE(CAST(meta AS CHAR), ' ', '') FROM page", String.class))
                    .isEqualTo(left);

            own.run("trash", "2", "3");
            own.jdbc()
                    .update(
                            "UPDATE page SET body = JSON_ARRAY_APPEND(body, '$.g', 2), meta = JSON_ARRAY_APPEND(meta, '$.g', 2)");
            assertThat(own.run("restore", "2").references(Fate.SLOT_TAKEN)).isEqualTo(Map.of("body", 1L, "meta", 1L));
            own.run("restore", "3");

            String again = "{\"b\":[{\"i\":2},{\"i\":3}],\"g\":[\"p\",\"q\",\"r\",3,\"s\",2]}";
            assertThat(own.jdbc().queryForObject("SELECT REPLACE(CAST(meta AS CHAR), ' ', '') FROM page", String.class))
                    .isEqualTo(again);
            assertThat(own.jdbc().queryForObject("SELECT REPLACE(body, ' ', '') FROM page", String.class))
                    .isEqualTo(again);
        }
    }

    @Test
    void knowsADocumentWhoseKeyWasSpelledOtherwiseMeanwhile() throws IOException {
        String url = OwnDatabase.database(OwnDatabase.FILES + """
                CREATE TABLE page (slug VARCHAR(30) PRIMARY KEY, body TEXT, meta JSON);
                INSERT INTO page VALUES ('home', '{"g":[1,9,2,3]}', '{"g":[1,9,2,3]}');
                """);
        String catalog = OwnDatabase.FILE_CATALOG + """
                  - {name: body, table: page, asset: body, detach: json-remove, paths: "$.g[*]"}
                  - {name: meta, table: page, asset: meta, detach: json-remove, paths: "$.g[*]"}
                """;
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            Map<String, String> before = own.checksums("page");
            own.run("trash", "1");
            own.jdbc().update("UPDATE page SET slug = 'HOME'");
            own.run("trash", "2", "3");

            assertThat(own.run("restore", "1", "2", "3").references(Fate.REATTACHED))
                    .isEqualTo(Map.of("body", 3L, "meta", 3L));

            own.jdbc().update("UPDATE page SET slug = 'home'");
            assertThat(own.checksums("page")).isEqualTo(before);
        }
    }

    @Test
    void knowsABlockByItsTruthValuesAndNulls() throws IOException {
        String url = OwnDatabase.database(OwnDatabase.FILES + """
                CREATE TABLE page (id INT PRIMARY KEY, body TEXT);
                INSERT INTO page VALUES (1, '{"b":[{"i":1,"hero":true,"alt":""},{"i":null,"hero":false}]}'),
                  (2, '{"b":[{"i":1,"poster":null},{"i":null,"avatar":null}]}'), (3, '{"b":[{"i":1,"poster":null}]}');
                """);
        String catalog =
                OwnDatabase.FILE_CATALOG + "  - {table: page, asset: body, detach: json-remove, paths: '$.b[*].i'}\n";
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            own.run("trash", "1");
            own.jdbc()
                    .update(
                            "UPDATE page SET body = '{\"b\":[{\"i\":null,\"hero\":false},{\"i\":null,\"hero\":true,\"alt\":\"\"}]}' WHERE id = 1");
            own.jdbc()
                    .update(
                            "UPDATE page SET body = '{\"b\":[{\"i\":null,\"avatar\":null},{\"i\":null,\"poster\":null}]}' WHERE id = 2");

            RunReport restore = own.run("restore", "1");

            assertThat(restore.references(Fate.SLOT_TAKEN)).isEqualTo(Map.of("page", 2L));
            assertThat(restore.references(Fate.REATTACHED)).isEqualTo(Map.of("page", 1L));
        }
    }

    @Test
    void knowsABlockFromOneThatHasATruthValueMoreOrAnotherNumberInItsText() throws IOException {
        String url = OwnDatabase.database(OwnDatabase.FILES + """
                CREATE TABLE page (id INT PRIMARY KEY, body TEXT);
                INSERT INTO page VALUES (1, '{"b":[{"i":1,"alt":"a"},{"i":null,"alt":"a","hidden":true}]}'),
                  (2, '{"b":[{"i":1,"alt":"photo [1]"},{"i":null,"alt":"photo [2]"}]}'),
                  (3, '{"b":[{"i":1,"alt":"photo [1]","more":[{"i":1,"x":"y"},{"i":2,"x":"z"}]}]}');
                """);
        String catalog = OwnDatabase.FILE_CATALOG
                + "  - {table: page, asset: body, detach: json-remove, paths: ['$.b[*].i', '$.b[*].more[*].i']}\n";
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            own.run("trash", "1");
            own.jdbc()
                    .update(
                            "UPDATE page SET body = '{\"b\":[{\"i\":null,\"alt\":\"a\",\"hidden\":true},{\"i\":null,\"alt\":\"a\"}]}' WHERE id = 1");
            own.jdbc()
                    .update(
                            "UPDATE page SET body = '{\"b\":[{\"i\":null,\"alt\":\"photo [2]\"},{\"i\":null,\"alt\":\"photo [1]\"}]}' WHERE id = 2");

            RunReport restore = own.run("restore", "1");

            assertThat(restore.references(Fate.SLOT_TAKEN)).isEqualTo(Map.of("page", 2L));
            assertThat(restore.references(Fate.REATTACHED)).isEqualTo(Map.of("page", 2L));
        }
    }

    @Test
    void changesNoOtherCharacterOfATextWhateverItsCharacterSet() throws IOException {
        String url = OwnDatabase.database(OwnDatabase.FILES + """
                CREATE TABLE west (id INT PRIMARY KEY, body TEXT CHARACTER SET latin1);
                CREATE TABLE east (id INT PRIMARY KEY, body TEXT CHARACTER SET big5);
                CREATE TABLE japan (id INT PRIMARY KEY, body TEXT CHARACTER SET cp932);
                INSERT INTO west VALUES (1, CONCAT('{"g":[1],"x":"ü', CAST(0x818D8F909DE280 AS CHAR CHARACTER SET latin1), '"}'));
                INSERT INTO east VALUES (1, CONCAT('{"g":[1,2],"x":"', _big5 x'61A1C362', '"}')), (2, '{"g":[2],"x":"plain"}');
                INSERT INTO japan VALUES (1, CONCAT('{"g":[3],"x":"', _cp932 x'8791', '"}'));
                """);
        String catalog = OwnDatabase.FILE_CATALOG + """
                  - {table: west, asset: body, detach: json-remove, paths: "$.g[*]"}
                  - {table: east, asset: body, detach: json-remove, paths: "$.g[*]"}
                  - {table: japan, asset: body, detach: json-remove, paths: "$.g[*]"}
                """;
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            Map<String, String> before = own.checksums("west", "east", "japan");

            RunReport trash = own.run("trash", "1", "2", "3", "4");
            own.run("restore", "1", "2", "3", "4");

            assertThat(trash.items().done() + trash.items().rejected()).isEqualTo(4);
            assertThat(own.checksums("west", "east", "japan")).isEqualTo(before);
            own.jdbc().update("DELETE FROM east WHERE id = 1");
            assertThat(own.run("trash", "1", "2").items().done()).isEqualTo(2);
            own.run("restore", "1", "2");
            assertThat(own.jdbc().queryForObject("SELECT HEX(body) FROM west", String.class))
                    .contains("FC818D8F909DE280");
        }
    }

    @Test
    void rejectsWhatADocumentUsesTwiceInOneObjectOrDeeper() throws IOException {
        String url = OwnDatabase.database(OwnDatabase.FILES + """
                CREATE TABLE page (id INT PRIMARY KEY, body TEXT);
                INSERT INTO page VALUES (1, '{"g":[1,"k"],"g":[4,"m",1]}'), (2, '{"g":[2],"image":[2]}'), (3, '{"g":[3,[3]]}'), (4, '{"g":[4,5]}');
                """);
        String catalog = OwnDatabase.FILE_CATALOG
                + "  - {table: page, asset: body, detach: json-remove, paths: ['$.g[*]', '$.image']}\n";
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            own.jdbc().update("DELETE FROM page WHERE id = 4");
            Map<String, String> before = own.checksums("page");

            RunReport trash = own.run("trash", "1", "2", "3", "12");

            assertThat(trash.items().rejects()).isEqualTo(Map.of(Reject.REFUSED_BY_DATABASE, 3L));
            assertThat(own.checksums("page")).isEqualTo(before);
        }
    }

    @Test
    void rejectsAnAssetWhoseDocumentUsesItInAWayThatNoPathSays() throws IOException {
        String url = OwnDatabase.database(OwnDatabase.FILES + """
                CREATE TABLE page (id INT PRIMARY KEY, body JSON);
                INSERT INTO page VALUES (1, '{"hero": [1, 2]}'), (2, '{"hero": 3}');
                """);
        String catalog =
                OwnDatabase.FILE_CATALOG + "  - {table: page, asset: body, detach: json-remove, paths: '$.hero'}\n";
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            RunReport trash = own.run("trash", "1", "2", "3");

            assertThat(trash.items().done()).isEqualTo(1);
            assertThat(trash.items().rejects()).isEqualTo(Map.of(Reject.REFUSED_BY_DATABASE, 2L));
            for (InputSpec again : List.of(trash.run().rejects(), new InputSpec.Ids(List.of("1")))) {
                RunReport retry = own.run("trash", again);
                assertThat(retry.run().status()).isEqualTo(RunStatus.COMPLETED);
                assertThat(retry.items().rejects()).containsOnlyKeys(Reject.REFUSED_BY_DATABASE);
            }
            assertThat(own.jdbc().queryForList("SELECT body->>'$.hero' FROM page ORDER BY id", String.class))
                    .containsExactly("[1, 2]", "null");
        }
    }

    @Test
    void readsDocumentsWithPartsOfAnyLength() throws IOException {
        String url = OwnDatabase.database(OwnDatabase.FILES + """
                CREATE TABLE page (id INT PRIMARY KEY, body TEXT);
                INSERT INTO page VALUES (1, CONCAT('{"n": ', '0.', REPEAT('9', 2000), ', "g": [1]}'));
                """);
        String catalog =
                OwnDatabase.FILE_CATALOG + "  - {table: page, asset: body, detach: json-remove, paths: '$.g[*]'}\n";
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            Map<String, String> before = own.checksums("page");
            assertThat(own.run("trash", "1").references(Fate.DETACHED)).isEqualTo(Map.of("page", 1L));
            assertThat(own.run("restore", "1").references(Fate.REATTACHED)).isEqualTo(Map.of("page", 1L));
            assertThat(own.checksums("page")).isEqualTo(before);
        }
    }

    @Test
    void leavesDocumentsAsTheyAreWhereAnEditorHasFilledThePlace() throws IOException {
        String url = OwnDatabase.database(OwnDatabase.FILES + """
                CREATE TABLE page (slug VARCHAR(50) PRIMARY KEY, body TEXT);
                INSERT INTO page VALUES ('a', '{"g": [1, 2, 3], "hero": 1}'), ('b', '{"g": [1]}'), ('c', '[1]');
                """);
        String catalog = OwnDatabase.FILE_CATALOG
                + "  - {table: page, asset: body, detach: json-remove, paths: ['$.g[*]', '$.hero', '$[*]']}\n";
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            own.run("trash", "1");
            own.jdbc().update("UPDATE page SET body = '{\"g\": [4], \"hero\": 4}' WHERE slug = 'a'");
            own.jdbc().update("UPDATE page SET body = '{\"g\": 5}' WHERE slug = 'b'");
            own.jdbc().update("DELETE FROM page WHERE slug = 'c'");

            RunReport restore = own.run("restore", "1");

            assertThat(restore.references(Fate.REATTACHED)).isEqualTo(Map.of("page", 1L));
            assertThat(restore.references(Fate.SLOT_TAKEN)).isEqualTo(Map.of("page", 2L));
            assertThat(restore.references(Fate.ENTRY_GONE)).isEqualTo(Map.of("page", 1L));
            assertThat(own.jdbc().queryForList("SELECT body FROM page ORDER BY slug", String.class))
                    .containsExactly("{\"g\": [1, 4], \"hero\": 4}", "{\"g\": 5}");
        }
    }

    @Test
    void doublesNoUuidThatAnEditorHasPutBackInAnotherSpelling() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE media (id BINARY(16) PRIMARY KEY);
                INSERT INTO media VALUES (UUID_TO_BIN('11111111-2222-3333-4444-55555555abcd'));
                CREATE TABLE page (id INT PRIMARY KEY, body JSON);
                INSERT INTO page VALUES (1, '["11111111-2222-3333-4444-55555555ABCD", "x"]');
                """);
        String catalog =
                "name: own\nasset: {table: media, id: id}\nreferences:\n  - {table: page, asset: body, detach: json-remove, paths: '$[*]'}\n";
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            RunReport trash = own.run("trash", "11111111-2222-3333-4444-55555555abcd");
            assertThat(trash.references(Fate.DETACHED)).isEqualTo(Map.of("page", 1L));
            assertThat(trash.run().plan().orElseThrow().references()).isEqualTo(trash.references(Fate.DETACHED));
            own.jdbc().update("UPDATE page SET body = '[\"x\", \"1111111122223333444455555555ABCD\"]'");

            RunReport restore = own.run("restore", "11111111-2222-3333-4444-55555555abcd");

            assertThat(restore.references(Fate.SLOT_TAKEN)).isEqualTo(Map.of("page", 1L));
        }
    }
}
