package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.testing.OnMySql;
import io.binday.trash.Fate;
import io.binday.trash.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan says what then comes of it. */
@OnMySql
class PlanIT {

    @TempDir
    private Path folder;

    @Test
    void countsARowOfTwoAssetsOnceAndWhatBelongsToItToo() throws IOException {
        String url = OwnDatabase.database("""
                CREATE TABLE file (id INT PRIMARY KEY);
                INSERT INTO file VALUES (1), (2), (3);
                CREATE TABLE note (id INT PRIMARY KEY, file INT, other INT, KEY (file), KEY (other));
                INSERT INTO note VALUES (1, 1, 2), (2, NULL, 2), (3, 3, 3), (4, 1, NULL), (5, 2, 1);
                CREATE TABLE word (id INT PRIMARY KEY, note INT, KEY (note));
                INSERT INTO word VALUES (1, 1), (2, 1), (3, 2), (4, 3), (5, 9);
                """);
        String catalog = OwnDatabase.ID_CATALOG + """
                  - {table: note, asset: file, name: first}
                  - {table: note, asset: other, name: second}
                  - {table: word, under: {reference: first, column: note, key: id}, name: words}
                  - {table: word, under: {reference: second, column: note, key: id}, name: other words}
                """;
        try (OwnDatabase own = OwnDatabase.installed(folder, url, catalog)) {
            Map<String, String> before = own.checksums("note", "word");

            RunReport trash = own.run("trash", "1", "2", "3");

            assertThat(trash.references(Fate.DETACHED))
                    .isEqualTo(Map.of("first", 4L, "second", 1L, "words", 3L, "other words", 1L));
            assertThat(trash.run().plan().map(Plan::references)).contains(trash.references(Fate.DETACHED));
            own.run("restore", "1", "2", "3");
            assertThat(own.checksums("note", "word")).isEqualTo(before);
        }
    }
}
