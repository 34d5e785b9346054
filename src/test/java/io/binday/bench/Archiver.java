package io.binday.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Percona's {@code pt-archiver}, which people purge tables with today; nothing where it is not installed. */
final class Archiver {

    private static final Path PROGRAM = Path.of("/usr/bin/pt-archiver");

    private Archiver() {}

    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    /** Purges the table of the trash, 100 rows a transaction; how many seconds it took. */
    static double seconds(String url) throws SQLException {
        URI server = URI.create(url.substring("jdbc:".length()));
        return Floor.seconds(() -> run(List.of(
                PROGRAM.toString(),
                "--source",
                "h=127.0.0.1,P=" + server.getPort() + ",u=root,D="
                        + server.getPath().substring(1) + ",t=binday_trash",
                "--where",
                "trashed_at < '2026-02-01'",
                "--purge",
                "--bulk-delete",
                "--limit=100",
                "--commit-each",
                "--no-check-charset",
                "--no-version-check")));
    }

    private static void run(List<String> command) {
        try {
            int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
            assertThat(exit).as("exit code of pt-archiver").isZero();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
