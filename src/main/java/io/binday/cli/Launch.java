package io.binday.cli;

import io.binday.run.FailureText;
import io.binday.run.RunObserver;
import io.binday.run.RunRecords;
import io.binday.run.RunReport;
import io.binday.run.RunRequest;
import io.binday.run.RunStatus;
import io.binday.run.Runs;
import io.binday.run.StopSignal;
import io.binday.trash.OperationName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Carries a run from a request to what the operator is told at the end; shared by every command that starts one. */
final class Launch {

    private final Application application;
    private final Terminal terminal;
    private final Runs runs;
    private final boolean json;
    private final Optional<String> environment;

    Launch(Application application, boolean json) {
        this(application, json, Optional.empty());
    }

    /**
     * Launches what cannot be undone.
     *
     * @param environment the name that has to be typed before it is done
     */
    Launch(Application application, boolean json, Optional<String> environment) {
        this.environment = environment;
        this.application = application;
        this.terminal = application.terminal();
        this.runs = application.runs();
        this.json = json;
    }

    /** How much the operator wants to be asked. */
    enum Consent {
        /** Stage and plan only. */
        DRY_RUN,
        /** Show the plan and ask. */
        ASK,
        /** Go on without a question. */
        GIVEN
    }

    /** Starts a new run, approved where consent is given, and returns the exit code. */
    int start(RunRequest request, boolean again, Consent consent) {
        terminal.say(application.surroundings());
        terminal.say("Input: " + request.input().digest().shownName() + ", "
                + request.input().understanding());
        long runId = runs.create(request.withApproval(consent == Consent.GIVEN), again);
        application.inputs().keepSpool(request.input().spec());
        Consumer<String> plan = consent == Consent.DRY_RUN && !json ? terminal::print : terminal::say;
        RunReport report = work(runId, plan, observer -> runs.work(runId, observer, stop()), consent == Consent.ASK);
        if (report.run().status() != RunStatus.AWAITING_APPROVAL) {
            return exitCode(report);
        }
        return switch (consent) {
            case DRY_RUN -> ExitCode.DONE;
            case GIVEN -> heldBack(report);
            case ASK -> askIfNeeded(report, Optional.of(option()));
        };
    }

    private int heldBack(RunReport report) {
        terminal.say("Not carried out: " + report.run().message().orElse("it was not approved")
                + ". Nothing was touched. The plan is kept.");
        return ExitCode.NOT_CONFIRMED;
    }

    /** What answers the question beforehand. */
    private String option() {
        return environment.map(name -> "--confirm " + name).orElse("--yes");
    }

    private int askIfNeeded(RunReport report, Optional<String> option) {
        return report.items().pending() == 0 ? approve(report.run().id()) : ask(report, option);
    }

    /** Asks whether a plan is to be carried out, and does that. */
    int ask(RunReport report) {
        return ask(report, Optional.of(option()));
    }

    private int ask(RunReport report, Optional<String> option) {
        long runId = report.run().id();
        if (!terminal.interactive()) {
            return unconfirmed(
                    report,
                    "Not confirmed: nobody can be asked unless standard input and output are a terminal"
                            + option.map(added -> " (or add " + added + ")").orElse("") + ".");
        }
        boolean given = application
                .interruption()
                .whileAsking(
                        () -> unconfirmed(report, "\nNot confirmed."),
                        () -> new Confirmation(terminal, environment).given(report));
        return given ? approve(runId) : unconfirmed(report, "Not confirmed.");
    }

    private int unconfirmed(RunReport report, String what) {
        terminal.say(what + " Nothing was touched. The plan is kept.");
        tell(report);
        return ExitCode.NOT_CONFIRMED;
    }

    /** Approves a plan and carries it out. */
    int approve(long runId) {
        runs.approve(runId, runs.who());
        return exitCode(work(runId, terminal::say, observer -> runs.work(runId, observer, stop()), false));
    }

    /** Goes on with a run that was interrupted; one that nobody has approved yet is asked about as at its start. */
    static int restart(Application application, boolean json, long runId) {
        OperationName operation = application.the(RunRecords.class).line(runId).operation();
        Optional<Environment> environment = Environment.toConfirm(application, operation);
        return new Launch(application, json, environment.map(Environment::name)).goOn(runId);
    }

    private int goOn(long runId) {
        RunReport report = work(runId, terminal::say, observer -> runs.restart(runId, observer, stop()), true);
        if (report.run().status() != RunStatus.AWAITING_APPROVAL) {
            return exitCode(report);
        }
        if (report.run().message().isPresent()) {
            tell(report);
            return heldBack(report);
        }
        return askIfNeeded(report, Optional.empty());
    }

    private StopSignal stop() {
        return application.interruption().stop();
    }

    /** A signal lets the work and the telling end first; a plan that is to be asked about is told after the answer. */
    private RunReport work(long runId, Consumer<String> plan, Function<RunObserver, RunReport> work, boolean asks) {
        return application.interruption().during(() -> {
            RunReport report;
            try (RunDisplay display = new RunDisplay(runId, terminal, plan)) {
                report = work.apply(display);
            } catch (DataAccessException | TransactionException e) {
                throw new RunLostException(runId, FailureText.first(e));
            }
            if (!asks || report.run().status() != RunStatus.AWAITING_APPROVAL) {
                tell(report);
            }
            return report;
        });
    }

    private void tell(RunReport report) {
        if (json) {
            application.answer(RunJson.of(report));
        } else if (report.run().status() != RunStatus.AWAITING_APPROVAL) {
            RunText.report(report).forEach(terminal::print);
        }
        List<String> next = new ArrayList<>(RunText.next(report));
        next.add(Launcher.command("run show " + report.run().id()));
        RunText.sayNext(terminal, next);
    }

    /** A stop by a signal ends the process with the signal's code, whatever is returned here. */
    static int exitCode(RunReport report) {
        return switch (report.run().status()) {
            case COMPLETED -> report.items().rejected() > 0 ? ExitCode.DONE_WITH_REJECTS : ExitCode.DONE;
            case AWAITING_APPROVAL -> report.run().message().isPresent() ? ExitCode.NOT_CONFIRMED : ExitCode.DONE;
            case RUNNING, STOPPED, FAILED, ABANDONED -> ExitCode.FAILED;
        };
    }
}
