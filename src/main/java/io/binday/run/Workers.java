package io.binday.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Threads that do chunks at the same time, each chunk in a transaction of its own. */
final class Workers implements AutoCloseable {

    private final List<Companion> threads = new ArrayList<>();

    Workers(int number) {
        for (int i = 1; i <= number; i++) {
            threads.add(new Companion("binday-worker-" + i));
        }
    }

    /** What is done with a chunk. */
    interface Work<C, R> {

        /**
         * Does a chunk.
         *
         * @param worker the number of the thread, from 1; no two work at the same time under the same number
         */
        R on(C chunk, int worker);
    }

    /** A chunk that failed. */
    record Failure<C>(C chunk, RuntimeException cause) {}

    /** What became of chunks that were given together: an answer for each, empty for those that were not done. */
    record Results<C, R>(List<Optional<R>> answers, Optional<Failure<C>> failure) {}

    /**
     * Does chunks, and begins no further one after a failure. One that may have failed because of another one of these is done
     * once more by itself at the end. All have ended when this returns, so that nothing goes on behind the back of the next
     * attempt.
     */
    <C, R> Results<C, R> each(List<C> chunks, Work<C, Optional<R>> work) {
        AtomicBoolean failed = new AtomicBoolean();
        List<Future<Optional<R>>> begun = new ArrayList<>();
        for (int i = 0; i < chunks.size(); i++) {
            C chunk = chunks.get(i);
            int worker = i % threads.size();
            begun.add(threads.get(worker).submit(() -> {
                if (failed.get()) {
                    return Optional.empty();
                }
                try {
                    return work.on(chunk, worker + 1);
                } catch (RuntimeException | Error e) {
                    failed.set(true);
                    throw e;
                }
            }));
        }
        List<Optional<R>> answers = new ArrayList<>();
        List<Failure<C>> failures = new ArrayList<>();
        for (int i = 0; i < begun.size(); i++) {
            answers.add(answer(begun.get(i), chunks.get(i), failures));
        }
        List<Failure<C>> lasting = new ArrayList<>();
        for (Failure<C> failure : failures) {
            if (Fault.isOfTheMoment(failure.cause)) {
                Future<Optional<R>> again = threads.get(0).submit(() -> work.on(failure.chunk, 1));
                answers.set(chunks.indexOf(failure.chunk), answer(again, failure.chunk, lasting));
            } else {
                lasting.add(failure);
            }
        }
        Optional<Throwable> worst = Fault.mostTelling(
                List.copyOf(lasting.stream().map(Failure::cause).toList()));
        return new Results<>(
                answers,
                lasting.stream()
                        .filter(failure -> worst.filter(failure.cause::equals).isPresent())
                        .findFirst());
    }

    private static <C, R> Optional<R> answer(Future<Optional<R>> result, C chunk, List<Failure<C>> failures) {
        try {
            return Companion.await(result);
        } catch (RuntimeException e) {
            failures.add(new Failure<>(chunk, e));
            return Optional.empty();
        }
    }

    /** Waits for what has begun. */
    @Override
    public void close() {
        threads.forEach(Companion::close);
    }
}
