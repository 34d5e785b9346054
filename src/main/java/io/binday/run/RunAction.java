package io.binday.run;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What an operator may do with a run, and in which situations, each with the reason why it makes sense there. */
public enum RunAction {
    APPROVE("approved"),
    RESUME("resumed"),
    STOP("stopped"),
    PAUSE("paused"),
    THROTTLE("throttled"),
    RESTART("restarted"),
    RECOVER("recovered"),
    RESOLVE("resolved"),
    ABANDON("abandoned"),
    RETRY("retried");

    private static final Map<RunSituation, Map<RunAction, String>> LEGAL = Map.of(
            RunSituation.PLANNED,
            Map.of(APPROVE, "carries out what was planned", ABANDON, "nobody wants it carried out"),
            RunSituation.WORKING,
            Map.of(
                    STOP, "ends it after the chunks it has begun",
                    PAUSE, "makes it wait after the chunks it has begun",
                    THROTTLE, "changes how fast it goes"),
            RunSituation.PAUSED,
            Map.of(
                    RESUME, "lets it go on",
                    STOP, "ends it where it waits",
                    THROTTLE, "changes how fast it will go"),
            RunSituation.STOPPING,
            Map.of(),
            RunSituation.ORPHANED,
            Map.of(
                    RESTART, "goes on from the last committed chunk",
                    RECOVER, "records that its process is gone, without going on",
                    RESOLVE, "counts again what was committed, then goes on",
                    ABANDON, "nobody wants the rest of it"),
            RunSituation.UNKNOWN,
            Map.of(
                    RESOLVE, "counts again what was committed, then goes on",
                    RESTART, "does the same without telling",
                    ABANDON, "nobody wants the rest of it"),
            RunSituation.STOPPED,
            Map.of(
                    RESTART, "goes on from the last committed chunk",
                    RESOLVE, "counts again what was committed, then goes on",
                    RETRY, "tries its rejects, if it has any, in a run of its own",
                    ABANDON, "nobody wants the rest of it"),
            RunSituation.FAILED,
            Map.of(
                    RESTART, "goes on from the last committed chunk",
                    RESOLVE, "counts again what was committed, then goes on",
                    RETRY, "tries its rejects, if it has any, in a run of its own",
                    ABANDON, "nobody wants the rest of it"),
            RunSituation.COMPLETED,
            Map.of(
                    RETRY, "tries its rejects, if it has any, in a run of its own",
                    RESOLVE, "puts the job repository right, if it says otherwise"),
            RunSituation.ABANDONED,
            Map.of(
                    RETRY, "tries its rejects, if it has any, in a run of its own",
                    RESOLVE, "puts the job repository right, if it says otherwise"));

    private static final Map<RunSituation, String> WHY_NOT = new EnumMap<>(Map.of(
            RunSituation.PLANNED, "it is a plan; nobody works on it",
            RunSituation.WORKING, "a process works on it",
            RunSituation.PAUSED, "a process works on it, paused",
            RunSituation.STOPPING, "it stops after the chunks it has begun anyway",
            RunSituation.ORPHANED, "nobody works on it any more",
            RunSituation.UNKNOWN, "first it has to be found out how its last attempt ended",
            RunSituation.STOPPED, "nobody works on it",
            RunSituation.FAILED, "nobody works on it",
            RunSituation.COMPLETED, "it has nothing left to do",
            RunSituation.ABANDONED, "it was given up for good"));

    private final String participle;

    RunAction(String participle) {
        this.participle = participle;
    }

    /** The word for it in a command. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The command that does it to a run. */
    public String command(long runId) {
        return "run " + word() + " " + runId + (this == THROTTLE ? " --rate 500/s" : "");
    }

    /** As in "cannot be stopped". */
    String participle() {
        return participle;
    }

    /** Why this may be done in a situation; empty when it may not. */
    public Optional<String> reasonIn(RunSituation situation) {
        return Optional.ofNullable(LEGAL.getOrDefault(situation, Map.of()).get(this));
    }

    /** What may be done in a situation, in the order of usefulness. */
    public static List<RunAction> legalIn(RunSituation situation) {
        List<RunAction> legal = new ArrayList<>();
        for (RunAction action : values()) {
            if (action.reasonIn(situation).isPresent()) {
                legal.add(action);
            }
        }
        return legal;
    }

    /** Why something else may not be done in a situation. */
    static String whyNot(RunSituation situation) {
        return WHY_NOT.getOrDefault(situation, "");
    }
}
