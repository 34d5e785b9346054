package io.binday.trash;

import io.binday.catalog.BoundCatalog;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Makes operations for a catalog that was found true. */
@Component
public final class Operations {

    private final JdbcTemplate jdbc;
    private final JdbcClient client;
    private final EventStore events;
    private final HoldStore holds;

    Operations(JdbcTemplate jdbc, JdbcClient client, EventStore events, HoldStore holds) {
        this.jdbc = jdbc;
        this.client = client;
        this.events = events;
        this.holds = holds;
    }

    /**
     * The operation of a name.
     *
     * @param cutoff for a purge: what was trashed later stays
     * @param trashedBy for a restore: what another run than this one has trashed stays; empty where that does not matter
     */
    public Operation named(
            OperationName name, BoundCatalog catalog, Optional<Instant> cutoff, Optional<Long> trashedBy) {
        Spelling inMirror = new Spelling(catalog.asset(), catalog.asset().mirror());
        return switch (name) {
            case TRASH ->
                new TrashOperation(
                        new TrashStore(jdbc, catalog),
                        PlanStore.ofSources(client, catalog),
                        events,
                        new Spelling(catalog.asset(), catalog.asset().table()));
            case RESTORE ->
                new RestoreOperation(
                        new RestoreStore(jdbc, catalog, trashedBy),
                        ReferenceStore.all(jdbc, catalog),
                        holds,
                        PlanStore.ofMirrors(client, catalog),
                        events,
                        inMirror);
            case PURGE ->
                new PurgeOperation(
                        new PurgeStore(jdbc, catalog, cutoff.orElseThrow()),
                        holds,
                        PlanStore.ofMirrors(client, catalog),
                        binaries(catalog),
                        events,
                        inMirror);
        };
    }

    /** What says whose files must stay. */
    public BinaryUseStore binaries(BoundCatalog catalog) {
        return new BinaryUseStore(jdbc, catalog);
    }
}
