package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ScreeningTest {

    @Test
    void hasStagingWaitBeforeTooMuchIsLeftForTheEnd() {
        CountDownLatch mayGoOn = new CountDownLatch(1);
        AtomicInteger given = new AtomicInteger();
        AtomicInteger screened = new AtomicInteger();
        try (Screening screening = new Screening((from, to) -> {
            awaitQuietly(mayGoOn);
            screened.incrementAndGet();
        })) {
            CompletableFuture<Void> staging = CompletableFuture.runAsync(() -> {
                for (int batch = 0; batch < 20; batch++) {
                    given.incrementAndGet();
                    screening.later(batch, batch);
                }
                screening.finish();
            });
            Awaitility.await().untilAsserted(() -> assertThat(given).hasValue(9));
            assertThat(staging).isNotDone();

            mayGoOn.countDown();
            staging.join();
        }
        assertThat(screened).hasValue(20);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
