package io.binday.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.chaos.Fault.Operation;
import io.binday.testing.OnMySql;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every fault once. For hours of it: {@code mvn verify -Pchaos -Dhours=2}. */
@OnMySql
class ChaosE2E {

    @TempDir
    private Path folder;

    @Test
    void keepsThePromisesUnderEveryFault() throws IOException, SQLException, InterruptedException {
        long seed = Long.getLong("binday.seed", System.nanoTime());
        System.out.println("Chaos: seed " + seed + " (repeat with -Dbinday.seed=" + seed + ")");
        Chaos chaos = new Chaos(folder);
        chaos.play(seed, Operation.TRASH, List.of(Fault.CUT, Fault.KILL, Fault.CONTROLS));
        chaos.play(seed, Operation.RESTORE, List.of(Fault.EDITOR, Fault.FREEZE, Fault.DISK));
        chaos.play(seed, Operation.PURGE, List.of(Fault.SERVER, Fault.RIVALS, Fault.TERMINATE, Fault.BINARIES));
        System.out.println(chaos.summary());
        for (Fault fault : Fault.values()) {
            assertThat(chaos.struck(fault)).as(fault.name()).isEqualTo(1);
        }
    }
}
