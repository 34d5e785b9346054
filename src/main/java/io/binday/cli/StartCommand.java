package io.binday.cli;

import io.binday.input.InputSpec;
import io.binday.job.Arguments;
import io.binday.job.JobDefinition;
import io.binday.job.JobDefinition.Input;
import io.binday.run.RunRequest;
import io.binday.trash.OperationName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code start}: starts a job of {@code jobs/*.yml}. */
@Command(name = "start", description = "Starts a job that is described in jobs/*.yml.")
final class StartCommand extends BaseCommand {

    @Parameters(paramLabel = "JOB", description = "its name: that of the file without .yml")
    private String job = "";

    @Option(names = "--csv", paramLabel = "FILE", description = "the CSV file, for a job that reads one", order = 1)
    private @Nullable String csv;

    @Option(
            names = "--column",
            paramLabel = "NAME|NUMBER",
            description = "its column with the asset IDs, if not the one that the job names",
            order = 1)
    private @Nullable String column;

    @Option(names = "--param", paramLabel = "NAME=VALUE", description = "a parameter of the job's query", order = 2)
    private List<String> parameters = new ArrayList<>();

    @Option(names = "--reason", paramLabel = "TEXT", description = "why, if not for the job's own reason", order = 5)
    private @Nullable String reason;

    @Option(names = "--again", description = "run a file once more that was completed before", order = 6)
    private boolean again;

    @Mixin
    private Consenting consenting = new Consenting();

    StartCommand(Session session) {
        super(session);
    }

    @Override
    int execute(Application application) {
        JobDefinition definition = application.jobs().named(job);
        String why = Optional.ofNullable(reason)
                .or(definition::reason)
                .orElseThrow(() -> new IllegalArgumentException(
                        "job " + job + " has no reason of its own; say it with --reason TEXT"));
        application.terminal().say("Job: " + definition.name() + ". " + definition.description());
        InputSpec spec = spec(application, definition);
        RunRequest request = application
                .request(OperationName.of(definition.operation()), spec, why)
                .ofJob(definition.name(), definition.chunkSize());
        return new Launch(application, json()).start(request, again, consenting.consent());
    }

    /** The parameters by name; one that is given twice is a mistake that nobody would see. */
    private Map<String, String> given() {
        Map<String, String> given = new LinkedHashMap<>();
        for (String parameter : parameters) {
            int equals = parameter.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("--param must be NAME=VALUE but was '" + parameter + "'");
            }
            String name = parameter.substring(0, equals);
            if (given.putIfAbsent(name, parameter.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("--param " + name + " is given twice");
            }
        }
        return given;
    }

    private InputSpec spec(Application application, JobDefinition definition) {
        if (definition.input() instanceof Input.Query query) {
            if (csv != null || column != null) {
                throw new IllegalArgumentException(
                        "job " + job + " runs a query; it takes no " + (csv != null ? "--csv" : "--column"));
            }
            return new InputSpec.Query(
                    job, query.sql(), Arguments.bind(query, given()), query.timeoutSeconds(), query.maxRows());
        }
        if (definition.input() instanceof Input.Expired expired) {
            throw isAnother("a purge", "purge", expired.olderThan());
        }
        if (definition.input() instanceof Input.Ended ended) {
            throw isAnother("housekeeping", "housekeeping", ended.olderThan());
        }
        if (csv == null) {
            throw new IllegalArgumentException("job " + job + " reads a CSV file; name it with --csv FILE");
        }
        if (!parameters.isEmpty()) {
            throw new IllegalArgumentException("job " + job + " reads a CSV file; it takes no --param");
        }
        return application
                .inputs()
                .csv(csv, Optional.ofNullable(column).or(((Input.Csv) definition.input())::column), System.in);
    }

    /** The command that does what the job would, and no more than it. */
    private IllegalArgumentException isAnother(String what, String command, Optional<Duration> age) {
        String olderThan =
                age.map(days -> " --older-than " + days.toDays() + "d").orElse("");
        return new IllegalArgumentException("job " + job + " is " + what + "; by hand that is: binday " + command
                + olderThan + ", and in a daemon: binday schedule run " + job);
    }
}
