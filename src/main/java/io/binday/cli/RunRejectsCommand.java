package io.binday.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import io.binday.input.Formula;
import io.binday.run.Runs;
import io.binday.run.WorkItem;
import io.binday.trash.Rejection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JsonGenerator;

/** {@code run rejects}: every line that was turned down, with its reason; in constant memory. */
@Command(
        name = "rejects",
        description =
                "Shows the rejected lines of a run with their reasons; with -o csv as a file that can be input again.")
final class RunRejectsCommand extends BaseCommand {

    private static final int PAGE = 1_000;

    @Parameters(paramLabel = "N", description = "the run's number")
    private long run;

    RunRejectsCommand(Session session) {
        super(session);
    }

    @Override
    boolean writesCsv() {
        return true;
    }

    @Override
    int execute(Application application) {
        Runs runs = application.runs();
        runs.requireRun(run);
        Terminal terminal = application.terminal();
        switch (output()) {
            case CSV -> csv(runs, terminal);
            case JSON -> json(runs, application);
            case TABLE -> table(runs, terminal);
        }
        return ExitCode.DONE;
    }

    private void table(Runs runs, Terminal terminal) {
        long[] count = new long[1];
        each(runs, terminal, item -> {
            if (count[0]++ == 0) {
                terminal.print("%9s  %-17s  %s".formatted("line", "reason", "value"));
            }
            terminal.print("%9d  %-17s  %s%s"
                    .formatted(
                            item.seq(),
                            reason(item),
                            item.assetId().replace("\n", "\u00b7").replace("\t", "\u00b7"),
                            detail(item).map(detail -> "  (" + detail + ")").orElse("")));
        });
        terminal.say(count[0] == 0 ? "Run " + run + " has no rejects." : Sizes.count(count[0], "reject") + ".");
    }

    private void csv(Runs runs, Terminal terminal) {
        try (CsvWriter writer = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.LF)
                .quoteStrategy(QuoteStrategies.ALWAYS)
                .build(new Unclosed(terminal.out()))) {
            writer.writeRecord("asset_id", "line", "reason", "detail");
            each(
                    runs,
                    terminal,
                    item -> writer.writeRecord(
                            harmless(item.assetId()),
                            String.valueOf(item.seq()),
                            reason(item),
                            harmless(detail(item).orElse(""))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void json(Runs runs, Application application) {
        try (JsonGenerator json = application
                .json()
                .createGenerator(new Unclosed(application.terminal().out()))) {
            json.writeStartObject();
            json.writeNumberProperty("run", run);
            json.writeArrayPropertyStart("rejects");
            each(runs, application.terminal(), item -> {
                json.writeStartObject();
                json.writeNumberProperty("line", item.seq());
                json.writeStringProperty("value", item.assetId());
                json.writeStringProperty("reason", reason(item));
                json.writeStringProperty("detail", detail(item).orElse(null));
                json.writeEndObject();
            });
            json.writeEndArray();
            json.writeEndObject();
        }
        application.terminal().print("");
    }

    /** Stops where nobody reads any more. */
    private void each(Runs runs, Terminal terminal, Consumer<WorkItem> action) {
        List<WorkItem> page = runs.rejects(run, 0, PAGE);
        while (!page.isEmpty() && terminal.arrived()) {
            page.forEach(action);
            page = runs.rejects(run, page.get(page.size() - 1).seq(), PAGE);
        }
    }

    private static String reason(WorkItem item) {
        return item.rejection().map(Rejection::reason).map(Enum::name).orElse("");
    }

    private static Optional<String> detail(WorkItem item) {
        return item.rejection().flatMap(Rejection::detail);
    }

    private static String harmless(String value) {
        return Formula.isOne(value) ? Formula.GUARD + value : value;
    }
}
