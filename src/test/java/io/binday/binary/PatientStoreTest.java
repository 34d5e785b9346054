package io.binday.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PatientStoreTest {

    @Test
    void takesNoCallOfSomebodyElseForOneThatHangs() {
        PatientStore store = new PatientStore(
                key -> {
                    Thread.onSpinWait();
                    return true;
                },
                Duration.ofSeconds(30));
        CyclicBarrier together = new CyclicBarrier(2);

        List<CompletableFuture<Integer>> callers = Stream.of("a", "b")
                .map(key -> CompletableFuture.supplyAsync(() -> deleteOften(store, key, together)))
                .toList();

        assertThat(callers).extracting(CompletableFuture::join).containsExactly(200, 200);
    }

    private static int deleteOften(PatientStore store, String key, CyclicBarrier together) {
        try {
            together.await();
            int deleted = 0;
            for (int i = 0; i < 200; i++) {
                deleted += store.delete(key) ? 1 : 0;
            }
            return deleted;
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    @Test
    void failsAtOnceWhileACallHasNoAnswerAndWorksAgainAfterwards() {
        CountDownLatch awake = new CountDownLatch(1);
        AtomicBoolean givenUp = new AtomicBoolean();
        PatientStore store = new PatientStore(
                key -> {
                    if (key.equals("hangs")) {
                        givenUp.set(isInterruptedWhileItHangs(awake));
                    }
                    return true;
                },
                Duration.ofMillis(1));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> store.delete("hangs"))
                .withMessageContaining("has not answered");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> store.delete("other"))
                .withMessageContaining("still hangs at an earlier file");
        awake.countDown();
        Awaitility.await()
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(store.delete("other")).isTrue());
        assertThat(givenUp).isTrue();
    }

    @Test
    void givesACallUpWhenItsCallerIsInterrupted() throws InterruptedException {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch awake = new CountDownLatch(1);
        CompletableFuture<Boolean> givenUp = new CompletableFuture<>();
        PatientStore store = new PatientStore(
                key -> {
                    hanging.countDown();
                    givenUp.complete(isInterruptedWhileItHangs(awake));
                    return true;
                },
                Duration.ofMinutes(5));
        CompletableFuture<Exception> failure = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                store.delete("hangs");
            } catch (IOException e) {
                failure.complete(e);
            }
        });

        caller.start();
        hanging.await();
        caller.interrupt();
        assertThat(failure).succeedsWithin(Duration.ofMinutes(1));
        awake.countDown();

        assertThat(givenUp).succeedsWithin(Duration.ofMinutes(1)).isEqualTo(true);
    }

    /** As most of what hangs in a file system, it goes on hanging. */
    private static boolean isInterruptedWhileItHangs(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                // The latch may open after the interruption and before the thread has noticed it.
                return interrupted || Thread.currentThread().isInterrupted();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }
}
