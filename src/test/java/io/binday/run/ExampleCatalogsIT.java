package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import io.binday.audit.Audit;
import io.binday.catalog.CatalogCheck;
import io.binday.catalog.CatalogDiscovery;
import io.binday.catalog.CatalogFile;
import io.binday.catalog.CatalogInstall;
import io.binday.catalog.DiscoveryRefusedException;
import io.binday.catalog.Reference;
import io.binday.catalog.Reference.Detach;
import io.binday.testing.MySqlServer;
import io.binday.testing.OnMySql;
import io.binday.trash.Fate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ClassPathResource;

/** The catalogs in {@code config/catalogs}, each on a database as its product makes it. */
@OnMySql
class ExampleCatalogsIT {

    @TempDir
    Path folder;

    @Test
    void directusGivesBackEveryUseOfAFile() throws IOException {
        String url = OwnDatabase.databaseOfOthers(schema("directus")
                + "CREATE INDEX directus_users_avatar ON directus_users (avatar);\n"
                + "CREATE INDEX directus_comments_item ON directus_comments (collection, item);\n");
        String catalog =
                shipped("directus").replaceAll("(?m)^  # (- .*)", "  $1").replace("  updated-at: modified_on\n", "");
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            String[] tables = {
                "directus_files",
                "directus_users",
                "directus_settings",
                "directus_comments",
                "articles",
                "articles_files"
            };
            Map<String, String> before = own.checksums(tables);
            String[] files = own.jdbc()
                    .queryForList("SELECT id FROM directus_files", String.class)
                    .toArray(String[]::new);

            RunReport trash = own.run("trash", files);

            assertThat(trash.references(Fate.DETACHED))
                    .isEqualTo(Map.of(
                            "directus_users",
                            1L,
                            "project_logo",
                            1L,
                            "public_foreground",
                            0L,
                            "public_background",
                            0L,
                            "public_favicon",
                            1L,
                            "directus_comments",
                            1L,
                            "articles",
                            1L,
                            "articles_files",
                            3L,
                            "articles.body",
                            2L));
            assertThat(own.app.count("SELECT COUNT(*) FROM directus_files")).isZero();
            givesEverythingBack(own, before, files, tables);
        }
    }

    @Test
    void directusNamesTheFileFieldsOfOnesOwnThatItLacks() throws IOException {
        String url = OwnDatabase.databaseOfOthers(schema("directus"));
        try (OwnDatabase own = OwnDatabase.open(folder, url, shipped("directus"))) {
            assertThat(own.app.the(CatalogCheck.class).findings())
                    .anySatisfy(finding -> assertThat(finding.text()).contains("articles_image_foreign"))
                    .anySatisfy(
                            finding -> assertThat(finding.text()).contains("articles_files_directus_files_id_foreign"))
                    .anySatisfy(finding -> assertThat(finding.remedy())
                            .isEqualTo("run: ALTER TABLE `directus_users` ADD INDEX (`avatar`)"));
        }
    }

    @Test
    void strapiGivesBackEveryUseOfAFile() throws IOException {
        String url = OwnDatabase.databaseOfOthers(schema("strapi"));
        String catalog = shipped("strapi").replace("  updated-at: updated_at\n", "");
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            String[] tables = {"files", "files_related_mph", "files_folder_lnk"};
            Map<String, String> before = own.checksums(tables);

            RunReport trash = own.run("trash", "1", "2", "3");

            assertThat(trash.references(Fate.DETACHED))
                    .isEqualTo(Map.of("files_related_mph", 4L, "files_folder_lnk", 1L));
            givesEverythingBack(own, before, new String[] {"1", "2", "3"}, tables);
        }
    }

    @Test
    void wordPressGivesBackEveryUseOfAnAttachmentAndLeavesPosts() throws IOException {
        String url = OwnDatabase.databaseOfOthers("SET SESSION sql_mode = '';\n" + schema("wordpress"));
        try (OwnDatabase own = OwnDatabase.installed(folder, url, shipped("wordpress"))) {
            String[] tables = {
                "wp_posts", "wp_postmeta", "wp_term_relationships", "wp_comments", "wp_commentmeta", "wp_options"
            };
            Map<String, String> before = own.checksums(tables);

            RunReport trash = own.run("trash", "10", "11", "12");

            assertThat(trash.items().done()).isEqualTo(2);
            assertThat(trash.references(Fate.DETACHED))
                    .isEqualTo(Map.of(
                            "wp_postmeta",
                            3L,
                            "featured image",
                            2L,
                            "wp_term_relationships",
                            1L,
                            "wp_comments",
                            2L,
                            "wp_commentmeta",
                            1L,
                            "site icon",
                            1L));
            assertThat(trash.run().plan().orElseThrow().references()).isEqualTo(trash.references(Fate.DETACHED));
            assertThat(own.app.count("SELECT COUNT(*) FROM wp_commentmeta")).isEqualTo(1);
            givesEverythingBack(own, before, new String[] {"11", "12"}, tables);
        }
    }

    @Test
    void wordPressCountsTheCoverOfAnAttachmentOnceThoughBothAreTrashed() throws IOException {
        String url = OwnDatabase.databaseOfOthers("SET SESSION sql_mode = '';\n" + schema("wordpress"));
        try (OwnDatabase own = OwnDatabase.installed(folder, url, shipped("wordpress"))) {
            own.jdbc()
                    .update(
                            "INSERT INTO wp_postmeta (post_id, meta_key, meta_value) VALUES (12, '_thumbnail_id', '11'), (11, '_thumbnail_id', '11')");
            Map<String, String> before = own.checksums("wp_posts", "wp_postmeta");

            RunReport trash = own.run("trash", "11", "12");

            assertThat(trash.references(Fate.DETACHED))
                    .containsEntry("wp_postmeta", 5L)
                    .containsEntry("featured image", 2L);
            assertThat(trash.run().plan().orElseThrow().references()).isEqualTo(trash.references(Fate.DETACHED));
            givesEverythingBack(own, before, new String[] {"11", "12"}, "wp_posts", "wp_postmeta");
        }
    }

    @Test
    void wordPressKeepsTheFeaturedImageThatAPostWasGivenMeanwhile() throws IOException {
        String url = OwnDatabase.databaseOfOthers("SET SESSION sql_mode = '';\n" + schema("wordpress"));
        try (OwnDatabase own = OwnDatabase.installed(folder, url, shipped("wordpress"))) {
            long post = own.app.count(
                    "SELECT post_id FROM wp_postmeta WHERE meta_key = '_thumbnail_id' AND meta_value = '11' LIMIT 1");
            own.run("trash", "11");
            own.jdbc()
                    .update(
                            "INSERT INTO wp_postmeta (post_id, meta_key, meta_value) VALUES (?, '_thumbnail_id', '12')",
                            post);

            RunReport restore = own.run("restore", "11");

            assertThat(restore.items().done()).isEqualTo(1);
            assertThat(restore.references(Fate.SLOT_TAKEN).get("featured image"))
                    .isEqualTo(1);
            assertThat(own.jdbc()
                            .queryForList(
                                    "SELECT meta_value FROM wp_postmeta WHERE post_id = ? AND meta_key = '_thumbnail_id'",
                                    String.class,
                                    post))
                    .containsExactly("12");
        }
    }

    private static void givesEverythingBack(
            OwnDatabase own, Map<String, String> before, String[] assets, String... tables) {
        assertThat(own.app.the(Audit.class).report(true).findings()).isEmpty();
        RunReport restore = own.run("restore", assets);
        assertThat(restore.items().done()).isEqualTo(assets.length);
        assertThat(own.checksums(tables)).isEqualTo(before);
        assertThat(own.app.the(Audit.class).report(true).findings()).isEmpty();
    }

    @Test
    void discoversTheStackAsItsCatalogDescribesIt() throws IOException {
        String url = OwnDatabase.databaseOfOthers("");
        try (OwnDatabase own = OwnDatabase.open(folder, url, Files.readString(Path.of("config/catalog.yml")))) {
            own.app.withSample(20);

            String found = own.app.the(CatalogDiscovery.class).discover("asset", Optional.empty());

            assertThat(CatalogFile.read("found.yml", found).references())
                    .extracting(
                            reference -> reference.table().name(),
                            reference -> reference.site().column(),
                            Reference::detach)
                    .containsExactlyInAnyOrder(
                            tuple("entry_asset_reference", "asset_uid", Detach.DELETE_ROW),
                            tuple("asset_publication", "asset_uid", Detach.DELETE_ROW));
            assertThat(found)
                    .contains("id-pattern: \"[A-Za-z0-9_-]{19}\"", "label: title", "# bytes: file_size")
                    .doesNotContain("# - name:");
        }
    }

    @Test
    void discoversACatalogThatTheDatabaseAcceptsAsItIs() throws IOException {
        discovers(
                "directus",
                "directus_files",
                "# - name: directus_comments.item",
                "# - name: articles.body",
                "detach: set-null",
                "# - name: directus_users.avatar");
        discovers("strapi", "files", "detach: delete-row");
        discovers("wordpress", "wp_posts", "# - name: wp_postmeta.post_id", "# where: {post_type: []}");
    }

    @Test
    void discoversACatalogOfTablesInAnotherSchema() throws IOException {
        String cms = MySqlServer.shared().freshSchema();
        String url = OwnDatabase.databaseOfOthers("""
                CREATE TABLE %1$s.file (id INT NOT NULL PRIMARY KEY, name VARCHAR(9));
                CREATE TABLE %1$s.used (id INT NOT NULL PRIMARY KEY, file INT NOT NULL, FOREIGN KEY (file) REFERENCES %1$s.file (id));
                CREATE TABLE %1$s.page (id INT NOT NULL PRIMARY KEY, hero_image INT, KEY (hero_image));
                CREATE TABLE here (id INT NOT NULL PRIMARY KEY, file INT NULL, FOREIGN KEY (file) REFERENCES %1$s.file (id));
                CREATE TABLE other (id INT NOT NULL PRIMARY KEY, hero_image INT);
                """.formatted(cms));
        String found;
        try (OwnDatabase own = OwnDatabase.open(folder, url, OwnDatabase.ID_CATALOG)) {
            CatalogDiscovery discovery = own.app.the(CatalogDiscovery.class);
            found = discovery.discover("file", Optional.of(cms));
            assertThatExceptionOfType(DiscoveryRefusedException.class)
                    .isThrownBy(() -> discovery.discover("files", Optional.of(cms)))
                    .withMessageContaining("tables here: %1$s.file, %1$s.page, %1$s.used".formatted(cms));
        }

        assertThat(found).contains("# - name: page.hero_image").doesNotContain("other");
        try (OwnDatabase own = OwnDatabase.open(folder, url, found)) {
            own.app.the(CatalogInstall.class).install();
            assertThat(own.app.the(CatalogCheck.class).findings()).as(found).isEmpty();
        }
    }

    private void discovers(String product, String table, String... parts) throws IOException {
        String url = OwnDatabase.databaseOfOthers("SET SESSION sql_mode = '';\n" + schema(product));
        String found;
        try (OwnDatabase own = OwnDatabase.open(folder, url, shipped(product))) {
            found = own.app.the(CatalogDiscovery.class).discover(table, Optional.empty());
        }
        try (OwnDatabase own = OwnDatabase.open(folder, url, found)) {
            own.app.the(CatalogInstall.class).install();
            assertThat(own.app.the(CatalogCheck.class).findings()).as(found).isEmpty();
            assertThat(found).contains(parts);
        }
    }

    private static String schema(String name) throws IOException {
        return new ClassPathResource("schemas/" + name + ".sql").getContentAsString(StandardCharsets.UTF_8);
    }

    private static String shipped(String name) throws IOException {
        return Files.readString(Path.of("config/catalogs/" + name + ".yml"));
    }
}
