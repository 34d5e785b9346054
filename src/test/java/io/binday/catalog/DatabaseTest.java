package io.binday.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {

    private static final String MODES = ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";

    @Test
    void namesTheDatabaseWithoutSecrets() {
        assertThat(Database.ofUrl("jdbc:mysql://db.example:3306/cms?user=u&password=secret")
                        .place())
                .isEqualTo("MySQL db.example:3306/cms");
        assertThat(Database.ofUrl("jdbc:mysql://[::1]:3306/cms").place()).isEqualTo("MySQL [::1]:3306/cms");
        assertThat(List.of(
                        "jdbc:mysql://u:se@cret@db/cms",
                        "jdbc:mysql://u:p1secret@h1,u:p2secret@h2/cms",
                        "jdbc:mysql://u:se/cret?@db/cms",
                        "jdbc:mysql://address=(host=db)(password=secret)/cms"))
                .allSatisfy(url -> assertThat(Database.ofUrl(url).place()).isEqualTo("MySQL (as configured)"));
        assertThat(Database.ofUrl("jdbc:h2:file:./data/binday" + MODES).place()).isEqualTo("embedded ./data/binday");
    }

    @Test
    void knowsTheNameOfTheSchemaWhereverTheDatabaseIs() {
        assertThat(List.of(
                        "jdbc:mysql://db.example:3306/cms?useSSL=false",
                        "jdbc:mysql://u:se@cret@db/cms",
                        "jdbc:mysql://u:p1secret@h1,u:p2secret@h2/cms",
                        "jdbc:mysql:replication://h1,h2:3307/cms",
                        "jdbc:mysql://address=(host=db)(password=secret)/cms"))
                .allSatisfy(url -> assertThat(Database.ofUrl(url).name()).isEqualTo("cms"));
        assertThat(List.of("jdbc:mysql://u:pa/ss?word@db/cms", "jdbc:mysql://u:p@ss/wo/rd@db"))
                .allSatisfy(url -> assertThat(Database.ofUrl(url).name()).isEqualTo("MySQL (as configured)"));
        assertThat(Database.ofUrl("jdbc:h2:file:./data/binday" + MODES).name()).isEqualTo("embedded");
    }

    @Test
    void knowsWhetherTheEmbeddedFileIsThere(@TempDir Path folder) throws IOException {
        Database database = Database.ofUrl("jdbc:h2:file:" + folder.resolve("binday") + MODES);
        assertThat(database.isToBeCreated()).isTrue();

        Files.createFile(folder.resolve("binday.mv.db"));

        assertThat(database.isToBeCreated()).isFalse();
        assertThat(Database.ofUrl("jdbc:mysql://db/cms").isToBeCreated()).isFalse();
    }

    @Test
    void createsTheFolderOfAnEmbeddedDatabaseForItsUserAlone(@TempDir Path folder) throws IOException {
        Database database = Database.ofUrl("jdbc:h2:file:" + folder.resolve("new/data/binday") + MODES);

        database.createFolder();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("new/data"))))
                .isEqualTo("rwx------");
        Files.setPosixFilePermissions(folder.resolve("new/data"), PosixFilePermissions.fromString("rwxr-x---"));
        database.createFolder();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("new/data"))))
                .isEqualTo("rwxr-x---");
    }

    @Test
    void refusesAnEmbeddedDatabaseThatDoesNotSpeakAsMySqlDoes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Database.ofUrl("jdbc:h2:file:./data/binday;DATABASE_TO_LOWER=TRUE"))
                .withMessageContaining(
                        "MODE=MYSQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;WRITE_DELAY=0:");
    }

    @Test
    void refusesOtherDatabasesWithoutRepeatingTheUrl() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Database.ofUrl("jdbc:postgresql://user:secret@db/cms"))
                .withMessage("spring.datasource.url must start with jdbc:mysql: or jdbc:h2: but was jdbc:postgresql:…");
    }
}
