package io.binday.run;

import java.util.List;
import java.util.stream.Collectors;

/** A run is not in a situation in which something may be done with it; nothing was changed. */
public final class IllegalRunStateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    IllegalRunStateException(long runId, RunSituation situation, RunAction action) {
        this(runId, situation, action, RunAction.whyNot(situation));
    }

    IllegalRunStateException(long runId, RunSituation situation, RunAction action, String why) {
        super("run %d cannot be %s: it is %s; %s%s"
                .formatted(runId, action.participle(), situation.words(), why, instead(runId, situation, action)));
    }

    private static String instead(long runId, RunSituation situation, RunAction refused) {
        // What may still be done with one that has ended is seldom what somebody wants who came too late.
        List<RunAction> legal = RunAction.legalIn(situation).stream()
                .filter(action -> !situation.isFinal() && action != refused)
                .toList();
        String commands = legal.stream()
                .map(action -> "\n  binday " + action.command(runId) + "  "
                        + action.reasonIn(situation).orElse(""))
                .collect(Collectors.joining());
        return legal.isEmpty() ? "; see: binday run show " + runId : ". What can be done:" + commands;
    }
}
