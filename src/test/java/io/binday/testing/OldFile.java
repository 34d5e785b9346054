package io.binday.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

/** Files of assets, which were written long before the assets were purged. */
public final class OldFile {

    private OldFile() {}

    /** Writes one as it were a day ago. */
    public static Path write(Path file) throws IOException {
        Files.writeString(file, "x");
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
    }
}
