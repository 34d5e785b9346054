package io.binday.trash;

import io.binday.catalog.BoundCatalog;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Makes operations for a catalog that was found true. */
@Component
public final class Operations {

    private final JdbcTemplate jdbc;
    private final JdbcClient client;

    Operations(JdbcTemplate jdbc, JdbcClient client) {
        this.jdbc = jdbc;
        this.client = client;
    }

    /**
     * The operation of a name.
     *
     * @throws IllegalArgumentException naming it, when there is no such operation
     */
    public Operation named(String name, BoundCatalog catalog) {
        if (TrashOperation.NAME.equals(name)) {
            return new TrashOperation(new TrashStore(jdbc, client, catalog));
        }
        throw new IllegalArgumentException("there is no operation '" + name + "'; there is: " + TrashOperation.NAME);
    }
}
