package io.binday.input;

import io.binday.catalog.Catalog;
import io.binday.catalog.Dialect;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/** Opens inputs, new ones and those of runs that were interrupted. */
@Component
public final class Inputs {

    private final Catalog catalog;
    private final DataSource dataSource;
    private final Dialect dialect;

    Inputs(Catalog catalog, DataSource dataSource, Dialect dialect) {
        this.catalog = catalog;
        this.dataSource = dataSource;
        this.dialect = dialect;
    }

    /**
     * Looks at an input without writing anything.
     *
     * @throws InputRefusedException when it cannot be used
     */
    public AssetIdInput open(InputSpec spec) {
        if (spec instanceof InputSpec.Csv csv) {
            return CsvInput.of(csv, catalog.asset().idPattern());
        }
        if (spec instanceof InputSpec.Query query) {
            return QueryInput.of(query, dataSource, dialect);
        }
        return new IdsInput((InputSpec.Ids) spec);
    }

    /**
     * A CSV file as the operator names it; {@code -} is standard input, which is copied to a temporary file first so
     * that it can be checked whole, and read again after a crash.
     */
    public InputSpec.Csv csv(String name, Optional<String> column, InputStream standardInput) {
        if (!"-".equals(name)) {
            return new InputSpec.Csv(Path.of(name).toAbsolutePath().normalize().toString(), name, column);
        }
        try {
            Path spool = Files.createTempFile("binday-stdin-", ".csv");
            try (var out = Files.newOutputStream(spool)) {
                standardInput.transferTo(out);
            }
            return new InputSpec.Csv(spool.toString(), name, column);
        } catch (IOException e) {
            throw new InputRefusedException("cannot copy standard input to a temporary file: " + e.getMessage(), e);
        }
    }

    /** Removes Binday's own copy of standard input once it is staged or refused; anything else stays. */
    public void discardSpool(InputSpec spec) {
        if (spec instanceof InputSpec.Csv csv && csv.spooled()) {
            try {
                Files.deleteIfExists(Path.of(csv.path()));
            } catch (IOException e) {
                throw new InputRefusedException("cannot remove " + csv.path() + ": " + e.getMessage(), e);
            }
        }
    }
}
