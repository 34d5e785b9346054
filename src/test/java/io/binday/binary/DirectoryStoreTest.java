package io.binday.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.binday.testing.OldFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryStoreTest {

    @TempDir
    private Path folder;

    private Path root;
    private Path outside;
    private DirectoryStore store;

    @BeforeEach
    void createFiles() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
        outside = OldFile.write(folder.resolve("outside.jpg"));
        OldFile.write(Files.createDirectory(root.resolve("a")).resolve("b.jpg"));
        store = new DirectoryStore(root, "", Clock.systemUTC());
    }

    @Test
    void deletesAFileAndHasNothingToDoTheSecondTime() throws IOException {
        assertThat(store.delete("a/b.jpg")).isTrue();
        assertThat(root.resolve("a/b.jpg")).doesNotExist();
        assertThat(store.delete("a/b.jpg")).isFalse();
        assertThat(store.delete("never/there.jpg")).isFalse();
    }

    @Test
    void doesNotCallAFileDeletedOfWhichOnlyALinkIsHere() throws IOException {
        Files.createSymbolicLink(root.resolve("link.jpg"), outside);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> store.delete("link.jpg"))
                .withMessage("key 'link.jpg' is a link, so its content would stay");
        assertThat(root.resolve("link.jpg")).exists();
    }

    @Test
    void knowsWhetherItHoldsNoneOfTheFilesThatItShould() {
        assertThat(store.lacksAll(List.of("never/there.jpg", "../outside.jpg"))).isTrue();
        assertThat(store.lacksAll(List.of("never/there.jpg", "a/b.jpg"))).isFalse();
        assertThat(new DirectoryStore(root, "public://", Clock.systemUTC()).lacksAll(List.of("private://c.jpg")))
                .as("a key of somewhere else")
                .isFalse();
    }

    @Test
    void doesNotTakeAFileForMissingWhoseNameItCannotWrite() {
        DirectoryStore latin = new DirectoryStore(root, "", StandardCharsets.ISO_8859_1, Clock.systemUTC());

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> latin.delete("gr\u00f6\u00dfe.jpg"))
                .withMessageContaining("LC_ALL=C.UTF-8");
        assertThatNoException().isThrownBy(() -> latin.delete("a/b.jpg"));

        assertThat(root.resolve("a/b.jpg")).doesNotExist();
    }

    @Test
    void readsAKeyAsAPathAfterWhatEveryKeyBeginsWith() throws IOException {
        DirectoryStore drupal = new DirectoryStore(root, "public://", Clock.systemUTC());

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> drupal.delete("private://a/b.jpg"))
                .withMessage("key 'private://a/b.jpg' does not begin with binday.binary.key-prefix, 'public://'");
        for (String key : List.of("public://../outside.jpg", "public:///a/b.jpg", "public://a//b.jpg", "public://")) {
            assertThatExceptionOfType(IOException.class)
                    .as(key)
                    .isThrownBy(() -> drupal.delete(key))
                    .withMessage(
                            "key '%s' leaves the directory of binaries, or is no plain path after 'public://'", key);
        }
        assertThat(root.resolve("a/b.jpg")).exists();
        assertThat(outside).exists();

        assertThat(drupal.delete("public://a/b.jpg")).isTrue();
        assertThat(root.resolve("a/b.jpg")).doesNotExist();
    }

    @Test
    void leavesAFileThatWasWrittenAgainAMomentAgo() throws IOException {
        Files.writeString(root.resolve("a/b.jpg"), "new");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> store.delete("a/b.jpg"))
                .withMessageContaining("'a/b.jpg' was written at ");
        assertThat(root.resolve("a/b.jpg")).exists();

        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(2));
        assertThat(new DirectoryStore(root, "", later).delete("a/b.jpg")).isTrue();
        Files.writeString(root.resolve("a/b.jpg"), "of a far future");
        Clock earlier = Clock.offset(Clock.systemUTC(), Duration.ofDays(-2));
        assertThat(new DirectoryStore(root, "", earlier).delete("a/b.jpg")).isTrue();
    }

    @Test
    void deletesNothingThroughALinkBecauseTheFileMayHaveAnotherKeyToo() throws IOException {
        Files.createSymbolicLink(root.resolve("link"), root.resolve("a"));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> store.delete("link/b.jpg"))
                .withMessageContaining("leads through a link");

        assertThat(root.resolve("a/b.jpg")).exists();
    }

    @Test
    void deletesNothingOnceItsCallerHasGivenUp() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> store.delete("a/b.jpg"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(root.resolve("a/b.jpg")).exists();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../outside.jpg",
                "a/../../outside.jpg",
                "a//b.jpg/../b.jpg",
                "./a/b.jpg",
                "a//b.jpg",
                "a/b.jpg/",
                "",
                ".",
                "a/..",
                "a",
                "a/b.jpg\u0000"
            })
    void refusesKeysThatLeaveTheRootOrAreNoFile(String key) {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> store.delete(key));
        assertThat(outside).exists();
        assertThat(root.resolve("a/b.jpg")).exists();
    }

    @Test
    void refusesAnAbsoluteKeyAndALinkThatLeadsOutside() throws IOException {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> store.delete(outside.toString()));
        Files.createSymbolicLink(root.resolve("link"), folder);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> store.delete("link/outside.jpg"));
        assertThat(outside).exists();
    }

    @Test
    void doesNotTakeAMissingRootForMissingFiles() throws IOException {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(
                        () -> new DirectoryStore(folder.resolve("unmounted"), "", Clock.systemUTC()).delete("a/b.jpg"))
                .withMessageContaining("is not there");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new DirectoryStore(empty, "", Clock.systemUTC()).delete("a/b.jpg"))
                .withMessageContaining("is it mounted?");
    }
}
