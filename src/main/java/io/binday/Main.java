package io.binday;

import io.binday.cli.Cli;

/** Starts Binday: everything a user types goes to the command line, and its exit code goes back to the shell. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        if (!Cli.isQuick(args)) {
            ClassArchive.use(args);
        }
        System.exit(Cli.run(BindayApplication.class, args));
    }
}
