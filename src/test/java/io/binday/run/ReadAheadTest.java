package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.input.AssetIdInput.Values;
import io.binday.input.InputValue;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadAheadTest {

    /** The first batch is of 2,500 values at most. */
    @ParameterizedTest
    @CsvSource({"0, false", "2499, false", "2500, false", "2501, true", "1000000, true"})
    void givesUpWhatWasNotReadToItsEndThoughNothingIsBeingRead(int count, boolean givenUp) {
        Counting values = new Counting(count);
        ReadAhead input = new ReadAhead(values, Optional::of, WorkItemBatch::of, 20_000);
        while (!input.isReady(Duration.ofSeconds(1))) {
            Thread.onSpinWait();
        }

        input.close();

        assertThat(values.givenUp).isEqualTo(givenUp);
        assertThat(values.closed).isTrue();
    }

    private static final class Counting implements Values {

        private final int count;
        private int read;
        private boolean givenUp;
        private boolean closed;

        Counting(int count) {
            this.count = count;
        }

        @Override
        public boolean hasNext() {
            return read < count;
        }

        @Override
        public InputValue next() {
            read++;
            return new InputValue(read, "asset-" + read);
        }

        @Override
        public void giveUp() {
            givenUp = true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
