package io.binday.run;

import io.binday.catalog.BoundCatalog;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.dao.ConcurrencyFailureException;

/**
 * Sees to it that the tables of the CMS stay as they were when the attempt began. A column too many or too few makes the
 * chunk fail that meets it; what no statement would notice (another type, a trigger, a key that deletes rows elsewhere) is
 * looked for after each pause, when somebody may have changed the CMS, and once a minute.
 */
final class TableWatch {

    private static final Duration EVERY = Duration.ofMinutes(1);

    private final Supplier<BoundCatalog> now;
    private final BoundCatalog bound;
    private long looked = System.nanoTime();

    /**
     * Watches from now on.
     *
     * @param now binds the catalog once more
     */
    TableWatch(Supplier<BoundCatalog> now, BoundCatalog bound) {
        this.now = now;
        this.bound = bound;
    }

    /**
     * Looks, if it is time to.
     *
     * @param paused whether the run was paused since the last time
     * @throws io.binday.catalog.CatalogRefusedException when the tables are now none that a run can work on
     * @throws ConcurrencyFailureException when they are others than before; another attempt begins with them
     */
    void requireUnchanged(boolean paused) {
        if (!paused && System.nanoTime() - looked < EVERY.toNanos()) {
            return;
        }
        if (!now.get().equals(bound)) {
            throw new ConcurrencyFailureException("a table of the CMS was changed while the run was working");
        }
        looked = System.nanoTime();
    }
}
