package io.binday.run;

import io.binday.binary.Outbox;
import io.binday.catalog.CatalogCheck;
import io.binday.trash.BinaryUseStore;
import io.binday.trash.Operations;
import org.springframework.stereotype.Component;

/** Deletes the files whose assets are gone for good and whose time has come, whichever purge they came from. */
@Component
public final class FileDeletion {

    private final Outbox outbox;
    private final Operations operations;
    private final CatalogCheck catalog;

    FileDeletion(Outbox outbox, Operations operations, CatalogCheck catalog) {
        this.outbox = outbox;
        this.operations = operations;
        this.catalog = catalog;
    }

    /**
     * Deletes what is due, some a transaction, until there is no more or a stop is asked for. A file that cannot be deleted
     * is due again later.
     *
     * @throws io.binday.catalog.CatalogRefusedException when something is due and the catalog does not fit the database
     */
    public void work(StopSignal stop) {
        if (!outbox.isDue()) {
            return;
        }
        BinaryUseStore use = operations.binaries(catalog.bind());
        boolean more = true;
        while (more && !stop.isRequested()) {
            more = outbox.work(use::among, use::examples);
        }
    }
}
