package io.binday.schedule;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A night did not come to its end; the message says what to type next. */
final class NightFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Failure> failures;

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
        this(List.of(new Failure(Optional.empty(), message)));
    }

    NightFailedException(List<Failure> failures) {
        super(failures.stream().map(Failure::words).collect(Collectors.joining("; ")));
        this.failures = List.copyOf(failures);
    }

    /** One that has no run for a reason that somebody has to mend; it is tried again until it has. */
    static NightFailedException notBegun(RuntimeException why) {
        String reason = String.valueOf(why.getMessage());
        return again("no run could be begun: " + reason + (reason.contains("\n") ? "\nMend it; " : "; mend it, "));
    }

    /** One for which the database could not be asked; it is tried again until it can. */
    static NightFailedException unasked(String what, String why) {
        return again(what + ": " + why + "; ");
    }

    private static NightFailedException again(String words) {
        return new NightFailedException(
                words + "a daemon tries again within " + CatchUpJob.EVERY.toMinutes() + " minutes");
    }

    List<Failure> failures() {
        return failures;
    }
}
