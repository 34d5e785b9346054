package io.binday.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.testing.BindayProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How a process starts with the archive of classes that the build has made. */
@EnabledOnOs(OS.LINUX)
class StartE2E {

    private static final List<String> WITHOUT = List.of("-Xshare:auto");

    @TempDir
    private Path folder;

    @Test
    void readsItsClassesFromTheArchiveOfTheBuild() throws IOException {
        assertThat(classesOf(List.of())).contains("io.binday.cli.RunListCommand source: shared objects file");
    }

    @Test
    void doesNotLookForItsBeansOnceThereIsADatabase() throws IOException {
        assertThat(run(List.of(), "run", "list").exit()).isZero();

        assertThat(classesOf(List.of()))
                .contains("io.binday.BindayApplication__ApplicationContextInitializer")
                .doesNotContain(
                        "org.springframework.context.annotation.ConfigurationClassParser ",
                        "org.springframework.context.annotation.ClassPathBeanDefinitionScanner ");
    }

    @Test
    void leavesItAloneWhereTheCommandLineSaysHowClassesAreShared() throws IOException {
        assertThat(classesOf(WITHOUT)).contains("io.binday.cli.RunListCommand source: file:");
    }

    @Test
    void takesEveryArgumentAsItWasGiven() throws IOException {
        String[] arguments = {"run", "list", "--since", "über morgen \\ 'x' \"y\""};

        BindayProcess.Result with = run(List.of(), arguments);

        BindayProcess.Result without = run(WITHOUT, arguments);
        assertThat(with).isEqualTo(without);
        assertThat(with.exit()).isEqualTo(2);
        assertThat(with.err()).contains("ber morgen \\ 'x' \"y\"");
    }

    @Test
    void saysNothingOfAnArchiveThatDoesNotFit() throws IOException {
        try (Stream<Path> built = Files.list(Path.of("target"))) {
            for (Path file : built.filter(StartE2E::isOfTheProgram).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        String java = BindayProcess.command(List.of(), List.of()).get(0);

        BindayProcess.Result result = BindayProcess.start(
                        folder,
                        Map.of(),
                        List.of(
                                java,
                                "-Xlog:class+load:file=classes",
                                "-jar",
                                "binday.jar",
                                "run",
                                "list",
                                "-o",
                                "json"))
                .await();

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).startsWith("{");
        assertThat(Files.readString(folder.resolve("classes")))
                .as("the archive of the virtual machine itself is used")
                .contains("java.lang.Object source: shared objects file")
                .contains("io.binday.cli.RunListCommand source: file:");
    }

    @Test
    void takesTheCollectorOfTheCommandLineElseTheSerialOne() throws IOException {
        assertThat(collectorLog(List.of())).contains("Using Serial");
        assertThat(collectorLog(List.of("-XX:+UseG1GC"))).contains("Using G1");
    }

    @Test
    void keepsTheHeapInHugePagesWhereTheSystemHasThem() throws IOException {
        Path allowed = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
        boolean has = Files.isReadable(allowed) && !Files.readString(allowed).contains("[never]");

        assertThat(collectorLog(List.of()))
                .contains("Large Page Support: " + (has ? "Enabled (Transparent)" : "Disabled"));
        assertThat(collectorLog(List.of("-XX:-UseTransparentHugePages")))
                .as("an operator has the last word")
                .contains("Large Page Support: Disabled");
    }

    @Test
    void keepsTheSpaceForNewObjectsSmall() throws IOException {
        String small = "def new generation   total 22144K";

        assertThat(collectorLog(List.of())).contains(small);
        for (String said : List.of("-Xmn40m", "-Xmx64m", "-XX:MaxNewSize=9m")) {
            assertThat(collectorLog(List.of(said))).as(said).doesNotContain(small, "warning");
        }
    }

    private String collectorLog(List<String> machine) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(BindayProcess.command(List.of(), List.of()).get(0));
        command.addAll(machine);
        command.addAll(List.of("-Xlog:gc*:file=gc", "-jar"));
        command.addAll(List.of(Path.of("target/binday.jar").toAbsolutePath().toString(), "run", "list"));
        BindayProcess.Result result =
                BindayProcess.start(folder, Map.of(), command).await();
        assertThat(result.exit()).as(result.err()).isZero();
        return Files.readString(folder.resolve("gc"));
    }

    private static boolean isOfTheProgram(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.equals("binday.jar") || name.contains(".jsa");
    }

    @Test
    void explainsItselfWithoutAnApplicationOrALog() throws IOException {
        BindayProcess.Result result =
                run(List.of("-Xlog:class+load:file=" + folder.resolve("classes")), "trash", "--help");

        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains("Usage: binday trash");
        assertThat(Files.readString(folder.resolve("classes")))
                .contains("io.binday.cli.TrashCommand")
                .doesNotContain("org.springframework.boot.", "org.springframework.context.", "ch.qos.logback.");
    }

    @Test
    void saysItsVersionWithoutSpring() throws IOException {
        BindayProcess.Result result = run(List.of("-Xlog:class+load:file=" + folder.resolve("classes")), "--version");

        assertThat(result.exit()).isZero();
        assertThat(result.out()).startsWith("binday ");
        assertThat(Files.readString(folder.resolve("classes"))).doesNotContain("org.springframework.");
    }

    @Test
    void writesNumbersWithTheUsualDigitsWhereverItIs() throws IOException {
        List<String> egypt = List.of("-Duser.language=ar", "-Duser.country=EG");
        assertThat(run(egypt, "sample", "--assets", "12").exit()).isZero();
        String[] trash = {"trash", "--csv", "ids.csv", "--reason", "a test", "--yes"};
        Files.writeString(folder.resolve("ids.csv"), "uid\nbltffffffffffffffff\n");

        BindayProcess.Result result = run(egypt, trash);

        assertThat(result.exit()).as(result.err()).isEqualTo(3);
        assertThat(result.out()).contains("Run 1 · trash · COMPLETED").doesNotContainPattern("[\\p{Nd}&&[^0-9]]");
    }

    @Test
    void refusesSettingsWhoseLettersTheLocaleDoesNotHave() throws IOException {
        String command = "export LC_ALL=C BINDAY_RUN_WHO=$(printf 'J\\303\\274rgen'); exec "
                + String.join(" ", BindayProcess.command(List.of(), List.of("run", "list")));

        BindayProcess.Result result = BindayProcess.start(folder, Map.of(), List.of("sh", "-c", command))
                .await();

        assertThat(result.exit()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains("the letters of BINDAY_RUN_WHO did not arrive");
    }

    private String classesOf(List<String> machine) throws IOException {
        Path classes = folder.resolve("classes");
        BindayProcess.Result result = run(
                Stream.concat(machine.stream(), Stream.of("-Xlog:class+load:file=" + classes))
                        .toList(),
                "run",
                "list");
        assertThat(result.exit()).as(result.err()).isZero();
        return Files.readString(classes);
    }

    private BindayProcess.Result run(List<String> machine, String... arguments) throws IOException {
        return BindayProcess.start(folder, Map.of(), machine, arguments).await();
    }
}
