package io.binday.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** What {@code binday sample} leaves in an empty folder: made once for all tests of a process, and copied for each. */
public final class SampleFolder {

    private static final Map<List<String>, Path> MADE = new HashMap<>();

    private SampleFolder() {}

    /**
     * Puts it into a folder.
     *
     * @param options of the command
     */
    public static synchronized void copyTo(Path folder, String... options) throws IOException {
        copy(made(List.of(options)), folder);
    }

    private static Path made(List<String> options) throws IOException {
        Path known = MADE.get(options);
        if (known != null) {
            return known;
        }
        Path folder = Files.createTempDirectory("binday-sample");
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(folder.toFile()), "sample"));
        String[] command = Stream.concat(Stream.of("sample"), options.stream()).toArray(String[]::new);
        BindayProcess.Result result = BindayProcess.run(folder, Map.of(), command);
        assertThat(result.exit()).as(result.err()).isZero();
        MADE.put(options, folder);
        return folder;
    }

    /** Copies what is in a folder, and all below, if there is such a folder. */
    public static void copy(Path from, Path to) throws IOException {
        if (Files.isDirectory(from)) {
            FileSystemUtils.copyRecursively(from, to);
        }
    }
}
