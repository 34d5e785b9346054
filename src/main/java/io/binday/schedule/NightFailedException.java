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

    List<Failure> failures() {
        return failures;
    }
}
