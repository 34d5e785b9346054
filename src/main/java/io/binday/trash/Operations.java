package io.binday.trash;

import io.binday.catalog.BoundCatalog;
import io.binday.catalog.MovedTable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Makes operations for a catalog that was found true. */
@Component
public final class Operations {

    private final JdbcTemplate jdbc;
    private final JdbcClient client;
    private final EventStore events;

    Operations(JdbcTemplate jdbc, JdbcClient client, EventStore events) {
        this.jdbc = jdbc;
        this.client = client;
        this.events = events;
    }

    /**
     * The operation of a name.
     *
     * @throws IllegalArgumentException naming it, when there is no such operation
     */
    public Operation named(String name, BoundCatalog catalog) {
        return switch (name) {
            case TrashOperation.NAME ->
                new TrashOperation(
                        new TrashStore(jdbc, catalog), new PlanStore(client, catalog, MovedTable::table), events);
            case RestoreOperation.NAME ->
                new RestoreOperation(
                        new RestoreStore(jdbc, catalog),
                        new ReattachStore(jdbc, catalog),
                        new PlanStore(client, catalog, MovedTable::mirror),
                        events);
            default ->
                throw new IllegalArgumentException("there is no operation '" + name + "'; there are: "
                        + TrashOperation.NAME + ", " + RestoreOperation.NAME);
        };
    }
}
