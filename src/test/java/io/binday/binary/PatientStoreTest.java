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
        PatientStore store = new PatientStore(
                key -> {
                    if (key.equals("hangs")) {
                        awaitQuietly(awake);
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
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
