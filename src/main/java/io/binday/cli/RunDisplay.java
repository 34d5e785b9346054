package io.binday.cli;

import io.binday.run.Control;
import io.binday.run.ItemCounts;
import io.binday.run.LeaseState;
import io.binday.run.Run;
import io.binday.run.RunObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows a run while it goes: a bar on a terminal, a line every tenth of the way into a file. */
final class RunDisplay implements RunObserver, AutoCloseable {

    private static final int STAGED_STEP = 100_000;

    private final Terminal terminal;
    private final Consumer<String> plan;
    private Optional<ProgressBar> bar = Optional.empty();
    private final long run;
    private String operation = "";
    private long total;
    private long settled;
    private long toldStaged;
    private long toldTenth;

    RunDisplay(long run, Terminal terminal) {
        this(run, terminal, terminal::say);
    }

    /**
     * Shows a run.
     *
     * @param plan takes the lines of its plan, which are what is asked for in a dry run
     */
    RunDisplay(long run, Terminal terminal, Consumer<String> plan) {
        this.run = run;
        this.terminal = terminal;
        this.plan = plan;
    }

    @Override
    public void staged(long items) {
        if (items / STAGED_STEP > toldStaged) {
            toldStaged = items / STAGED_STEP;
            terminal.say("Staged " + Sizes.count(items) + " values …");
        }
    }

    @Override
    public void planned(Run run, ItemCounts counts) {
        run.plan().ifPresent(made -> RunText.plan(run, counts, made).forEach(plan));
    }

    @Override
    public void applying(Run run, ItemCounts counts) {
        begin(run.operation().word(), counts.total(), counts.settled());
    }

    /** Begins to show how values are settled. */
    void begin(String what, long of, long settledBefore) {
        endBar();
        operation = what;
        total = of;
        settled = settledBefore;
        toldTenth = tenth();
        if (settled < total && terminal.interactive()) {
            bar = Optional.of(new ProgressBarBuilder()
                    .setTaskName(RunText.capital(operation))
                    .setInitialMax(total)
                    .startsFrom(settled, Duration.ZERO)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(200)
                    .showSpeed()
                    .setConsumer(new ConsoleProgressBarConsumer(terminal.err()))
                    .build());
        }
    }

    @Override
    public void applied(int done, int rejected) {
        reached(settled + done + rejected);
    }

    /** So many values are settled now. */
    void reached(long now) {
        settled = now;
        bar.ifPresent(shown -> shown.stepTo(settled));
        if (bar.isEmpty() && terminal.interactive() && settled < total) {
            begin(operation, total, settled);
        } else if (bar.isEmpty() && tenth() > toldTenth) {
            toldTenth = tenth();
            terminal.say("%3d %%  %s of %s values settled"
                    .formatted(settled * 100 / total, Sizes.count(settled), Sizes.count(total)));
        }
    }

    private long tenth() {
        return total == 0 ? 0 : settled * 10 / total;
    }

    @Override
    public void asked(Control now) {
        String wait = now.stopBy()
                .map(who -> "stopping, asked for by " + who)
                .or(() -> now.pausedBy().map(who -> "paused by " + who))
                .or(() -> now.pace().map(pace -> "at most " + Sizes.count(pace.rate()) + "/s, set by " + pace.by()))
                .orElse("going on at full speed");
        boolean shown = bar.isPresent();
        endBar();
        terminal.say(RunText.capital(wait)
                + (now.pausedBy().isPresent() && now.stopBy().isEmpty()
                        ? "; go on with: " + Launcher.command("run resume " + run)
                        : ""));
        if (shown && now.pausedBy().isEmpty()) {
            begin(operation, total, settled);
        }
    }

    @Override
    public void retrying(String failure, Duration wait) {
        endBar();
        terminal.say("An attempt failed: " + Launcher.spellOut(failure));
        terminal.say("What was committed stays. Trying again in " + Sizes.duration(wait) + " …");
    }

    @Override
    public void waitingForOwner(LeaseState owner) {
        terminal.say("%s was last heard of %s ago; if it stays silent, this process takes over in %s …"
                .formatted(
                        owner.owner().orElse("Another process"),
                        Sizes.duration(owner.silence()),
                        Sizes.duration(owner.remaining())));
    }

    private void endBar() {
        bar.ifPresent(ProgressBar::close);
        bar = Optional.empty();
    }

    @Override
    public void close() {
        endBar();
    }
}
