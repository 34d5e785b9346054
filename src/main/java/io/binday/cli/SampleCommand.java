package io.binday.cli;

import io.binday.catalog.CatalogInstall;
import io.binday.catalog.SampleStack;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sample}: creates the built-in stack with made-up content. */
@Command(
        name = "sample",
        description = "Creates the sample stack in the configured database, where there is none with content yet.")
final class SampleCommand extends BaseCommand {

    private static final int TOLD_EVERY = 200_000;

    @Option(
            names = "--assets",
            paramLabel = "N",
            description = "how many assets (default: ${DEFAULT-VALUE}); the rest is in proportion",
            defaultValue = "1200",
            order = 1)
    private int assets = 1_200;

    SampleCommand(Session session) {
        super(session);
    }

    /** The answer as JSON. */
    record Answer(String database, Map<String, Long> rows) {}

    @Override
    int execute(Application application) {
        Terminal terminal = application.terminal();
        terminal.say(application.surroundings());
        long[] told = new long[1];
        Map<String, Long> rows = application.the(SampleStack.class).create(assets, count -> {
            if (count / TOLD_EVERY > told[0]) {
                told[0] = count / TOLD_EVERY;
                terminal.say("Created " + Sizes.count(count) + " rows …");
            }
        });
        application.the(CatalogInstall.class).install();
        if (json()) {
            Answer answer = new Answer(application.database().place(), rows);
            application.answer(answer);
        } else {
            rows.forEach((table, count) -> terminal.print("%9s  %s".formatted(Sizes.count(count), table)));
        }
        return ExitCode.DONE;
    }
}
