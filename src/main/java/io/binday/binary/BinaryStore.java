package io.binday.binary;

import java.io.IOException;
import java.util.Collection;

/** Where the files of assets are kept. */
public interface BinaryStore {

    /**
     * Deletes a file; idempotent. Nothing is deleted any more once this thread has been interrupted: whoever asked has given up,
     * and the file may be in use again.
     *
     * @return whether there was one
     * @throws IOException when it is still there, or the key means something outside of the store
     */
    boolean delete(String key) throws IOException;

    /**
     * Whether any of these files is there. A store that cannot be taken for another one need not look.
     *
     * @throws IOException when it cannot be seen
     */
    default boolean holdsAny(Collection<String> keys) throws IOException {
        return true;
    }
}
