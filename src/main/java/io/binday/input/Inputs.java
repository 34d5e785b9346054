package io.binday.input;

import io.binday.catalog.CatalogCheck;
import io.binday.catalog.Dialect;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Opens inputs, new ones and those of runs that were interrupted. */
@Component
public final class Inputs implements DisposableBean {

    private static final Path STANDARD_INPUT = Path.of("/proc/self/fd/0");
    private static final String SPOOL = "binday-stdin-";
    private static final Pattern OWN_COPY = Pattern.compile(SPOOL + "[0-9]+\\.csv");
    private static final Logger LOG = LoggerFactory.getLogger(Inputs.class);

    private final CatalogCheck catalog;
    private final DataSource dataSource;
    private final Dialect dialect;
    private final Set<Path> spools = new LinkedHashSet<>();
    private final AtomicReference<@Nullable CsvInput> lookedAt = new AtomicReference<>();

    Inputs(CatalogCheck catalog, DataSource dataSource, Dialect dialect) {
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
            CsvInput file = CsvInput.of(csv, catalog.idPattern());
            lookedAt.set(file);
            return file;
        }
        if (spec instanceof InputSpec.Query query) {
            return QueryInput.of(query, dataSource, dialect);
        }
        if (spec instanceof InputSpec.Run run) {
            return OwnInput.of(run, dataSource, dialect);
        }
        if (spec instanceof InputSpec.Expired expired) {
            return OwnInput.of(expired, dataSource, dialect);
        }
        if (spec instanceof InputSpec.Rejects rejects) {
            return OwnInput.of(rejects, dataSource, dialect);
        }
        return new IdsInput((InputSpec.Ids) spec);
    }

    /**
     * The input of a run that was created from it. A CSV file that this process has looked at last is not looked at from start to
     * end once more; that it still is the same is proved when it is read.
     *
     * @throws InputRefusedException when it cannot be used any more
     */
    public AssetIdInput reopen(InputSpec spec, InputDigest digest) {
        CsvInput file = lookedAt.get();
        if (file != null && file.spec().equals(spec) && file.digest().equals(digest) && file.isUntouched()) {
            return file;
        }
        return open(spec);
    }

    /**
     * A CSV file as the operator names it. Standard input ({@code -}), and what can be read only once, is copied to a
     * temporary file, so that it can be checked whole, and read again after a crash; the copy goes with this object
     * unless a run needs it.
     */
    public InputSpec.Csv csv(String name, Optional<String> column, InputStream standardInput) {
        if (name.isBlank()) {
            throw new InputRefusedException("--csv must name a file, or - for standard input, but was '" + name + "'");
        }
        Path file = Path.of(name).toAbsolutePath().normalize();
        boolean once = Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
        if (!"-".equals(name) && !once) {
            return new InputSpec.Csv(file.toString(), name, column);
        }
        if (!once && isOfTheVirtualMachine(STANDARD_INPUT)) {
            throw new InputRefusedException("standard input is closed");
        }
        try (InputStream in = once ? Files.newInputStream(file) : standardInput) {
            // The file is for this user's eyes only, so it is filled and not replaced.
            Path spool = Files.createTempFile(SPOOL, ".csv");
            spools.add(spool);
            try (OutputStream copy = Files.newOutputStream(spool)) {
                in.transferTo(copy);
            }
            return new InputSpec.Csv(spool.toString(), "-", column);
        } catch (IOException e) {
            throw new InputRefusedException(
                    "cannot copy " + name + " to a file in " + System.getProperty("java.io.tmpdir")
                            + " (is there such a folder with room in it, and may this user write there?): "
                            + e.getMessage(),
                    e);
        }
    }

    /**
     * Whether a descriptor is that of a file which the virtual machine has opened for itself, as it may where it was started
     * with the descriptor closed: reading it would break the process.
     */
    private static boolean isOfTheVirtualMachine(Path descriptor) {
        try {
            Path file = descriptor.toRealPath();
            return file.startsWith(Path.of(System.getProperty("java.home")).toRealPath())
                    || file.toString().matches(".*\\.(jar|jsa)");
        } catch (IOException e) {
            return false;
        }
    }

    /** A run was created from this input and may have to read it again. */
    public void keepSpool(InputSpec spec) {
        if (spec instanceof InputSpec.Csv csv) {
            spools.remove(Path.of(csv.path()));
        }
    }

    /** Everything of this input is staged, so Binday's own copy of it, if there is one, is not needed any more. */
    public void discardSpool(InputSpec spec) {
        if (spec instanceof InputSpec.Csv csv && csv.spooled()) {
            Path spool = Path.of(csv.path());
            // What stands in the database is not proof enough to delete just any file.
            if (OWN_COPY.matcher(String.valueOf(spool.getFileName())).matches()) {
                spools.add(spool);
            }
        }
    }

    /** Removes the copies that nobody needs; one that stays is only untidy. */
    @Override
    public void destroy() {
        for (Path spool : spools) {
            try {
                Files.deleteIfExists(spool);
            } catch (IOException e) {
                LOG.debug("{} stays: {}", spool, e.toString());
            }
        }
    }
}
