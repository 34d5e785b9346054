package io.binday.cli;

import io.binday.trash.DatabaseClock;
import io.binday.trash.Retention;
import io.binday.trash.TrashListStore;
import io.binday.trash.TrashListStore.Expiry;
import io.binday.trash.TrashedAsset;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code list}: what is in the trash. */
@Command(name = "list", description = "Shows what is in the trash, the newest first.")
final class ListCommand extends LightCommand {

    /** So many characters of the reason of a hold are shown. */
    private static final int REASON = 40;

    @Option(names = "--run", paramLabel = "N", description = "only what this run has trashed", order = 1)
    private @Nullable Long run;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "at most so many (default: ${DEFAULT-VALUE})",
            defaultValue = "50",
            order = 2)
    private int limit = 50;

    @Option(names = "--on-hold", description = "only what is on hold", order = 3)
    private boolean onHold;

    @Option(
            names = "--expiring",
            paramLabel = "TIME",
            description = "only what may be purged within this time, for example 3d or 12h",
            order = 4)
    private @Nullable String expiring;

    ListCommand(Session session) {
        super(session);
    }

    private Optional<Expiry> expiry(Application application) {
        Optional<Duration> within = Optional.ofNullable(expiring).map(text -> Sizes.time("--expiring", text));
        return within.map(time -> {
            Instant at = application.the(DatabaseClock.class).now().plus(time);
            return new Expiry(at, at.minus(application.the(Retention.class).length()));
        });
    }

    private static String hold(TrashedAsset asset) {
        return asset.hold().map(ListCommand::shortened).orElse("")
                + asset.heldBy().map(who -> ", by " + who).orElse("")
                + asset.heldUntil().map(day -> " (until " + day + ")").orElse("");
    }

    /** The beginning of a reason, so that the label beside it stays in sight. */
    private static String shortened(String reason) {
        return reason.codePointCount(0, reason.length()) <= REASON
                ? reason
                : reason.substring(0, reason.offsetByCodePoints(0, REASON - 1)) + "…";
    }

    /** The answer as JSON. */
    record Answer(long total, List<TrashedAsset> assets) {}

    @Override
    int execute(Application application) {
        if (limit < 1 || limit > 100_000) {
            throw new IllegalArgumentException("--limit must be 1 to 100000 but was " + limit);
        }
        Optional.ofNullable(run).ifPresent(application.runs()::requireRun);
        TrashListStore trash = application.the(TrashListStore.class);
        TrashListStore.Filter filter = new TrashListStore.Filter(Optional.ofNullable(run), onHold, expiry(application));
        List<TrashedAsset> assets = trash.newest(filter, limit);
        long total = trash.count(filter);
        Terminal terminal = application.terminal();
        boolean all = run == null && !onHold && expiring == null;
        if (json()) {
            application.answer(new Answer(total, assets));
            return ExitCode.DONE;
        }
        if (assets.isEmpty()) {
            terminal.say(all ? "The trash is empty." : "Nothing in the trash is like that.");
            return ExitCode.DONE;
        }
        Table table = new Table("asset", "size", "trashed at", "run", "by", "hold", "label");
        assets.forEach(asset -> table.add(
                asset.assetId(),
                asset.bytes().map(Sizes::bytes).orElse(""),
                asset.trashedAt()
                        .map(time -> time.truncatedTo(ChronoUnit.SECONDS).toString())
                        .orElse("unknown"),
                String.valueOf(asset.runId()),
                asset.by(),
                hold(asset),
                asset.label().orElse("")));
        table.lines().forEach(terminal::print);
        terminal.say(Sizes.count(assets.size()) + " of " + Sizes.count(total, "asset")
                + (all ? " in the trash" : " like that") + " shown.");
        return ExitCode.DONE;
    }
}
