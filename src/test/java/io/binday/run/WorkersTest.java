package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataIntegrityViolationException;

class WorkersTest {

    private final Workers workers = new Workers(2);

    @AfterEach
    void close() {
        workers.close();
    }

    @Test
    void doesTwoChunksAtTheSameTimeAndAnswersInTheirOrder() throws InterruptedException {
        CountDownLatch both = new CountDownLatch(2);

        Workers.Results<String, String> results = workers.each(List.of("a", "b", "c"), (chunk, worker) -> {
            both.countDown();
            await(both);
            return Optional.of(chunk + worker);
        });

        assertThat(results.failures()).isEmpty();
        List<String> answers =
                results.answers().stream().map(Optional::orElseThrow).toList();
        assertThat(answers).extracting(answer -> answer.charAt(0)).containsExactly('a', 'b', 'c');
        assertThat(answers).extracting(answer -> answer.charAt(1)).containsOnly('1', '2');
    }

    @Test
    void doesAChunkThatLostADeadlockAgainByItself() {
        Set<String> lost = Collections.synchronizedSet(new HashSet<>());

        Workers.Results<String, String> results = workers.each(List.of("a", "b"), (chunk, worker) -> {
            if ("b".equals(chunk) && lost.add(chunk)) {
                throw deadlock();
            }
            return Optional.of(chunk);
        });

        assertThat(lost).containsExactly("b");
        assertThat(results.failures()).isEmpty();
        assertThat(results.answers()).containsExactly(Optional.of("a"), Optional.of("b"));
    }

    @Test
    void failsWhereTheDeadlockComesAgain() {
        Workers.Results<String, String> results = workers.each(List.of("a"), (chunk, worker) -> {
            throw deadlock();
        });

        assertThat(results.failures().get(0).chunk()).isEqualTo("a");
        assertThat(results.answers()).containsExactly(Optional.empty());
    }

    @Test
    void beginsNothingAfterAFailureAndEndsWhatHasBegun() {
        List<String> begun = Collections.synchronizedList(new ArrayList<>());
        RuntimeException refused = new DataIntegrityViolationException("refused");
        CompletableFuture<Thread> failing = new CompletableFuture<>();

        Workers.Results<String, String> results = workers.each(List.of("a", "b", "c", "d"), (chunk, worker) -> {
            begun.add(chunk);
            if ("a".equals(chunk)) {
                failing.complete(Thread.currentThread());
                throw refused;
            }
            Thread other = failing.join();
            // Only when it waits for more work has its failure been noted.
            Awaitility.await().until(() -> other.getState() == Thread.State.WAITING);
            return Optional.of(chunk);
        });

        assertThat(begun).contains("a").doesNotContain("c");
        assertThat(results.failures().get(0).chunk()).isEqualTo("a");
        assertThat(results.answers().get(1).isPresent()).isEqualTo(begun.contains("b"));
    }

    private static RuntimeException deadlock() {
        return new CannotAcquireLockException("", new SQLException("Deadlock found", "40001", 1213));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
