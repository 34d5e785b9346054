package io.binday;

import io.binday.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;

/**
 * What the build runs to find out which classes commands load: the usual commands, on a database of its own. The virtual machine
 * writes them into the archive when this ends.
 */
final class ClassArchiveTraining {

    private static final List<List<String>> COMMANDS = List.of(
            List.of("sample", "--assets", "150"),
            List.of("trash", "--csv", "jobs/samples/cleanup.csv", "--reason", "training", "--yes"),
            List.of("restore", "--run", "1", "--yes"),
            List.of("purge", "--dry-run"),
            List.of("run", "list"),
            List.of("run", "list", "-o", "json"),
            List.of("run", "show", "1"),
            List.of("run", "rejects", "1"),
            List.of("list"),
            List.of("audit"),
            List.of("catalog", "check"),
            List.of("schedule", "list"));

    private static final String DRIVER = "com/mysql/cj/";

    private ClassArchiveTraining() {}

    /**
     * Runs the commands, loads the driver of MySQL, of which there is none here, and notes of which jar the archive will be.
     *
     * @param args the jar, and an empty folder for the database
     */
    public static void main(String[] args) throws IOException {
        System.setProperty(
                "spring.datasource.url",
                "jdbc:h2:file:" + Path.of(args[1]).toAbsolutePath()
                        + "/training;MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;AUTO_SERVER=TRUE");
        COMMANDS.forEach(command -> Cli.run(BindayApplication.class, command.toArray(String[]::new)));
        Files.writeString(ClassArchive.note(ClassArchive.beside(args[0])), ClassArchive.identity(Path.of(args[0])));
        try (JarFile jar = new JarFile(args[0])) {
            jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith(DRIVER) && name.endsWith(".class"))
                    .forEach(ClassArchiveTraining::load);
        }
        // Threads of the database's would keep the process alive.
        System.exit(0);
    }

    private static void load(String name) {
        try {
            String type = name.substring(0, name.length() - ".class".length()).replace('/', '.');
            Class.forName(type, false, ClassArchiveTraining.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            // It needs what is not there, so no command uses it.
        }
    }
}
