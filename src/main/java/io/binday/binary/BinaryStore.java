package io.binday.binary;

import java.io.IOException;
import java.util.Collection;

/** Where the files of assets are kept. */
public interface BinaryStore {

    /** What a person knows it by, and finds it. */
    default String place() {
        return "the store of binaries";
    }

    /**
     * Deletes a file; idempotent. Nothing is deleted any more once this thread has been interrupted: whoever asked has given up,
     * and the file may be in use again.
     *
     * @return whether there was one
     * @throws IOException when it is still there, or the key means something outside of the store
     */
    boolean delete(String key) throws IOException;

    /**
     * Whether some of these files should be here, and none is, so that it may be another store than the keys mean. One that cannot be
     * taken for another need not look.
     *
     * @throws IOException when that cannot be seen
     */
    default boolean lacksAll(Collection<String> keys) throws IOException {
        return false;
    }
}
