package io.binday.cli;

import io.binday.audit.AssetHistory;
import io.binday.audit.AssetHistory.Story;
import io.binday.job.UnknownNameException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code asset history}: everything that happened to one asset. */
@Command(
        name = "history",
        description = "Shows everything that happened to an asset, who asked for it and why, and where it is now.")
final class AssetHistoryCommand extends LightCommand {

    @Parameters(paramLabel = "ID", description = "the asset ID")
    private String asset = "";

    AssetHistoryCommand(Session session) {
        super(session);
    }

    @Override
    int execute(Application application) {
        Story story = application
                .the(AssetHistory.class)
                .of(asset)
                .orElseThrow(() -> new UnknownNameException("nothing is known about an asset '" + asset + "'"));
        Terminal terminal = application.terminal();
        if (json()) {
            application.answer(story);
            return ExitCode.DONE;
        }
        terminal.print(story.assetId() + " is " + story.now());
        if (story.entries().isEmpty()) {
            terminal.say("Binday has never done anything with it.");
            return ExitCode.DONE;
        }
        Table table = new Table("at", "what", "run", "who", "why and how");
        story.entries()
                .forEach(entry -> table.add(
                        entry.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                        entry.what(),
                        entry.run().map(String::valueOf).orElse(""),
                        entry.who(),
                        Stream.of(entry.why(), entry.detail())
                                .flatMap(Optional::stream)
                                .collect(Collectors.joining(" · "))));
        table.lines().forEach(terminal::print);
        return ExitCode.DONE;
    }
}
