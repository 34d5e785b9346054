package io.binday.cli;

import io.binday.input.InputSpec;
import io.binday.input.Inputs;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Asset IDs from a file or the command line, as options. */
class ListedAssets {

    @ArgGroup(exclusive = false, multiplicity = "1")
    private @Nullable CsvFile csv;

    @Option(names = "--id", paramLabel = "ID", arity = "1..*", required = true, description = "asset IDs", order = 3)
    private @Nullable List<String> ids;

    ListedAssets() {}

    /** A CSV file. */
    static final class CsvFile {

        @Option(
                names = "--csv",
                paramLabel = "FILE",
                required = true,
                description = "a CSV file with asset IDs; - for standard input",
                order = 1)
        private String file = "";

        @Option(
                names = "--column",
                paramLabel = "NAME|NUMBER",
                description = "its column with the asset IDs, where that is not plain",
                order = 2)
        private @Nullable String column;
    }

    /** What was asked for, as an input. */
    InputSpec spec(Inputs inputs) {
        if (csv != null) {
            return inputs.csv(csv.file, Optional.ofNullable(csv.column), System.in);
        }
        return new InputSpec.Ids(ids == null ? List.of() : ids);
    }
}
