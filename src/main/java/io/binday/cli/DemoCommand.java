package io.binday.cli;

import io.binday.catalog.CatalogInstall;
import io.binday.catalog.SampleStack;
import io.binday.input.InputSpec;
import io.binday.run.RunReport;
import io.binday.run.RunRequest;
import io.binday.trash.OperationName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.ClassPathResource;
import picocli.CommandLine.Command;

/** {@code demo}: the main job on the embedded database, start to finish. */
@Command(name = "demo", description = "Shows the main job on the embedded database with made-up content.")
final class DemoCommand extends BaseCommand {

    static final int ASSETS = 1_200;
    static final String CLEANUP = "jobs/samples/cleanup.csv";
    /** An asset of the sample that {@value #CLEANUP} names although it is in the trash by then. */
    static final String TRASHED_BEFORE = "blt00250bfb00ebedbb";

    DemoCommand(Session session) {
        super(session);
    }

    @Override
    int execute(Application application) {
        Terminal terminal = application.terminal();
        if (!application.database().embedded()) {
            throw new IllegalArgumentException("the demo works on the embedded database only, but "
                    + application.database().place()
                    + " is configured; to try Binday there: binday sample");
        }
        boolean firstTime = application.the(SampleStack.class).occupied().isEmpty();
        if (firstTime) {
            prepare(application);
        } else {
            terminal.say("The sample stack is here already; its assets of " + CLEANUP + " may be in the trash.");
            terminal.say("To start afresh, delete the folder data and run the demo again.");
            application.the(CatalogInstall.class).install();
        }
        terminal.say("");
        terminal.say("The job \"cleanup\" moves the assets listed in " + CLEANUP + " to the trash.");
        int exit = new Launch(application, json()).start(cleanup(application), true, Launch.Consent.GIVEN);
        if (firstTime && exit == ExitCode.DONE_WITH_REJECTS) {
            new DemoOfFourteenDays(application).show();
        }
        if (!Launcher.isJar() && !Files.exists(Path.of("target/binday.jar"))) {
            terminal.say("(Build the jar first: mvn -q package -DskipTests)");
        }
        return exit == ExitCode.DONE_WITH_REJECTS ? ExitCode.DONE : exit;
    }

    private static void prepare(Application application) {
        Terminal terminal = application.terminal();
        terminal.say("Creating the sample stack in " + application.database().place() + " …");
        Map<String, Long> rows = application.the(SampleStack.class).create(ASSETS, count -> {});
        rows.forEach((table, count) -> terminal.say("%9s  %s".formatted(Sizes.count(count), table)));
        application.the(CatalogInstall.class).install();
        RunReport report = application.carryOut(
                OperationName.TRASH,
                new InputSpec.Ids(List.of(TRASHED_BEFORE)),
                "demo: an asset that somebody trashed before");
        terminal.say("Run " + report.run().id() + " has put "
                + Sizes.count(report.items().done(), "asset")
                + " into the trash, so that the next one meets it there.");
    }

    private static RunRequest cleanup(Application application) {
        InputSpec file = new InputSpec.Csv(cleanupFile().toString(), CLEANUP, Optional.empty());
        return application
                .request(OperationName.TRASH, file, "demo: cleanup of the sample stack")
                .ofJob("cleanup", Optional.empty());
    }

    /** The file beside the jar, or a copy of the one inside it. */
    private static Path cleanupFile() {
        Path beside = Path.of(CLEANUP).toAbsolutePath();
        if (Files.exists(beside)) {
            return beside;
        }
        try (InputStream in = new ClassPathResource("io/binday/builtin/" + CLEANUP).getInputStream()) {
            Path copy = Files.createTempFile("binday-cleanup-", ".csv");
            copy.toFile().deleteOnExit();
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack " + CLEANUP, e);
        }
    }
}
