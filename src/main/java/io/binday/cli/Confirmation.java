package io.binday.cli;

import io.binday.run.RunReport;

/** The question before anything is changed; above 1,000 assets a careless "y" is not enough. */
final class Confirmation {

    private static final long LARGE = 1_000;

    private final Terminal terminal;

    Confirmation(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Whether the operator wants what the plan says. */
    boolean given(RunReport plan) {
        long assets = plan.items().pending();
        String what = "%s %s?".formatted(RunText.capital(plan.run().operation()), Sizes.count(assets, "asset"));
        if (assets > LARGE) {
            String answer = terminal.ask(what + " Type the number " + assets + " to go on:")
                    .orElse("");
            return answer.replace(",", "").equals(String.valueOf(assets));
        }
        String answer = terminal.ask(what + " [y/N]").orElse("");
        return answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes");
    }
}
