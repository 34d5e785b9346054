package io.binday.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.run.RunStatus;
import io.binday.testing.TestApplication;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is piped in is copied, so that it can be read again after a crash. */
class StandardInputIT {

    private final String url = TestApplication.h2("piped");

    @TempDir
    private Path folder;

    @Test
    void isReadAgainByAnotherProcessAndThenRemoved() throws IOException {
        InputSpec.Csv spec;
        long run;
        try (TestApplication first = TestApplication.on(url).withSample(60)) {
            List<String> some = first.jdbc().queryForList("SELECT uid FROM asset ORDER BY uid LIMIT 3", String.class);
            spec = piped(first, String.join("\n", some));
            run = first.runs().create(first.request("trash", spec, true), true);
            first.inputs().keepSpool(spec);
        }
        assertThat(Path.of(spec.path())).exists();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(spec.path()))))
                .isEqualTo("rw-------");

        try (TestApplication second = TestApplication.on(url)) {
            assertThat(second.work(run).run().status()).isEqualTo(RunStatus.COMPLETED);
        }
        assertThat(Path.of(spec.path())).doesNotExist();
    }

    @Test
    void isRemovedWhereNoRunNeedsIt() {
        InputSpec.Csv spec;
        try (TestApplication app = TestApplication.on(url)) {
            spec = piped(app, "uid\nx\n");
            assertThat(Path.of(spec.path())).exists();
        }
        assertThat(Path.of(spec.path())).doesNotExist();
    }

    /** Whoever can write in the database must not be able to have any file of this user deleted. */
    @Test
    void removesNoFileThatOnlyTheDatabaseCallsACopy() throws IOException {
        Path file = Files.writeString(folder.resolve("authorized_keys"), "key");
        try (TestApplication app = TestApplication.on(url)) {
            app.inputs().discardSpool(new InputSpec.Csv(file.toString(), "-", Optional.empty()));
        }
        assertThat(file).exists();
    }

    private static InputSpec.Csv piped(TestApplication app, String text) {
        return app.inputs().csv("-", Optional.empty(), new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
