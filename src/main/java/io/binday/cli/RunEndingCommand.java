package io.binday.cli;

import io.binday.run.ItemCounts;
import io.binday.run.RunControls;
import io.binday.run.RunObserver;
import io.binday.run.RunStatus;
import io.binday.run.StopSignal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What the commands about a run that nobody works on have in common: they take its lease first. */
abstract class RunEndingCommand extends BaseCommand {

    @Parameters(paramLabel = "N", description = "the run's number")
    private long run;

    private final Ending ending;

    RunEndingCommand(Session session, Ending ending) {
        super(session);
        this.ending = ending;
    }

    /** One way of ending; returns what the run's items came to. */
    @FunctionalInterface
    interface Ending {
        ItemCounts end(RunControls controls, long runId, String who, RunObserver observer, StopSignal stop);
    }

    /** Says what was done. */
    abstract String said(long runId);

    /** What comes after it. */
    int goOn(Application application, long runId) {
        if (json()) {
            application.answer(RunJson.of(application.runs().report(runId)));
        }
        return ExitCode.DONE;
    }

    @Override
    final int execute(Application application) {
        Terminal terminal = application.terminal();
        terminal.say(application.surroundings());
        ItemCounts counts;
        try (RunDisplay display = new RunDisplay(run, terminal)) {
            counts = ending.end(
                    application.the(RunControls.class),
                    run,
                    application.runs().who(),
                    display,
                    application.interruption().stop());
        }
        String line = "Counted again: " + Sizes.count(counts.done()) + " done, " + Sizes.count(counts.rejected())
                + " rejected, " + Sizes.count(counts.pending()) + " pending.\n" + said(run);
        if (json()) {
            terminal.say(line);
        } else {
            terminal.print(line);
        }
        return goOn(application, run);
    }

    /** {@code run recover}. */
    @Command(name = "recover", description = "Records that the process of a run is gone, without going on with it.")
    static final class Recover extends RunEndingCommand {

        Recover(Session session) {
            super(session, RunControls::recover);
        }

        @Override
        String said(long runId) {
            return "Run " + runId + " is FAILED. Go on with it: " + Launcher.command("run restart " + runId);
        }
    }

    /** {@code run resolve}. */
    @Command(
            name = "resolve",
            description = "Finds out what a run has committed whose last attempt ended unknown, and goes on with it.")
    static final class Resolve extends RunEndingCommand {

        Resolve(Session session) {
            super(session, RunControls::resolve);
        }

        @Override
        String said(long runId) {
            return "Run " + runId + " is known again.";
        }

        @Override
        int goOn(Application application, long runId) {
            RunStatus status = application.runs().report(runId).run().status();
            boolean ended = status == RunStatus.COMPLETED || status == RunStatus.ABANDONED;
            return ended ? super.goOn(application, runId) : Launch.restart(application, json(), runId);
        }
    }

    /** {@code run abandon}. */
    @Command(
            name = "abandon",
            description = "Gives a run up for good: what was committed stays, the rest is never done.")
    static final class Abandon extends RunEndingCommand {

        Abandon(Session session) {
            super(session, RunControls::abandon);
        }

        @Override
        String said(long runId) {
            return "Run " + runId + " is ABANDONED.";
        }
    }
}
