package io.binday.chaos;

import io.binday.run.Control;
import io.binday.run.IllegalRunStateException;
import io.binday.run.RunControls;
import io.binday.testing.BindayProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/** The ways to harm a run; another one is another constant. */
enum Fault {
    /** {@code kill -9} of the process. */
    KILL {
        @Override
        void strike(History history) throws IOException {
            history.process().kill();
        }
    },
    /** {@code kill -TERM} of the process. */
    TERMINATE {
        @Override
        void strike(History history) throws IOException {
            history.process().terminate();
            history.process().await();
        }
    },
    /** SIGSTOP for longer than the lease; another process takes the run over; then SIGCONT. */
    FREEZE {
        @Override
        void strike(History history) throws IOException {
            BindayProcess frozen = history.process();
            signal("STOP", frozen);
            long token = history.leaseToken();
            BindayProcess rival = history.start("run", "restart", history.run());
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> history.leaseToken() > token || !rival.isAlive());
            signal("CONT", frozen);
            if (history.leaseToken() == token) {
                // It stood in the middle of a commit, and so was not dead.
                history.use(frozen);
            } else {
                history.use(rival);
                frozen.await();
            }
        }

        private void signal(String name, BindayProcess process) throws IOException {
            try {
                new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                        .start()
                        .waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    },
    /** {@code kill -9} of the database server, which then comes back. */
    SERVER {
        @Override
        void strike(History history) throws IOException, InterruptedException {
            history.server().kill();
            history.server().start();
        }
    },
    /** Every connection of the schema is cut. */
    CUT {
        @Override
        void strike(History history) throws SQLException {
            try (Connection connection =
                            DriverManager.getConnection(history.server().url(""));
                    Statement statement = connection.createStatement()) {
                for (long id : history.connections()) {
                    try {
                        statement.execute("KILL " + id);
                    } catch (SQLException e) {
                        // It has ended by itself meanwhile.
                    }
                }
            }
        }
    },
    /** An editor of the CMS locks assets and entries, in the other direction, for some seconds. */
    EDITOR {
        @Override
        void strike(History history) throws SQLException {
            try (Connection connection = DriverManager.getConnection(history.url());
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                for (int i = 0; i < 40; i++) {
                    try {
                        for (String asset : history.someDescending(20)) {
                            statement.executeUpdate("UPDATE asset SET title = title WHERE uid = '" + asset + "'");
                            statement.executeUpdate(
                                    "UPDATE entry_asset_reference SET locale = locale WHERE asset_uid = '" + asset
                                            + "'");
                        }
                        statement.execute("DO SLEEP(0.03)");
                        connection.commit();
                    } catch (SQLException e) {
                        connection.rollback();
                    }
                }
            }
        }
    },
    /** Two more processes want the run, whose own one is alive, if paused. */
    RIVALS {
        @Override
        void strike(History history) throws IOException {
            long run = Long.parseLong(history.run());
            history.the(RunControls.class).pause(run, "operator");
            BindayProcess one = history.start("run", "restart", history.run());
            BindayProcess other = history.start("run", "recover", history.run());
            List<Integer> exits = List.of(one.await().exit(), other.await().exit());
            if (!exits.equals(List.of(6, 6))) {
                throw new AssertionError("rivals ended with " + exits + ": " + one.errSoFar() + other.errSoFar());
            }
            history.the(RunControls.class).resume(run);
        }
    },
    /** An operator pauses, resumes and stops. */
    CONTROLS {
        @Override
        void strike(History history) {
            RunControls controls = history.the(RunControls.class);
            long run = Long.parseLong(history.run());
            try {
                controls.pause(run, "operator");
                Awaitility.await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
                controls.throttle(run, Optional.of(new Control.Pace(History.RATE, "operator")));
                controls.resume(run);
                controls.stop(run, "operator");
            } catch (IllegalRunStateException e) {
                // The run has ended first.
            }
        }
    },
    /** Both outputs are on a full disk. */
    DISK {
        @Override
        void strike(History history) throws IOException {
            history.process().kill();
            history.use(history.startWithFullDisk("run", "restart", history.run()));
        }
    },
    /** The store of binaries goes away and comes back. */
    BINARIES {
        @Override
        void strike(History history) throws IOException {
            Path away = history.binaries().resolveSibling("away");
            Files.move(history.binaries(), away);
            history.hurry();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> history.failedFiles() > 0 || !history.process().isAlive());
            Files.move(away, history.binaries());
            if (history.failedFiles() == 0) {
                throw new AssertionError("no file was to be deleted meanwhile: "
                        + history.process().errSoFar());
            }
        }

        @Override
        boolean fits(Operation operation) {
            return operation == Operation.PURGE;
        }
    };

    /** Harms a run that is working now. */
    abstract void strike(History history) throws IOException, SQLException, InterruptedException;

    /** Whether it can harm such a run at all. */
    boolean fits(Operation operation) {
        return true;
    }

    /** The operations. */
    enum Operation {
        TRASH,
        RESTORE,
        PURGE
    }
}
