package io.binday.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import io.binday.input.Formula;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.util.StreamUtils;
import tools.jackson.core.JsonGenerator;

/**
 * A long list about a run as a table, CSV or JSON, page by page in constant memory, and no longer than somebody reads.
 *
 * @param name what the entries are called, in the plural
 * @param kind the same, as exactly as it takes to say that there are none
 * @param columns the fields of an entry in CSV and JSON
 * @param heading the first line of the table
 * @param line an entry as a line of the table
 * @param pages the entries after the last one seen; empty at the end
 */
record Listing<T>(
        String name, String kind, List<Column<T>> columns, String heading, Function<T, String> line, Pages<T> pages) {

    /** Entries in pages. */
    interface Pages<T> {
        List<T> after(Optional<T> last);
    }

    /**
     * One field; text or a whole number.
     *
     * @param csv its header in CSV
     * @param json its name in JSON
     */
    record Column<T>(String csv, String json, Function<T, Optional<?>> value) {}

    /** Writes the list to standard output. */
    void write(BaseCommand.Output output, long run, Application application) {
        switch (output) {
            case CSV -> csv(application.terminal());
            case JSON -> json(run, application);
            case TABLE -> table(run, application.terminal());
        }
    }

    private void table(long run, Terminal terminal) {
        long[] count = new long[1];
        each(terminal, entry -> {
            if (count[0]++ == 0) {
                terminal.print(heading);
            }
            terminal.print(Table.onOneLine(line.apply(entry)));
        });
        if (!terminal.arrived()) {
            return;
        }
        terminal.say(
                count[0] == 0
                        ? "Run " + run + " has no " + kind + "."
                        : Sizes.count(count[0], name.substring(0, name.length() - 1)) + ".");
    }

    /** A value that a spreadsheet would take for a formula gets a guard, which Binday takes off when it reads it. */
    private void csv(Terminal terminal) {
        try (CsvWriter writer = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.LF)
                .quoteStrategy(QuoteStrategies.ALWAYS)
                .build(StreamUtils.nonClosing(terminal.out()))) {
            writer.writeRecord(columns.stream().map(Column::csv).toList());
            each(
                    terminal,
                    entry -> writer.writeRecord(columns.stream()
                            .map(column -> column.value()
                                    .apply(entry)
                                    .map(Object::toString)
                                    .orElse(""))
                            .map(Formula::guarded)
                            .toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void json(long run, Application application) {
        try (JsonGenerator json = application
                .json()
                .createGenerator(StreamUtils.nonClosing(application.terminal().out()))) {
            json.writeStartObject();
            json.writeNumberProperty("run", run);
            json.writeArrayPropertyStart(name);
            each(application.terminal(), entry -> {
                json.writeStartObject();
                columns.forEach(
                        column -> write(json, column.json(), column.value().apply(entry)));
                json.writeEndObject();
            });
            json.writeEndArray();
            json.writeEndObject();
        }
        application.terminal().print("");
    }

    private static void write(JsonGenerator json, String name, Optional<?> value) {
        if (value.isEmpty()) {
            json.writeNullProperty(name);
        } else if (value.get() instanceof Long number) {
            json.writeNumberProperty(name, number);
        } else {
            json.writeStringProperty(name, value.get().toString());
        }
    }

    private void each(Terminal terminal, Consumer<T> action) {
        List<T> page = pages.after(Optional.empty());
        while (!page.isEmpty() && terminal.arrived()) {
            page.forEach(action);
            page = pages.after(Optional.of(page.get(page.size() - 1)));
        }
    }
}
