package io.binday.cli;

/** The exit codes, a written contract with scripts. */
final class ExitCode {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int DONE_WITH_REJECTS = 3;
    static final int NOT_CONFIRMED = 5;
    static final int OWNED_ELSEWHERE = 6;
    static final int NEEDS_RESOLVE = 7;

    private ExitCode() {}
}
