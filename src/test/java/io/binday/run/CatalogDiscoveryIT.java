package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.binday.catalog.Catalog;
import io.binday.catalog.CatalogDiscovery;
import io.binday.catalog.CatalogFile;
import io.binday.catalog.DiscoveryRefusedException;
import io.binday.catalog.Reference;
import io.binday.catalog.Reference.Detach;
import io.binday.document.InvalidDocumentException;
import io.binday.testing.OnMySql;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code catalog discover} makes of tables as others have them. */
@OnMySql
class CatalogDiscoveryIT {

    @TempDir
    Path folder;

    @Test
    void neverProposesToDeleteWhatTheDatabaseWouldOnlyEmpty() throws IOException {
        String found = discover("""
                CREATE TABLE file (id INT PRIMARY KEY, name VARCHAR(9));
                CREATE TABLE team (id INT PRIMARY KEY);
                CREATE TABLE person (id INT PRIMARY KEY, team INT, photo INT, bio TEXT,
                  FOREIGN KEY (team) REFERENCES team (id), FOREIGN KEY (photo) REFERENCES file (id) ON DELETE SET NULL);
                CREATE TABLE profile (id INT PRIMARY KEY, team INT, photo INT, bio TEXT,
                  FOREIGN KEY (team) REFERENCES team (id), FOREIGN KEY (photo) REFERENCES file (id));
                CREATE TABLE team_file (id INT PRIMARY KEY, team INT, file INT, sort INT,
                  FOREIGN KEY (team) REFERENCES team (id), FOREIGN KEY (file) REFERENCES file (id));
                """);

        assertThat(catalog(found).references())
                .extracting(Reference::name, Reference::detach)
                .containsExactlyInAnyOrder(
                        tuple("person", Detach.SET_NULL),
                        tuple("profile", Detach.SET_NULL),
                        tuple("team_file", Detach.DELETE_ROW));
    }

    @Test
    void namesEachReferenceSoThatTheCatalogCanBeRead() throws IOException {
        String table = "content_type_landing_page_hero_section_with_images_desktop";
        String found = discover("""
                CREATE TABLE file (id INT PRIMARY KEY);
                CREATE TABLE %s (id INT PRIMARY KEY, image_desktop_left INT, image_desktop_right INT, image_desktop_top INT,
                  CONSTRAINT a FOREIGN KEY (image_desktop_left) REFERENCES file (id),
                  CONSTRAINT b FOREIGN KEY (image_desktop_right) REFERENCES file (id),
                  CONSTRAINT c FOREIGN KEY (image_desktop_top) REFERENCES file (id));
                """.formatted(table));

        assertThat(catalog(found).references())
                .extracting(Reference::name)
                .containsExactly(table, table + ".image", table + ".ima.2");
    }

    @Test
    void guessesFromNamesButNotWhatAForeignKeyDenies() throws IOException {
        String found = discover("""
                CREATE TABLE file (fid INT PRIMARY KEY, kind VARCHAR(9), content_type VARCHAR(9));
                INSERT INTO file VALUES (1, 'page', 'x'), (2, 'upload', 'x');
                CREATE TABLE person (id INT PRIMARY KEY);
                CREATE TABLE usage_of (fid INT, module VARCHAR(9), type VARCHAR(9), id INT, PRIMARY KEY (fid, module));
                CREATE TABLE attachment (id INT PRIMARY KEY, file_id INT, photo_of INT, record_type VARCHAR(9),
                  FOREIGN KEY (photo_of) REFERENCES person (id));
                CREATE TABLE batch_logo (id INT PRIMARY KEY, file_id INT);
                CREATE TABLE note (id INT PRIMARY KEY, kind VARCHAR(9), item INT);
                INSERT INTO note VALUES (1, 'file', 1), (2, 'person', 1);
                CREATE TABLE label (id INT PRIMARY KEY, kind VARCHAR(9), item INT);
                """);

        assertThat(found)
                .contains(
                        "# - name: usage_of.fid",
                        "# - name: attachment.file_id",
                        "# - name: batch_logo.file_id",
                        "# where: {kind: []}    # if not every row is an asset, name the values of those that are; there are page, upload",
                        "where: {kind: []}    # name the values that mean assets; there are file, person\n",
                        "where: {kind: []}    # name the values that mean assets; there are none yet\n")
                .doesNotContain("photo_of", "record_type", "content_type:");
        assertThatExceptionOfType(InvalidDocumentException.class)
                .as("a guess that leaves something open is refused until somebody has filled it in")
                .isThrownBy(() -> catalog(found.replaceAll("(?m)^  # (- | )", "  $1")))
                .withMessageContaining("where.kind must be a value or a list of values");
    }

    @Test
    void saysHowToLookIntoAnotherSchema() {
        assertThatExceptionOfType(DiscoveryRefusedException.class)
                .isThrownBy(() -> discover(""))
                .withMessageContaining("--asset-schema");
    }

    private String discover(String tables) throws IOException {
        String url = OwnDatabase.databaseOfOthers(tables);
        try (OwnDatabase own = OwnDatabase.open(folder, url, OwnDatabase.ID_CATALOG)) {
            return own.app.the(CatalogDiscovery.class).discover("file", Optional.empty());
        }
    }

    private static Catalog catalog(String text) {
        return CatalogFile.read("found.yml", text);
    }
}
