package io.binday.cli;

import io.binday.run.RunReport;
import java.util.Optional;

/** The question before anything is changed; above 1,000 assets a careless "y" is not enough. */
final class Confirmation {

    private static final long LARGE = 1_000;

    private final Terminal terminal;

    private final Optional<String> environment;

    /**
     * A question at a terminal.
     *
     * @param environment the name that has to be typed before something that cannot be undone
     */
    Confirmation(Terminal terminal, Optional<String> environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    /** Whether the operator wants what the plan says. */
    boolean given(RunReport plan) {
        long assets = plan.items().pending();
        String what = "%s %s?".formatted(RunText.capital(plan.run().operation().word()), Sizes.count(assets, "asset"));
        if (environment.isPresent()) {
            String question = what + " They cannot come back. Type the name of the environment, " + environment.get()
                    + ", to go on:";
            return terminal.ask(question).equals(environment);
        }
        if (assets > LARGE) {
            String answer = terminal.ask(what + " Type the number " + assets + " to go on:")
                    .orElse("");
            return answer.replace(",", "").equals(String.valueOf(assets));
        }
        String answer = terminal.ask(what + " [y/N]").orElse("");
        return answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes");
    }
}
