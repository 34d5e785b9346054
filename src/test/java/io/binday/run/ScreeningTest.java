package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ScreeningTest {

    @Test
    void letsStagingGoOnAndHasItWaitForOneBatchAtATimeInTheEnd() {
        CountDownLatch mayGoOn = new CountDownLatch(1);
        AtomicInteger screened = new AtomicInteger();
        try (Screening screening = new Screening((from, to) -> {
            awaitQuietly(mayGoOn);
            screened.incrementAndGet();
        })) {
            for (int batch = 0; batch < 20; batch++) {
                screening.later(batch, batch);
            }
            assertThat(screened).hasValue(0);
            mayGoOn.countDown();

            for (int batch = 1; batch <= 20; batch++) {
                assertThat(screening.awaitNext()).isTrue();
                assertThat(screened).hasValueGreaterThanOrEqualTo(batch);
            }
            assertThat(screening.awaitNext()).isFalse();
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
