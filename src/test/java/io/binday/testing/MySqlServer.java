package io.binday.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * A real MySQL server on a free loopback port with durable settings and a data folder of its own, started once for all
 * tests of a process and ended with it; or the server that {@code BINDAY_TEST_MYSQL_URL} names
 * ({@code jdbc:mysql://host:port/?user=…&password=…}).
 */
public final class MySqlServer {

    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    private static @Nullable MySqlServer shared;
    private static Optional<String> absence = Optional.empty();

    private final String host;
    private final String parameters;
    private final Optional<Path> folder;
    private final int port;
    private @Nullable Process process;
    private @Nullable SchemaTemplate template;

    private MySqlServer(String host, String parameters, Optional<Path> folder, int port) {
        this.host = host;
        this.parameters = parameters;
        this.folder = folder;
        this.port = port;
    }

    /** Why there is no server here; empty when there is one. */
    public static synchronized Optional<String> absence() {
        if (shared == null && absence.isEmpty()) {
            try {
                shared = given().orElseGet(MySqlServer::launched);
            } catch (UncheckedIOException e) {
                absence = Optional.of(String.valueOf(e.getMessage()));
            }
        }
        return absence;
    }

    /** The server all tests of this process share. */
    public static synchronized MySqlServer shared() {
        absence().ifPresent(why -> {
            throw new IllegalStateException("there is no MySQL server: " + why);
        });
        if (shared == null) {
            throw new IllegalStateException("there is no MySQL server");
        }
        return shared;
    }

    private static Optional<MySqlServer> given() {
        String url = System.getenv("BINDAY_TEST_MYSQL_URL");
        if (url == null || url.isBlank()) {
            return Optional.empty();
        }
        String rest = url.substring("jdbc:mysql://".length());
        int slash = rest.indexOf('/');
        int question = rest.indexOf('?');
        return Optional.of(new MySqlServer(
                slash < 0 ? rest : rest.substring(0, slash),
                question < 0 ? "" : rest.substring(question),
                Optional.empty(),
                0));
    }

    /** A server of its own, for tests that kill it. */
    public static MySqlServer launched() {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "mysql")), "data-")
                    .toAbsolutePath();
            Path home = MySqlDistribution.unpacked();
            int port = freePort();
            MySqlServer server = new MySqlServer("127.0.0.1:" + port, "?user=root", Optional.of(folder), port);
            server.initialize(home);
            server.start();
            Runtime.getRuntime().addShutdownHook(new Thread(server::end, "stop-mysql"));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void initialize(Path home) throws IOException {
        Process initialization = command(home, List.of("--initialize-insecure")).start();
        try {
            if (!initialization.waitFor(2, TimeUnit.MINUTES) || initialization.exitValue() != 0) {
                throw new IOException("mysqld --initialize-insecure failed; see " + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private Path log() {
        return folder.orElseThrow().resolveSibling(folder.orElseThrow().getFileName() + ".log");
    }

    private ProcessBuilder command(Path home, List<String> more) {
        Path data = folder.orElseThrow();
        List<String> base = List.of(
                home.resolve("bin/mysqld").toString(),
                "--no-defaults",
                "--user=root",
                "--basedir=" + home,
                "--datadir=" + data.resolve("data"),
                "--lc-messages-dir=" + home.resolve("share"),
                "--character-sets-dir=" + home.resolve("share/charsets"));
        List<String> all = Stream.concat(base.stream(), more.stream()).toList();
        return new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    }

    /** Starts the server on its own data; committed means on disk. */
    public void start() throws IOException {
        Path data = folder.orElseThrow();
        Process started = command(
                        MySqlDistribution.unpacked(),
                        List.of(
                                "--bind-address=127.0.0.1",
                                "--port=" + port,
                                "--socket=" + Path.of("/tmp", data.getFileName() + ".sock"),
                                "--mysqlx=OFF",
                                "--pid-file=" + data.resolve("pid"),
                                "--innodb-flush-log-at-trx-commit=1",
                                "--sync-binlog=1",
                                "--log-bin=binlog",
                                "--binlog-expire-logs-seconds=600",
                                "--max-binlog-size=64M",
                                "--innodb-buffer-pool-size=1G",
                                "--innodb-redo-log-capacity=1G",
                                "--local-infile=ON",
                                "--performance-schema=ON"))
                .start();
        process = started;
        Awaitility.await("MySQL to accept connections")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    if (!started.isAlive()) {
                        throw new IOException("mysqld ended; see " + log());
                    }
                    return accepts();
                });
    }

    private boolean accepts() {
        try (Connection connection = DriverManager.getConnection(url(""))) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Ends the server in order; nothing happens to one that was given. */
    public void stop() {
        Process running = process;
        if (running != null) {
            running.destroy();
            try {
                if (!running.waitFor(20, TimeUnit.SECONDS)) {
                    running.destroyForcibly();
                }
            } catch (InterruptedException e) {
                running.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Stops the server and removes its data, which can be gigabytes; the log stays. */
    private void end() {
        stop();
        folder.ifPresent(data -> FileSystemUtils.deleteRecursively(data.toFile()));
    }

    /** {@code kill -9}. */
    public void kill() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().waitFor();
        }
    }

    /** Whether this server may be killed. */
    public boolean isOwn() {
        return folder.isPresent();
    }

    /** The URL of a schema, with user and password. */
    public String url(String schema) {
        return "jdbc:mysql://" + host + "/" + schema + parameters;
    }

    public String hostAndPort() {
        return host;
    }

    /** Creates an empty schema and returns its name. */
    public String freshSchema() {
        String name = "binday_" + ProcessHandle.current().pid() + "_" + SCHEMAS.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(url(""));
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + name);
            statement.execute("CREATE DATABASE " + name);
            return name;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create schema " + name, e);
        }
    }

    /** Creates a schema with the tables of the product, as its migrations leave them, and returns its name. */
    public synchronized String migratedSchema() {
        try {
            SchemaTemplate known = template;
            if (known == null) {
                known = new SchemaTemplate(this);
                template = known;
            }
            String schema = freshSchema();
            known.copyTo(url(schema));
            return schema;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot copy the tables of the product", e);
        }
    }

    /** Runs a server until the process is ended, for trying things by hand. */
    public static void main(String... args) throws InterruptedException {
        MySqlServer server = shared();
        System.out.println(server.url(server.freshSchema()));
        Thread.currentThread().join();
    }
}
