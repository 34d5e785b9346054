package io.binday.cli;

import io.binday.input.InputSpec;
import io.binday.run.RunReport;
import io.binday.run.Runs;
import io.binday.trash.Fate;
import io.binday.trash.Holds;
import io.binday.trash.OperationName;
import io.binday.trash.Reject;
import io.binday.trash.Retention;
import io.binday.trash.TrashListStore;
import io.binday.trash.TrashedAsset;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The second half of the demo: what can happen to trash within 14 days, and after them. */
final class DemoOfFourteenDays {

    private static final int RESTORED = 5;
    private static final int AGED = 20;
    private static final int HELD = 2;

    private final Application application;
    private final Terminal terminal;
    private final Runs runs;

    DemoOfFourteenDays(Application application) {
        this.application = application;
        this.terminal = application.terminal();
        this.runs = application.runs();
    }

    void show() {
        List<String> trash = application
                .the(TrashListStore.class)
                .newest(new TrashListStore.Filter(Optional.empty(), false, Optional.empty()), RESTORED + AGED)
                .stream()
                .map(TrashedAsset::assetId)
                .toList();
        terminal.say("");
        long restore = restore(trash.subList(0, RESTORED));
        List<String> aged = trash.subList(RESTORED, RESTORED + AGED);
        hold(aged.subList(0, HELD));
        terminal.say("Simulated: "
                + Sizes.count(application.the(TrashListStore.class).age(aged, Duration.ofDays(15)))
                + " assets look as if they had been trashed 15 days earlier.");
        long purge = purge();
        terminal.say("Next:");
        List.of("run references " + restore, "run rejects " + purge, "list --on-hold", "schedule list")
                .forEach(command -> terminal.say("  " + Launcher.command(command)));
    }

    private long restore(List<String> ids) {
        RunReport report = application.carryOut(OperationName.RESTORE, new InputSpec.Ids(ids), "demo: taken back");
        terminal.say("Run %d has restored %s: %s of entries put back, %s left off."
                .formatted(
                        report.run().id(),
                        Sizes.count(report.items().done(), "asset"),
                        Sizes.count(sum(report, Fate.REATTACHED), "reference"),
                        Sizes.count(sum(report, Fate.DROPPED), "publication")));
        return report.run().id();
    }

    private void hold(List<String> ids) {
        Holds.Result held = application
                .the(Holds.class)
                .hold(ids, new Holds.Note("demo: still needed", runs.who(), Optional.empty()));
        terminal.say(Sizes.count(held.changed(), "asset") + " put on hold.");
    }

    private long purge() {
        RunReport report = application.carryOut(
                OperationName.PURGE,
                new InputSpec.Expired(application.the(Retention.class).cutoff(Optional.empty())),
                "demo: retention is over");
        terminal.say("Run %d has purged %s for good and left %s on hold."
                .formatted(
                        report.run().id(),
                        Sizes.count(report.items().done(), "asset"),
                        Sizes.count(report.items().rejects().getOrDefault(Reject.ON_HOLD, 0L))));
        return report.run().id();
    }

    private static long sum(RunReport report, Fate fate) {
        return report.references(fate).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
