package io.binday.cli;

import picocli.CommandLine.Option;

/** The options of commands whose work can be undone or does no harm; purges ask for more. */
final class Consenting {

    @Option(
            names = "--dry-run",
            description = "count only and change nothing (the plan of a run is kept, for run approve N)",
            order = 10)
    private boolean dryRun;

    @Option(names = "--yes", description = "do not ask", order = 11)
    private boolean yes;

    Launch.Consent consent() {
        if (dryRun) {
            return Launch.Consent.DRY_RUN;
        }
        return yes ? Launch.Consent.GIVEN : Launch.Consent.ASK;
    }
}
