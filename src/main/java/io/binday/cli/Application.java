package io.binday.cli;

import io.binday.catalog.Catalog;
import io.binday.catalog.Database;
import io.binday.input.InputSpec;
import io.binday.input.Inputs;
import io.binday.job.Jobs;
import io.binday.run.RunObserver;
import io.binday.run.RunReport;
import io.binday.run.RunRequest;
import io.binday.run.Runs;
import io.binday.trash.OperationName;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** The started application, as commands use it. */
final class Application implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final Terminal terminal;
    private final Interruption interruption;

    Application(ConfigurableApplicationContext context, Terminal terminal, Interruption interruption) {
        this.context = context;
        this.terminal = terminal;
        this.interruption = interruption;
    }

    Terminal terminal() {
        return terminal;
    }

    Interruption interruption() {
        return interruption;
    }

    Runs runs() {
        return the(Runs.class);
    }

    Inputs inputs() {
        return the(Inputs.class);
    }

    Jobs jobs() {
        return the(Jobs.class);
    }

    Catalog catalog() {
        return the(Catalog.class);
    }

    Database database() {
        return the(Database.class);
    }

    JsonMapper json() {
        return JsonMapper.shared();
    }

    /** A run that the operator asks for, of an input that is looked at first. */
    RunRequest request(OperationName operation, InputSpec input, String reason) {
        return runs().request(operation, inputs().open(input), reason);
    }

    /** A run from its request to its end, of which nothing is shown and nothing asked. */
    RunReport carryOut(OperationName operation, InputSpec input, String reason) {
        long run = runs().create(request(operation, input, reason).withApproval(true), true);
        return interruption.during(() -> runs().work(run, new RunObserver() {}, interruption.stop()));
    }

    /** Writes the one object of {@code -o json}. */
    void answer(Object object) {
        terminal.write(json().writeValueAsString(object));
    }

    <T> T the(Class<T> type) {
        return context.getBean(type);
    }

    /** Where everything comes from, in one line, so that nobody works on the wrong database. */
    String surroundings() {
        return place() + " · catalog: " + catalog().source() + " · jobs: " + jobs().place();
    }

    /** The same for what needs neither a catalog nor jobs. */
    String place() {
        return "Database: " + database().place();
    }

    /** Where this process listens, when it does. */
    String address() {
        var environment = context.getEnvironment();
        return "http://" + environment.getProperty("server.address", "127.0.0.1") + ":"
                + environment.getProperty("local.server.port", "?");
    }

    @Override
    public void close() {
        context.close();
    }
}
