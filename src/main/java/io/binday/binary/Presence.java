package io.binday.binary;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the store is the one that the assets mean: where a share is not mounted, or the directory is another one, each file that
 * is to be deleted would be called missing, and stay for ever.
 */
final class Presence {

    private final BinaryStore store;
    private final Supplier<List<String>> examples;
    private boolean seen;
    private @Nullable IOException refused;

    Presence(BinaryStore store, Supplier<List<String>> examples) {
        this.store = store;
        this.examples = examples;
    }

    /** A file was there. */
    void seen() {
        seen = true;
    }

    /**
     * Makes sure that a file that is not there is missing: any other one is there, or none should be. Looked for once.
     *
     * @throws IOException when that cannot be said
     */
    void require() throws IOException {
        if (refused != null) {
            throw refused;
        }
        if (seen) {
            return;
        }
        List<String> keys = examples.get();
        if (!keys.isEmpty() && !store.holdsAny(keys)) {
            refused = new IOException("it is not there, nor is any file of " + keys.size() + " live assets, such as '"
                    + keys.get(0) + "'; is the directory of binaries mounted, and the right one?");
            throw refused;
        }
        seen = true;
    }
}
