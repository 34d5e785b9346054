package io.binday.chaos;

import io.binday.testing.MySqlServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.springframework.util.FileSystemUtils;

/** Plays histories with faults, and counts how often each really struck a run at work. */
final class Chaos {

    private final MySqlServer server = MySqlServer.launched();
    private final Path folder;
    private final Map<Fault, Integer> tried = new EnumMap<>(Fault.class);
    private final Map<Fault, Integer> struck = new EnumMap<>(Fault.class);
    private int histories;

    Chaos(Path folder) {
        this.folder = folder;
    }

    /** Plays a history of a random operation with one to three random faults. */
    void play(long seed) throws IOException, SQLException, InterruptedException {
        Random random = new Random(seed);
        Fault.Operation operation = pick(random, List.of(Fault.Operation.values()));
        List<Fault> fitting = Arrays.stream(Fault.values())
                .filter(fault -> fault.fits(operation))
                .toList();
        List<Fault> faults = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            faults.add(pick(random, fitting));
        }
        play(seed, operation, faults);
    }

    /** Plays a history of an operation with these faults, one after the other. */
    void play(long seed, Fault.Operation operation, List<Fault> faults)
            throws IOException, SQLException, InterruptedException {
        String what = operation + " with " + faults + ", seed " + seed;
        Path place = Files.createDirectory(folder.resolve("history-" + histories));
        try (History history = new History(server, place, new Random(seed), operation)) {
            for (Fault fault : faults) {
                tried.merge(fault, 1, Integer::sum);
                if (history.awaitWorking()) {
                    fault.strike(history);
                    struck.merge(fault, 1, Integer::sum);
                }
            }
            history.finish();
            history.prove(what);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("history " + histories + ": " + what, e);
        }
        FileSystemUtils.deleteRecursively(place);
        histories++;
        System.out.println("Chaos: " + what + ": promises kept");
    }

    int histories() {
        return histories;
    }

    /** How often a fault really struck. */
    int struck(Fault fault) {
        return struck.getOrDefault(fault, 0);
    }

    /** What there was so far. */
    String summary() {
        StringBuilder lines = new StringBuilder("Chaos: " + histories
                + " histories, all promises kept; faults that struck a run" + " at work, of those tried:");
        tried.forEach((fault, times) ->
                lines.append(String.format("%n  %-10s %4d of %4d", fault, struck.getOrDefault(fault, 0), times)));
        return lines.toString();
    }

    private static <T> T pick(Random random, List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}
