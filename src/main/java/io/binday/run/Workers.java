package io.binday.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;

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

    /**
     * What became of chunks that were given together.
     *
     * @param answers one for each, empty for those that were not done
     * @param failures those that failed, in their order
     */
    record Results<C, R>(List<Optional<R>> answers, List<Failure<C>> failures) {}

    /**
     * Does chunks, each worker the next one that nobody has begun, and begins no further one after a failure. One that may have
     * failed because of another one of these is done once more by itself at the end. All have ended when this returns, so that
     * nothing goes on behind the back of the next attempt.
     */
    <C, R> Results<C, R> each(List<C> chunks, Work<C, Optional<R>> work) {
        Round<C, R> round = new Round<>(chunks, work);
        List<Future<Object>> ends = new ArrayList<>();
        for (int i = 0; i < threads.size(); i++) {
            int worker = i + 1;
            ends.add(threads.get(i).submit(Executors.callable(() -> round.workAs(worker))));
        }
        ends.forEach(Companion::await);
        List<Integer> again = round.failed(Fault::isOfTheMoment);
        Companion.await(threads.get(0).submit(Executors.callable(() -> round.again(again))));
        return round.results();
    }

    /** Chunks that were given together, and what became of them so far; thread-safe. */
    private static final class Round<C, R> {

        private final List<C> chunks;
        private final Work<C, Optional<R>> work;
        private final AtomicInteger next = new AtomicInteger();
        private final Map<Integer, R> answers = new ConcurrentHashMap<>();
        private final Map<Integer, RuntimeException> failures = new ConcurrentSkipListMap<>();
        private volatile boolean broken;

        Round(List<C> chunks, Work<C, Optional<R>> work) {
            this.chunks = chunks;
            this.work = work;
        }

        /** Does chunk after chunk until there is none or one has failed. */
        void workAs(int worker) {
            for (int index = next.getAndIncrement(); isOpen(index); index = next.getAndIncrement()) {
                attempt(index, worker);
            }
        }

        private boolean isOpen(int index) {
            return index < chunks.size() && failures.isEmpty() && !broken;
        }

        private void attempt(int index, int worker) {
            try {
                work.on(chunks.get(index), worker).ifPresent(answer -> answers.put(index, answer));
            } catch (RuntimeException e) {
                failures.put(index, e);
            } catch (Error e) {
                broken = true;
                throw e;
            }
        }

        List<Integer> failed(Predicate<RuntimeException> which) {
            return failures.keySet().stream()
                    .filter(index -> which.test(failures.get(index)))
                    .toList();
        }

        void again(List<Integer> indexes) {
            indexes.forEach(failures::remove);
            indexes.forEach(index -> attempt(index, 1));
        }

        Results<C, R> results() {
            return new Results<>(
                    IntStream.range(0, chunks.size())
                            .mapToObj(index -> Optional.ofNullable(answers.get(index)))
                            .toList(),
                    failures.entrySet().stream()
                            .map(failure -> new Failure<>(chunks.get(failure.getKey()), failure.getValue()))
                            .toList());
        }
    }

    /** Waits for what has begun. */
    @Override
    public void close() {
        threads.forEach(Companion::close);
    }
}
