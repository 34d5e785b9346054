package io.binday.schedule;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A night did not come to its end; the message says what to type next. */
final class NightFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Failure> failures;
    private final boolean begun;

    /**
     * Why.
     *
     * @param run the run it is about, if there is one
     * @param words what happened, and what to type next
     */
    record Failure(Optional<Long> run, String words) {

        static Failure of(long run, String words) {
            return new Failure(Optional.of(run), words);
        }
    }

    NightFailedException(String message) {
        this(List.of(new Failure(Optional.empty(), message)), true);
    }

    NightFailedException(List<Failure> failures) {
        this(failures, true);
    }

    private NightFailedException(List<Failure> failures, boolean begun) {
        super(failures.stream().map(Failure::words).collect(Collectors.joining("; ")));
        this.failures = List.copyOf(failures);
        this.begun = begun;
    }

    /** One that has no run yet, and is tried again until it has. */
    static NightFailedException notBegun(String what, String why, String remedy) {
        String again = remedy + "a daemon tries again within " + CatchUpJob.EVERY.toMinutes() + " minutes";
        String words = what + ": " + why + (why.contains("\n") ? "\n" : "; ") + again;
        return new NightFailedException(List.of(new Failure(Optional.empty(), words)), false);
    }

    /** Whether it has its run, or never will. */
    boolean isBegun() {
        return begun;
    }

    List<Failure> failures() {
        return failures;
    }
}
