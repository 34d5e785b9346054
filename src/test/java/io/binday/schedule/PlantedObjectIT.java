package io.binday.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binday.run.StopSignal;
import io.binday.testing.TestApplication;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Quartz keeps Java objects in its tables; one that somebody has put there must not be made. */
class PlantedObjectIT {

    private static final AtomicBoolean MADE = new AtomicBoolean();

    private static final class Planted implements Serializable {
        @Serial
        private static final long serialVersionUID = 1;

        @Serial
        private void readObject(ObjectInputStream in) {
            MADE.set(true);
        }
    }

    @Test
    void isRefusedWhereOurOwnAreRead() throws IOException {
        try (TestApplication app = TestApplication.on(TestApplication.h2("planted"))) {
            Schedules schedules = app.the(Schedules.class);
            schedules.start(new StopSignal(), UnaryOperator.identity());
            schedules.finish();
            assertThat(schedules.list()).as("our own are read").isNotEmpty();

            app.jdbc().update("UPDATE QRTZ_TRIGGERS SET JOB_DATA = ?", (Object) bytes(new Planted()));

            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(schedules::list)
                    .withMessageContaining("the schedules cannot be used");
            assertThat(MADE).isFalse();
        }
    }

    private static byte[] bytes(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }
}
